import { z } from "zod";
import { countrySchema } from "#app/shops/country";
import { daySchema } from "#app/shops/day";
import { LOCALES, nearestLocale, type Locale } from "#app/shops/settings";
import { isWithinDomain } from "./advertiser";

/** The nouns of campaigns: what an advertiser shows to whom, when, and what it pays. Money in minor units. */

export const CATEGORIES = {
  fashion: "Fashion",
  beauty: "Beauty",
  home: "Home and garden",
  food: "Food and drink",
  electronics: "Electronics",
  sports: "Sports and outdoors",
  kids: "Children and toys",
  pets: "Pets",
  travel: "Travel",
  media: "Books and media",
  services: "Services",
  health: "Health",
  finance: "Finance",
  alcohol: "Alcohol",
  gambling: "Gambling",
  other: "Other",
} as const;
export type Category = keyof typeof CATEGORIES;
const CATEGORY_KEYS = Object.keys(CATEGORIES) as [Category, ...Category[]];

export const DISCLOSURES = ["sponsored", "advertisement", "partner"] as const;
export type DisclosureLabel = (typeof DISCLOSURES)[number];

/** Pays per click (CPC), or per sale that the advertiser reports (CPA). */
export const PAY_MODELS = ["cpc", "cpa"] as const;
export type PayModel = (typeof PAY_MODELS)[number];
export type CampaignStatus = "waiting" | "live" | "paused" | "rejected" | "archived";

const text = z.object({
  title: z.string().trim().max(60, "Use at most 60 characters."),
  body: z.string().trim().max(160, "Use at most 160 characters."),
  action: z.string().trim().max(30, "Use at most 30 characters."),
});
export type CampaignText = z.infer<typeof text>;

const MOST_MINOR = 1_000_000_000_000;
const amount = z
  .int("Use an amount of money.")
  .min(0, "Use zero or more.")
  .max(MOST_MINOR, "This is too much.");
const payment = z
  .int("Use an amount of money.")
  .min(1, "Use more than zero.")
  .max(MOST_MINOR, "This is too much.");
const day = daySchema("Use a date like 2026-12-31.").nullable();
/** Only pages behind TLS, or this machine's own for trying things out. */
const ADDRESS = /^(https:\/\/|http:\/\/(localhost|127\.0\.0\.1)[:/])/;
const address = z
  .url("Use a web address like https://brand.example/offer.")
  .max(1_000, "This is too long.")
  .regex(ADDRESS, "Use a web address that starts with https://.");

const audience = z.object({
  buyers: z.enum(["all", "new", "returning"]),
  leastOrderMinor: amount,
  mostOrderMinor: amount.nullable(),
  /** Product types of the order, as the shop calls them; empty for any. */
  productTypes: z.array(z.string().trim().min(1).max(100)).max(50, "Use at most 50 product types."),
});
export type Audience = z.infer<typeof audience>;

export const CampaignFormSchema = z
  .object({
    name: z.string().trim().min(1, "Give the campaign a name.").max(80, "Use at most 80 characters."),
    category: z.enum(CATEGORY_KEYS, "Choose a category."),
    texts: z.partialRecord(z.enum(LOCALES), text),
    imageUrl: address.or(z.literal("")),
    targetUrl: address,
    disclosure: z.enum(DISCLOSURES),
    countries: z.array(countrySchema).max(60, "Use at most 60 countries."),
    audience,
    startsOn: day,
    endsOn: day,
    model: z.enum(PAY_MODELS),
    bidMinor: payment,
    currency: z.string().regex(/^[A-Z]{3}$/, "Use a currency like EUR."),
    budgetMinor: payment,
    dailyBudgetMinor: payment.nullable(),
  })
  .refine(({ texts }) => Object.values(texts).some(({ title }) => title !== ""), {
    path: ["texts"],
    message: "Write a title in at least one language.",
  })
  .refine(({ startsOn, endsOn }) => !startsOn || !endsOn || startsOn <= endsOn, {
    path: ["endsOn"],
    message: "The last day must not be before the first.",
  })
  .refine(({ bidMinor, budgetMinor }) => bidMinor <= budgetMinor, {
    path: ["budgetMinor"],
    message: "The budget must pay for at least one bid.",
  })
  .refine(({ bidMinor, dailyBudgetMinor }) => dailyBudgetMinor === null || bidMinor <= dailyBudgetMinor, {
    path: ["dailyBudgetMinor"],
    message: "The daily budget must pay for at least one bid.",
  })
  .refine(
    ({ audience: { leastOrderMinor, mostOrderMinor } }) =>
      mostOrderMinor === null || leastOrderMinor <= mostOrderMinor,
    {
      path: ["audience.mostOrderMinor"],
      message: "This must not be less than the lowest order value.",
    },
  );
export type CampaignForm = z.infer<typeof CampaignFormSchema>;

export type Campaign = Omit<CampaignForm, "startsOn" | "endsOn"> & {
  id: string;
  advertiserId: string;
  status: CampaignStatus;
  startsAt: Date | null;
  /** The first moment at which the campaign is over. */
  endsAt: Date | null;
  spentMinor: number;
  spentOn: string | null;
  spentTodayMinor: number;
  /** Why we paused it, in words for the merchant; null where we did not. */
  heldBecause: string | null;
};

