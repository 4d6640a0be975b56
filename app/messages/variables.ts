/**
 * Every variable a merchant may use in a template, and nothing else. A closed list is what makes the template language
 * safe: there are no objects to walk, so there is nothing to reach that is not written here.
 */
export type VariableKind = "text" | "url" | "money" | "date" | "number";

export type Variable = { kind: VariableKind; label: string; internal?: true };

const LISTED = {
  "customer.first_name": { kind: "text", label: "First name" },
  "customer.last_name": { kind: "text", label: "Last name" },
  "shop.name": { kind: "text", label: "Shop name" },
  "shop.url": { kind: "url", label: "Shop address" },
  "shop.email": { kind: "text", label: "Shop e-mail" },
  "order.name": { kind: "text", label: "Order number" },
  "order.total": { kind: "money", label: "Order total" },
  "order.date": { kind: "date", label: "Order date" },
  "order.items": { kind: "number", label: "Number of items" },
  "order.first_item": { kind: "text", label: "First product" },
  "order.status_url": { kind: "url", label: "Order status page" },
  "parcel.carrier": { kind: "text", label: "Carrier" },
  "parcel.tracking_number": { kind: "text", label: "Tracking number" },
  "parcel.tracking_url": { kind: "url", label: "Tracking page" },
  "parcel.estimated_delivery": { kind: "date", label: "Expected by" },
  "parcel.delivered": { kind: "date", label: "Delivered on" },
  "points.available": { kind: "number", label: "Points to spend" },
  "points.pending": { kind: "number", label: "Points on their way" },
  "points.program": { kind: "text", label: "Loyalty programme" },
  "code.code": { kind: "text", label: "Discount code of the journey" },
  "code.percent": { kind: "number", label: "Discount in percent" },
  "code.ends": { kind: "date", label: "Last day of the code" },
  "product.title": { kind: "text", label: "Product it is about" },
  "product.url": { kind: "url", label: "Page of that product" },
  "survey.url": { kind: "url", label: "Survey of the journey" },
  "review.url": { kind: "url", label: "Where reviews are written" },
  "consent.confirm_url": { kind: "url", label: "Where marketing is confirmed" },
  "case.reply": { kind: "text", label: "What your staff answers" },
  "case.url": { kind: "url", label: "Where the shopper writes back" },
} as const satisfies Record<string, Variable>;

/** Filled by our own blocks; a merchant cannot name them. */
const INTERNAL: Record<string, Variable> = {
  "item.title": { kind: "text", label: "", internal: true },
  "item.quantity": { kind: "number", label: "", internal: true },
  "item.total": { kind: "money", label: "", internal: true },
  "item.image": { kind: "url", label: "", internal: true },
  "offer.title": { kind: "text", label: "", internal: true },
  "offer.reason": { kind: "text", label: "", internal: true },
  "offer.price": { kind: "money", label: "", internal: true },
  "offer.discounted": { kind: "money", label: "", internal: true },
  "offer.image": { kind: "url", label: "", internal: true },
  "offer.url": { kind: "url", label: "", internal: true },
  "offer.decline": { kind: "url", label: "", internal: true },
  "links.unsubscribe": { kind: "url", label: "", internal: true },
  "links.preferences": { kind: "url", label: "", internal: true },
  "links.honeypot": { kind: "url", label: "", internal: true },
  "links.open": { kind: "url", label: "", internal: true },
  ...Object.fromEntries(
    Array.from({ length: 11 }, (_, score) => [
      `nps.${score}`,
      { kind: "url", label: "", internal: true } as const,
    ]),
  ),
};

const ALL = new Map<string, Variable>([...Object.entries(LISTED), ...Object.entries(INTERNAL)]);

export function variable(path: string): Variable | undefined {
  return ALL.get(path);
}

export const LISTED_VARIABLES: { path: string; kind: VariableKind; label: string }[] = Object.entries(
  LISTED,
).map(([path, { kind, label }]) => ({ path, kind, label }));

export type Money = { minor: number; currency: string };
export type Value = string | number | Date | Money | null;
export type Values = ReadonlyMap<string, Value>;
