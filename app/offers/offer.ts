import { z } from "zod";
import type { AcceptBy, Surface } from "../../extensions/shared/contract";
import { daySchema } from "#app/shops/day";
import { LOCALES, type Locale } from "#app/shops/settings";
import { EVERYBODY, TargetingSchema } from "./targeting";

/** The nouns of offers: what a merchant sets, and what it costs the shopper. */

/** Where an offer can be shown. The payment step only orders payment methods. */
export const OFFER_SURFACES = [
  "cart",
  "checkout",
  "thank-you",
  "order-status",
  "account",
  "tracking",
  "message",
] as const satisfies readonly Surface[];
export type OfferSurface = (typeof OFFER_SURFACES)[number];

/** Places that have room for one offer: how many stand there at once is no question. */
export const SHOWS_ONE: ReadonlySet<Surface> = new Set(["cart", "tracking", "message"]);

/**
 * How the merchant lets an offer be taken after the purchase. "code": an exclusive code for a new cart. "cart": a plain
 * link to the cart, without a code and so without a discount. "order-edit": one click adds it to the order, the balance
 * is paid afterwards; where the order can't be changed any more, by code. In the checkout it always goes into the cart.
 */
export const ACCEPT_BY = ["code", "cart", "order-edit"] as const satisfies readonly AcceptBy[];
/** More can't be live at a time: they are held in memory for whoever looks. */
export const MOST_LIVE = 100;
export const TOO_MANY_LIVE = `At most ${MOST_LIVE} offers can be live at a time: pause one first.`;
export type OfferStatus = "draft" | "live" | "paused" | "archived";

const text = z.object({
  headline: z.string().trim().max(60, "Use at most 60 characters."),
  body: z.string().trim().max(160, "Use at most 160 characters."),
});
export type OfferTexts = Partial<Record<Locale, z.infer<typeof text>>>;

const day = daySchema("Use a date like 2026-12-31.").nullable();
const productGid = z.string().regex(/^gid:\/\/shopify\/Product\/\d+$/, "Choose a product.");
const collectionGid = z.string().regex(/^gid:\/\/shopify\/Collection\/\d+$/, "Choose a collection.");
const collectionGids = z.array(collectionGid).max(50, "Choose at most 50 collections.").default([]);

/** What the editor sends and the store keeps. Money in minor units of the shop's currency; dates are days in the shop's time zone. */
export const OfferFormSchema = z
  .object({
    name: z.string().trim().min(1, "Give the offer a name.").max(80, "Use at most 80 characters."),
    selection: z.enum(["complementary", "pinned"]),
    productGid: productGid.nullable(),
    excludedGids: z.array(productGid).max(250, "Exclude at most 250 products."),
    /** What goes with the order is taken from these only; empty: from everything. */
    collectionGids,
    excludedCollectionGids: collectionGids,
    discountPercent: z
      .int("Use a whole number.")
      .min(0, "Use a number from 0 to 90.")
      .max(90, "Use a number from 0 to 90."),
    minimumMinor: z
      .int("Use an amount of money.")
      .min(0, "Use zero or more.")
      .max(1_000_000_000_000, "This is too much."),
    validDays: z.int("Use a whole number.").min(1, "Use 1 to 90 days.").max(90, "Use 1 to 90 days."),
    surfaces: z.array(z.enum(OFFER_SURFACES)).min(1, "Choose at least one place."),
    acceptBy: z.enum(ACCEPT_BY).default("code"),
    targeting: TargetingSchema.default(EVERYBODY),
    /** Most impressions per shopper within `capDays`; null: only the cap over all offers holds. */
    capPerShopper: z
      .int("Use a whole number.")
      .min(1, "Use 1 to 100.")
      .max(100, "Use 1 to 100.")
      .nullable()
      .default(null),
    capDays: z
      .int("Use a whole number.")
      .min(1, "Use 1 to 365 days.")
      .max(365, "Use 1 to 365 days.")
      .default(30),
    /** Most shoppers who may take it; null: any number. */
    capTotal: z
      .int("Use a whole number.")
      .min(1, "Use 1 or more.")
      .max(1_000_000, "Use at most 1,000,000.")
      .nullable()
      .default(null),
    /** Share of shoppers who never see this offer, beside the shop's own holdout. */
    holdoutPercent: z.int("Use a whole number.").min(0, "Use 0 to 50.").max(50, "Use 0 to 50.").default(0),
    texts: z.partialRecord(z.enum(LOCALES), text),
    startsOn: day,
    endsOn: day,
  })
  .refine((form) => form.selection !== "pinned" || form.productGid !== null, {
    path: ["productGid"],
    message: "Choose the product to offer.",
  })
  .refine((form) => form.acceptBy !== "cart" || form.discountPercent === 0, {
    path: ["acceptBy"],
    message: "A plain link to the cart gives no discount. Set the discount to 0, or use a code.",
  })
  .refine((form) => !form.startsOn || !form.endsOn || form.startsOn <= form.endsOn, {
    path: ["endsOn"],
    message: "The last day must not be before the first.",
  });
