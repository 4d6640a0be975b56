// Pieces that several payloads share: money, addresses.
import type { Address, Minor } from "../../store/types.ts";
import { decimal } from "../../admin-api/resolvers/values.ts";

export { decimal };

export function moneySet(amount: Minor, currency: string) {
  const money = { amount: decimal(amount, currency), currency_code: currency };
  return { shop_money: money, presentment_money: money };
}

export function addressPayload(address: Address | null) {
  if (!address) return null;
  return {
    first_name: address.firstName,
    last_name: address.lastName,
    name: `${address.firstName} ${address.lastName}`.trim(),
    company: address.company ?? null,
    address1: address.address1,
    address2: address.address2 ?? null,
    city: address.city,
    province: address.province ?? null,
    province_code: address.provinceCode ?? null,
    zip: address.zip,
    country: address.country,
    country_code: address.countryCode,
    phone: address.phone ?? null,
    latitude: null,
    longitude: null,
  };
}