export function emptyCampaign(currency: string): CampaignForm {
  return {
    name: "",
    category: "other",
    texts: {},
    imageUrl: "",
    targetUrl: "",
    disclosure: "sponsored",
    countries: [],
    audience: { buyers: "all", leastOrderMinor: 0, mostOrderMinor: null, productTypes: [] },
    startsOn: null,
    endsOn: null,
    model: "cpc",
    bidMinor: 50,
    currency,
    budgetMinor: 10_000,
    dailyBudgetMinor: null,
  };
}

/** Reads a stored row, from Prisma or raw `pg`. */
export function readCampaign(row: {
  id: string;
  advertiserId: string;
  name: string;
  status: CampaignStatus;
  category: string;
  texts: unknown;
  imageUrl: string | null;
  targetUrl: string;
  disclosure: string;
  countries: string[] | null;
  audience: unknown;
  startsAt: Date | null;
  endsAt: Date | null;
  model: string;
  bidMinor: number;
  currency: string;
  budgetMinor: number;
  dailyBudgetMinor: number | null;
  spentMinor: number;
  spentOn: string | null;
  spentTodayMinor: number;
  heldBecause: string | null;
}): Campaign {
  const { id, advertiserId, name, status, targetUrl, startsAt, endsAt, bidMinor, currency } = row;
  const { budgetMinor, dailyBudgetMinor, spentMinor, spentOn, spentTodayMinor, heldBecause } = row;
  return {
    ...{ id, advertiserId, name, status, targetUrl, startsAt, endsAt, bidMinor, currency },
    ...{ budgetMinor, dailyBudgetMinor, spentMinor, spentOn, spentTodayMinor, heldBecause },
    category: CATEGORY_KEYS.find((key) => key === row.category) ?? "other",
    texts: row.texts as Campaign["texts"],
    imageUrl: row.imageUrl ?? "",
    disclosure: DISCLOSURES.find((label) => label === row.disclosure) ?? "sponsored",
    countries: row.countries ?? [],
    audience: row.audience as Audience,
    model: row.model === "cpa" ? "cpa" : "cpc",
  };
}

export function isRunning(campaign: Pick<Campaign, "status" | "startsAt" | "endsAt">, now: Date): boolean {
  return (
    campaign.status === "live" &&
    (campaign.startsAt === null || campaign.startsAt <= now) &&
    (campaign.endsAt === null || campaign.endsAt > now)
  );
}

/** As the merchant should see it: a live campaign may wait for its first day, be over, or have too little left for a bid. */
export type CampaignStanding = Campaign["status"] | "planned" | "over" | "used-up";

export function standingOf(
  campaign: Pick<Campaign, "status" | "startsAt" | "endsAt" | "spentMinor" | "budgetMinor" | "bidMinor">,
  now: Date,
): CampaignStanding {
  const { status, startsAt, endsAt, spentMinor, budgetMinor, bidMinor } = campaign;
  if (status !== "live") return status;
  if (endsAt && endsAt <= now) return "over";
  if (startsAt && startsAt > now) return "planned";
  return spentMinor + bidMinor > budgetMinor ? "used-up" : "live";
}

/** The words in the shopper's language, else English, else any that there are. */
export function textFor(texts: Campaign["texts"], locale: Locale): CampaignText {
  const written = (one: CampaignText | undefined) => (one?.title ? one : undefined);
  return (
    written(texts[locale]) ??
    written(texts[nearestLocale("en")]) ??
    Object.values(texts).find(written) ?? { title: "", body: "", action: "" }
  );
}

/** What the shop adds to a form's own rules. */
export type CampaignTerms = {
  /** Where the advertiser's campaigns may lead. */
  domain: string;
  shopCurrency: string;
  /** Least price of a click or a sale, by pay model. */
  reserve: Record<PayModel, number>;
  /** Spent so far: a budget cannot be less. */
  spentMinor: number;
  /** Today in the shop's time zone, and the last day as it stood before: one that is over may stay, and not be chosen. */
  lastDay?: { today: string; before: string | null };
};

/** Problems by field; empty where the campaign fits the shop. */
export function campaignProblems(form: CampaignForm, terms: CampaignTerms): Record<string, string> {
  const problems: Record<string, string> = {};
  if (!isWithinDomain(new URL(form.targetUrl).hostname, terms.domain)) {
    problems.targetUrl = `This must lead to ${terms.domain}, the advertiser's own domain.`;
  }
  if (form.currency !== terms.shopCurrency) {
    problems.currency = `Bids compete in the shop's currency: use ${terms.shopCurrency}.`;
  }
  if (form.bidMinor < terms.reserve[form.model]) {
    problems.bidMinor = "This is below the least price that you set, so it could never win.";
  }
  if (form.budgetMinor < terms.spentMinor) {
    problems.budgetMinor = "More than this is spent already.";
  }
  if (isOver(form.endsOn, terms.lastDay)) {
    problems.endsOn = "This day is over. Use today or a later day.";
  }
  return problems;
}

function isOver(endsOn: string | null, lastDay: CampaignTerms["lastDay"]): boolean {
  return endsOn !== null && lastDay !== undefined && endsOn !== lastDay.before && endsOn < lastDay.today;
}
