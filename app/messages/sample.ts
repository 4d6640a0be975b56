import type { Locale } from "#app/shops/settings";
import type { Condition, Filling, ListName } from "./compiled";
import type { Value, Values } from "./variables";

/** An order that never was, for previews and test mails where there is no real one yet. */
const NAMES: Record<Locale, [string, string]> = {
  en: ["Ada", "Lovelace"],
  de: ["Ada", "Lovelace"],
  fr: ["Ada", "Lovelace"],
  es: ["Ada", "Lovelace"],
};

const ALL_CONDITIONS: Condition[] = [
  "products",
  "tracking",
  "tracking-link",
  "expected",
  "nps",
  "points",
  "marketing",
  "offer",
  "offer-discount",
  "offer-reason",
  "agreed",
  "progress-2",
  "unsubscribe",
];

const SAMPLE_TIPS: ListName[] = ["tips:quick-start", "tips:how-to", "tips:care"];

function sampleTip(): Values {
  return new Map<string, Value>([
    ["tip.title", "Earl Grey"],
    ["tip.text", "95 °C · 3 min"],
    ["tip.image", null],
    ["tip.url", NOWHERE],
  ]);
}

const NOWHERE = "https://example.com/";
/** What staff might answer in a case. */
export const SAMPLE_REPLY = "Thank you for telling us. A new teapot leaves us today.";

export type SampleShop = { name: string; url: string; email: string; currency: string; timezone: string };

const SAMPLE_SHOP: SampleShop = {
  name: "Your shop",
  url: NOWHERE,
  email: "hello@example.com",
  currency: "EUR",
  timezone: "UTC",
};

/** Fills every variable and shows every block. Links lead to example.com. */
export function sampleFilling(locale: Locale, shop: SampleShop = SAMPLE_SHOP): Omit<Filling, "link"> {
  const [firstName, lastName] = NAMES[locale];
  const money = (minor: number) => ({ minor, currency: shop.currency });
  const values: Record<string, Value> = {
    "customer.first_name": firstName,
    "customer.last_name": lastName,
    "shop.name": shop.name,
    "shop.url": shop.url,
    "shop.email": shop.email,
    "order.name": "#1001",
    "order.total": money(5480),
    "order.date": new Date("2026-11-20T10:00:00Z"),
    "order.items": 3,
    "order.first_item": "Earl Grey",
    "order.status_url": NOWHERE,
    "parcel.carrier": "DHL",
    "parcel.tracking_number": "00340434161094042557",
    "parcel.tracking_url": NOWHERE,
    "parcel.estimated_delivery": new Date("2026-11-24T12:00:00Z"),
    "parcel.delivered": new Date("2026-11-24T12:00:00Z"),
    "points.available": 120,
    "code.code": "THX-ABCD2345",
    "code.percent": 10,
    "code.ends": new Date("2026-12-24T12:00:00Z"),
    "product.title": "Earl Grey",
    "product.url": NOWHERE,
    "survey.url": NOWHERE,
    "review.url": NOWHERE,
    "consent.confirm_url": NOWHERE,
    "case.reply": SAMPLE_REPLY,
    "case.url": NOWHERE,
    "points.pending": 54,
    "points.program": "Rewards",
    "offer.title": "Honey dipper",
    "offer.reason": "Goes with the Earl Grey you bought",
    "offer.price": money(1500),
    "offer.discounted": money(1350),
    "offer.image": null,
    "offer.url": NOWHERE,
    "offer.decline": NOWHERE,
    "links.unsubscribe": NOWHERE,
    "links.preferences": NOWHERE,
  };
  for (let score = 0; score <= 10; score++) values[`nps.${score}`] = NOWHERE;
  const item = (title: string, quantity: number, minor: number): Values =>
    new Map<string, Value>([
      ["item.title", title],
      ["item.quantity", quantity],
      ["item.total", money(minor)],
      ["item.image", null],
    ]);
  return {
    values: new Map(Object.entries(values)),
    lists: new Map(SAMPLE_TIPS.map((list) => [list, [sampleTip()]])),
    to: { isFirstOrder: true, isMember: true, hasAgreed: false, orderMinor: 5480, country: "DE" },
    items: [item("Earl Grey", 2, 2480), item("Teapot", 1, 3000)],
    conditions: new Set([...ALL_CONDITIONS, ...SAMPLE_TIPS.map((list): Condition => `list:${list}`)]),
    reader: { locale, timezone: shop.timezone },
  };
}
