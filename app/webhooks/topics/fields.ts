import { z } from "zod";

/** Field schemas that Shopify's REST payloads share. */

/** A numeric id as digits. Bodies are read by `parseJson`, which keeps large ones exact. */
export const id = z.union([z.int(), z.string().regex(/^\d+$/)]).transform(String);

export const text = z
  .string()
  .nullish()
  .transform((value) => value ?? null);
export const time = z.iso.datetime({ offset: true }).transform((value) => new Date(value));
export const optionalTime = time.nullish().transform((value) => value ?? null);
/** A decimal string; refunds also tell numbers. */
export const amount = z.union([z.string().regex(/^-?\d+(\.\d*)?$/), z.number()]).transform(String);

const money = z.object({ amount, currency_code: z.string() });
export const moneySet = z.object({ shop_money: money });
/** The same amount in the shop's money and in the buyer's. */
export const twoMoneys = z.object({ shop_money: money, presentment_money: money.nullish() });

export function gid(type: string, number: string): string {
  return `gid://shopify/${type}/${number}`;
}

/** `admin_graphql_api_id` where it is told, else made from the numeric id. */
export function gidOf(type: string, row: { admin_graphql_api_id?: string | null; id: string }): string {
  return row.admin_graphql_api_id ?? gid(type, row.id);
}