export type OfferForm = z.infer<typeof OfferFormSchema>;

export type Offer = Omit<OfferForm, "startsOn" | "endsOn"> & {
  id: string;
  /** How many took it; counted where `capTotal` is set. */
  taken: number;
  updatedAt: Date;
  status: OfferStatus;
  startsAt: Date | null;
  /** The first moment at which the offer is over. */
  endsAt: Date | null;
};

export const EMPTY_OFFER: OfferForm = {
  name: "",
  selection: "complementary",
  productGid: null,
  excludedGids: [],
  collectionGids: [],
  excludedCollectionGids: [],
  discountPercent: 10,
  minimumMinor: 0,
  validDays: 14,
  surfaces: ["thank-you", "order-status"],
  acceptBy: "code",
  targeting: EVERYBODY,
  capPerShopper: null,
  capDays: 30,
  capTotal: null,
  holdoutPercent: 0,
  texts: {},
  startsOn: null,
  endsOn: null,
};

/** Reads a stored row, from Prisma or raw `pg`. */
export function readOffer(row: {
  id: string;
  name: string;
  status: OfferStatus;
  selection: string;
  productGid: string | null;
  excludedGids: string[] | null;
  collectionGids: string[] | null;
  excludedCollectionGids: string[] | null;
  discountPercent: number;
  minimumMinor: number;
  validDays: number;
  surfaces: string[];
  acceptBy: string;
  targeting: unknown;
  capPerShopper: number | null;
  capDays: number;
  capTotal: number | null;
  taken: number;
  holdoutPercent: number;
  texts: unknown;
  startsAt: Date | null;
  endsAt: Date | null;
  updatedAt: Date;
}): Offer {
  return {
    ...row,
    excludedGids: row.excludedGids ?? [],
    collectionGids: row.collectionGids ?? [],
    excludedCollectionGids: row.excludedCollectionGids ?? [],
    selection: row.selection === "pinned" ? "pinned" : "complementary",
    surfaces: OFFER_SURFACES.filter((surface) => row.surfaces.includes(surface)),
    acceptBy: ACCEPT_BY.find((way) => way === row.acceptBy) ?? "code",
    targeting: TargetingSchema.parse(row.targeting),
    texts: row.texts as OfferTexts,
  };
}

export function isRunning(offer: Pick<Offer, "status" | "startsAt" | "endsAt">, now: Date): boolean {
  return (
    offer.status === "live" &&
    (offer.startsAt === null || offer.startsAt <= now) &&
    (offer.endsAt === null || offer.endsAt > now)
  );
}

/** As the merchant should see it: a live offer may wait for its first day, be over, or be taken as often as allowed. */
export type OfferStanding = OfferStatus | "planned" | "over" | "used-up";

export function standingOf(
  offer: Pick<Offer, "status" | "startsAt" | "endsAt" | "capTotal" | "taken">,
  now: Date,
): OfferStanding {
  const { status, startsAt, endsAt, capTotal, taken } = offer;
  if (status !== "live") return status;
  if (endsAt && endsAt <= now) return "over";
  if (startsAt && startsAt > now) return "planned";
  return capTotal !== null && taken >= capTotal ? "used-up" : "live";
}

/**
 * The price with a percentage off, rounded as the checkout rounds: the reduction to the nearest minor unit, half up.
 * @param priceMinor unit price in minor units
 */
export function discountedPrice(priceMinor: number, percent: number): number {
  return priceMinor - Math.round((priceMinor * percent) / 100);
}

const DAY = 24 * 60 * 60 * 1000;
/** Codes of one product share a Shopify discount and so its end; these ends lie a week apart. */
const END_STEP = 7 * DAY;

/** When a code made at `now` ends: at least `validDays` away, at most a week more. */
export function codeEnd(now: Date, validDays: number): Date {
  return new Date(Math.ceil((now.getTime() + validDays * DAY) / END_STEP) * END_STEP);
}
