import { SOURCE_WORDS, SURFACE_WORDS } from "./decision-words";

/** Features of moments and candidates (decisions/model/features.ts) in words for the merchant. */
const NAMES: Record<string, string> = {
  surface: "Place",
  language: "Language",
  hours: "Hours of the day",
  weekend: "Weekend",
  orderValue: "Order value",
  items: "Items in the order",
  country: "Country",
  customer: "Customer",
  category: "Category",
  secondCategory: "Second category of the order",
  seen: "Offers seen",
  dismissed: "Said “not for me”",
  taken: "Took an offer",
  candidate: "This offer",
  subject: "This product",
  kind: "Kind",
  fit: "How well it fits the order",
  source: "How it was found",
  match: "Category of the order",
  history: "Customer’s history",
  discountPercent: "Discount",
  price: "Price beside the order",
  margin: "Margin",
  model: "Paid by",
};

/** Said alone, without the value: it is this very offer or product. */
const WHOLE = new Set(["candidate", "subject"]);

export function featureWords({ name, value }: { name: string; value: string }): string {
  const title = NAMES[name] ?? name;
  if (WHOLE.has(name)) return title;
  if (name === "source") return `${title}: ${SOURCE_WORDS[value] ?? value}`;
  if (name === "surface") return `${title}: ${SURFACE_WORDS[value] ?? value}`;
  return `${title}: ${plainValue(value)}`;
}

/** Bands of numbers are powers of two (2^3 is about 8); flags are true or false. */
function plainValue(value: string): string {
  const band = /^(about )?(-?)2\^(-?\d+)$/.exec(value);
  if (band) {
    const size = 2 ** Number(band[3]);
    return `about ${band[2]}${size >= 1 ? size : size.toFixed(3)}`;
  }
  if (value === "true") return "yes";
  return value === "false" ? "no" : value.replaceAll("-", "–");
}
