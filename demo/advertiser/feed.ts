// The brand that wants to be shown in the demo shop, and what it proposes to every shop of the installation. The app reads
// this feed as it would read one from anywhere; the merchant still has to approve advertiser and campaign.
import type { DemoConfig } from "../config.ts";

/** Signs what the brand reports. Known to everybody, like all keys of the demo. */
export const POSTBACK_SECRET = "pls_the_demo_advertiser_signs_with_this";
export const BRAND = "Northwind Coffee";

const TEXTS = {
  en: {
    title: "Espresso at home, a month on trial",
    body: "The machine comes to you; keep it only if you like it.",
    action: "Try it for a month",
  },
  de: {
    title: "Espresso daheim, einen Monat zur Probe",
    body: "Die Maschine kommt zu Ihnen; behalten Sie sie nur, wenn sie gefällt.",
    action: "Einen Monat testen",
  },
  fr: {
    title: "L’espresso chez soi, un mois à l’essai",
    body: "La machine vient chez vous ; gardez-la seulement si elle vous plaît.",
    action: "Essayer un mois",
  },
  es: {
    title: "Expreso en casa, un mes de prueba",
    body: "La máquina va a su casa; quédesela solo si le gusta.",
    action: "Probar un mes",
  },
};

export function advertiserFeed({ origin }: DemoConfig) {
  const common = {
    category: "food",
    texts: TEXTS,
    imageUrl: `${origin}/advertiser/coffee.svg`,
    targetUrl: `${origin}/advertiser/coffee`,
    countries: [],
    audience: { buyers: "all", leastOrderMinor: 0, mostOrderMinor: null, productTypes: [] },
    startsOn: null,
    endsOn: null,
    currency: "USD",
    dailyBudgetMinor: null,
    disclosure: "sponsored",
  };
  return {
    advertisers: [
      {
        id: "northwind",
        name: BRAND,
        domain: "localhost",
        postbackSecret: POSTBACK_SECRET,
        campaigns: [
          {
            id: "trial",
            form: {
              ...common,
              name: "A month on trial",
              model: "cpa",
              bidMinor: 6_000,
              budgetMinor: 120_000,
            },
          },
          {
            id: "visit",
            form: { ...common, name: "Visit the roastery", model: "cpc", bidMinor: 300, budgetMinor: 15_000 },
          },
        ],
      },
    ],
  };
}
