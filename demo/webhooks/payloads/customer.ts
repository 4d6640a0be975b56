// customers/*: the core profile. Consent, tags and totals have topics of their own since 2025.
import { gid } from "../../store/ids.ts";
import type { Customer } from "../../store/types.ts";
import { addressPayload } from "./values.ts";

export function customerPayload(customer: Customer, currency: string) {
  return {
    id: customer.id,
    admin_graphql_api_id: gid("Customer", customer.id),
    created_at: customer.createdAt,
    updated_at: customer.updatedAt,
    first_name: customer.firstName,
    last_name: customer.lastName,
    state: "enabled",
    note: null,
    verified_email: true,
    multipass_identifier: null,
    tax_exempt: false,
    email: customer.email,
    phone: customer.phone,
    currency,
    addresses: [],
    tax_exemptions: [],
    default_address: defaultAddress(customer),
  };
}

function defaultAddress(customer: Customer) {
  const address = addressPayload(customer.defaultAddress);
  if (!address) return null;
  const { latitude: _latitude, longitude: _longitude, ...rest } = address;
  return {
    ...rest,
    id: customer.id + 1,
    customer_id: customer.id,
    country_name: rest.country,
    default: true,
  };
}

export function deletedCustomerPayload(customer: Customer) {
  return {
    id: customer.id,
    admin_graphql_api_id: gid("Customer", customer.id),
    tax_exemptions: [],
  };
}

export function customerTagsPayload(customer: Customer, tags: string[], occurredAt: string) {
  return { customerId: gid("Customer", customer.id), tags, occurredAt };
}

export function emailConsentPayload(customer: Customer) {
  const { state, optInLevel, updatedAt } = customer.emailMarketing;
  return {
    customer_id: customer.id,
    email_address: customer.email,
    email_marketing_consent: {
      state: state.toLowerCase(),
      opt_in_level: state === "NOT_SUBSCRIBED" ? null : optInLevel.toLowerCase(),
      consent_updated_at: updatedAt,
    },
  };
}
