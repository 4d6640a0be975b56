import { LONGEST_NAME, normalise } from "../../extensions/payment-ranking/src/config";

/**
 * Orders name the gateway that took the money ("shopify_payments"), the checkout shows names for buyers ("Kreditkarte").
 * A family holds both, so that what is learnt from orders finds its method on the page.
 */
export type MethodFamily = { key: string; title: string; names: string[] };

export const FAMILIES: MethodFamily[] = [
  family("card", "Credit card", [
    "Credit and debit card",
    "Debit card",
    "Card",
    "Kreditkarte",
    "Kredit- oder Debitkarte",
    "Debitkarte",
    "Carte de crédit",
    "Carte bancaire",
    "Tarjeta de crédito",
    "Tarjeta",
    "shopify_payments",
    "stripe",
    "bogus",
    "(for testing) Bogus gateway",
  ]),
  family("paypal", "PayPal", ["PayPal Express Checkout"]),
  family("shop-pay", "Shop Pay", []),
  family("shop-pay-installments", "Shop Pay Installments", []),
  family("apple-pay", "Apple Pay", []),
  family("google-pay", "Google Pay", []),
  family("amazon-pay", "Amazon Pay", ["amazon_payments"]),
  family("klarna", "Klarna", []),
  family("afterpay", "Afterpay", ["Clearpay"]),
  family("affirm", "Affirm", []),
  family("invoice", "Invoice", ["Rechnung", "Kauf auf Rechnung", "Rechnungskauf", "Facture", "Factura"]),
  family("bank-transfer", "Bank transfer", [
    "Bank Deposit",
    "Banküberweisung",
    "Überweisung",
    "Vorkasse",
    "Virement",
    "Transferencia",
  ]),
  family("cash-on-delivery", "Cash on delivery", [
    "COD",
    "Nachnahme",
    "Paiement à la livraison",
    "Contra reembolso",
    "Pago contra reembolso",
  ]),
  family("money-order", "Money order", []),
  family("ideal", "iDEAL", []),
  family("bancontact", "Bancontact", []),
  family("eps", "EPS", []),
  family("przelewy24", "Przelewy24", ["p24"]),
  family("blik", "BLIK", []),
  family("twint", "TWINT", []),
  family("mobilepay", "MobilePay", []),
  family("swish", "Swish", []),
  family("multibanco", "Multibanco", []),
  family("bizum", "Bizum", []),
];

/** Not a choice at the payment step: a credit used up first, and orders marked as paid by hand. */
const NO_CHOICE = new Set(["giftcard", "manual", "exchangecredit", ""]);

function family(key: string, title: string, others: string[]): MethodFamily {
  return { key, title, names: [title, ...others].map(normalise) };
}

/** The family of a gateway's name, one of its own for a name we do not know, null where it was no choice. */
export function methodOf(gateway: string | null): MethodFamily | null {
  const name = normalise(gateway ?? "");
  if (NO_CHOICE.has(name)) return null;
  return FAMILIES.find(({ names }) => names.includes(name)) ?? closest(name) ?? ownFamily(name, gateway!);
}

/** "klarna_pay_later" is Klarna's; the longest name that the gateway begins with. */
function closest(name: string): MethodFamily | undefined {
  const fits = FAMILIES.flatMap((each) =>
    each.names.filter((known) => name.startsWith(known)).map((known) => ({ each, known })),
  );
  return fits.sort((a, b) => b.known.length - a.known.length)[0]?.each;
}

function ownFamily(name: string, gateway: string): MethodFamily {
  const title = gateway.replaceAll("_", " ").trim().slice(0, LONGEST_NAME);
  return {
    key: name.slice(0, LONGEST_NAME),
    title: title.charAt(0).toUpperCase() + title.slice(1),
    names: [name.slice(0, LONGEST_NAME)],
  };
}

/** The family behind a stored key. */
export function familyOf(key: string): MethodFamily {
  return FAMILIES.find((each) => each.key === key) ?? { key, title: key, names: [key] };
}
