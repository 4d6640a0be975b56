// The brand that wants to be shown in the demo shop, and what it proposes to every shop of the installation. The app reads
// this feed as it would read one from anywhere; the merchant still has to approve advertiser and campaign.
import type { DemoConfig } from "../config.ts";

/** Signs what the brand reports. Known to everybody, like all keys of the demo. */
export const POSTBACK_SECRET = "pls_the_demo_advertiser_signs_with_this";
export const BRAND = "Northwind Coffee";

const TEXTS = {
  en: {
    title: "Coffee that arrives still warm",
    body: "First bag free for customers of this shop.",
    action: "Choose a roast",
  },
  de: {
    title: "Kaffee, der noch warm ankommt",
    body: "Die erste Tüte ist für Kundschaft dieses Shops gratis.",
    action: "Röstung wählen",
  },
  fr: {
    title: "Un café qui arrive encore chaud",
    body: "Premier paquet offert à la clientèle de cette boutique.",
    action: "Choisir un café",
  },
  es: {
    title: "Café que llega aún caliente",
    body: "El primer paquete es gratis para clientes de esta tienda.",
    action: "Elegir un tueste",
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
            id: "first-bag",
            form: { ...common, name: "First bag free", model: "cpa", bidMinor: 2_500, budgetMinor: 50_000 },
          },
          {
            id: "visit",
            form: { ...common, name: "Visit the roastery", model: "cpc", bidMinor: 60, budgetMinor: 10_000 },
          },
        ],
      },
    ],
  };
}
