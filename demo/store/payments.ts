// Ways to pay of the shop, and apps' payment customizations.
import type { Iso } from "./types.ts";

export type PaymentCustomization = {
  id: number;
  title: string;
  enabled: boolean;
  functionHandle: string;
  createdAt: Iso;
};

export type PaymentMethod = {
  /** As orders name it. */
  gateway: string;
  /** As buyers see it; languages that are missing read the English name. */
  name: { en: string; [language: string]: string };
  /** Only buyers there are offered it; absent: everywhere. */
  countries?: string[];
};

/** In the shop's own order: what buyers see when no app changes it. */
export const PAYMENT_METHODS: PaymentMethod[] = [
  {
    gateway: "shopify_payments",
    name: { en: "Credit card", de: "Kreditkarte", fr: "Carte de crédit", es: "Tarjeta de crédito" },
  },
  { gateway: "paypal", name: { en: "PayPal" } },
  { gateway: "affirm", name: { en: "Affirm" }, countries: ["US", "CA"] },
  { gateway: "klarna", name: { en: "Klarna - Pay later" }, countries: ["DE", "AT", "GB"] },
  { gateway: "bizum", name: { en: "Bizum" }, countries: ["ES"] },
  {
    gateway: "Bank Deposit",
    name: {
      en: "Bank Deposit",
      de: "Banküberweisung",
      fr: "Virement bancaire",
      es: "Transferencia bancaria",
    },
    countries: ["DE", "AT", "FR", "ES"],
  },
  {
    gateway: "Cash on Delivery (COD)",
    name: { en: "Cash on Delivery (COD)", fr: "Paiement à la livraison", es: "Contra reembolso" },
    countries: ["FR", "ES"],
  },
];

export const CARD = "shopify_payments";

/** What a buyer in that country may choose from, in the shop's own order. */
export function methodsFor(countryCode: string): PaymentMethod[] {
  return PAYMENT_METHODS.filter(({ countries }) => !countries || countries.includes(countryCode));
}

export function methodName({ name }: PaymentMethod, language: string): string {
  return name[language] ?? name.en;
}
