import type { Traits } from "#app/decisions/model/features";
import type { Shop } from "#app/generated/prisma/client";
import { orderValue, type ParsedMoment } from "./moment";
import { categoryInMemory, type ShopMemory } from "./shop-memory.server";

/**
 * What the model is told of a moment, in few words: bucketed, and nothing that names a person. From memory only.
 */
export function traitsOf(
  shop: Pick<Shop, "id" | "timezone" | "currency">,
  { learnt }: Pick<ShopMemory, "learnt">,
  moment: ParsedMoment,
  now: Date,
): Traits {
  const { hour, weekday } = localTime(now, shop.timezone);
  const traits: Traits = {
    surface: moment.surface,
    language: moment.locale.slice(0, 2).toLowerCase(),
    hours: `${Math.floor(hour / 4) * 4}-${Math.floor(hour / 4) * 4 + 4}`,
    weekend: weekday === 0 || weekday === 6 ? "yes" : "no",
    // Another currency's amounts say nothing beside the shop's usual order.
    ...((!moment.currency || moment.currency === shop.currency) && {
      orderValue: valueBand(orderValue(moment), learnt.usualOrderMinor),
    }),
    items: itemBand(moment.lines.reduce((count, line) => count + line.quantity, 0)),
    ...(moment.country && { country: moment.country.toUpperCase() }),
    ...(moment.isFirstOrder !== undefined && { customer: moment.isFirstOrder ? "new" : "returning" }),
  };
  const [first, second] = topCategories(shop.id, moment);
  if (first) traits.category = first;
  if (second) traits.secondCategory = second;
  return traits;
}

/** Against the shop's usual order, so that it means the same in every shop. */
function valueBand(valueMinor: number, usualMinor: number | null): string {
  if (valueMinor <= 0) return "nothing";
  if (!usualMinor) return `about 2^${Math.round(Math.log2(valueMinor))}`;
  const ratio = valueMinor / usualMinor;
  if (ratio < 0.4) return "far below usual";
  if (ratio < 0.8) return "below usual";
  if (ratio < 1.25) return "usual";
  return ratio < 2.5 ? "above usual" : "far above usual";
}

function itemBand(count: number): string {
  if (count <= 2) return String(count);
  return count <= 5 ? "3-5" : "more than 5";
}

/** The two categories that most was spent on. */
function topCategories(shopId: number, { lines }: ParsedMoment): string[] {
  const spent: { category: string; amountMinor: number }[] = [];
  for (const { productId, amountMinor } of lines) {
    const category = categoryInMemory(shopId, productId);
    if (!category) continue;
    const met = spent.find((one) => one.category === category);
    if (met) met.amountMinor += amountMinor;
    else spent.push({ category, amountMinor });
  }
  return spent
    .sort((one, other) => other.amountMinor - one.amountMinor || (one.category < other.category ? -1 : 1))
    .slice(0, 2)
    .map(({ category }) => category);
}

const clocks = new Map<string, Intl.DateTimeFormat>();
/** The last hour that was worked out, by time zone: most requests fall into the same one. */
const lastHours = new Map<string, { at: number; hour: number; weekday: number }>();
const QUARTER = 15 * 60 * 1000;
const WEEKDAYS = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];

/** Every time zone changes its hour at a quarter of an hour of UTC. An unknown zone counts as UTC. */
function localTime(now: Date, timezone: string): { hour: number; weekday: number } {
  const at = Math.floor(now.getTime() / QUARTER);
  const last = lastHours.get(timezone);
  if (last?.at === at) return last;
  const parts = clockOf(timezone).formatToParts(now);
  const part = (type: string) => parts.find((one) => one.type === type)?.value ?? "";
  const found = { at, hour: Number(part("hour")) % 24, weekday: WEEKDAYS.indexOf(part("weekday")) };
  lastHours.set(timezone, found);
  return found;
}

function clockOf(timezone: string): Intl.DateTimeFormat {
  const known = clocks.get(timezone);
  if (known) return known;
  const options = { hour: "2-digit", hour12: false, weekday: "short" } as const;
  let clock: Intl.DateTimeFormat;
  try {
    clock = new Intl.DateTimeFormat("en-US", { ...options, timeZone: timezone });
  } catch {
    clock = new Intl.DateTimeFormat("en-US", { ...options, timeZone: "UTC" });
  }
  clocks.set(timezone, clock);
  return clock;
}
