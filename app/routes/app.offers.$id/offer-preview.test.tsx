import { AppProvider } from "@shopify/polaris";
import { renderToString } from "react-dom/server";
import { expect, test } from "vitest";
import { EMPTY_OFFER } from "#app/offers/offer";
import { CandidateTable } from "../app.offers.decisions.$id/candidate-table";
import { OfferPreview } from "./offer-preview";

function render(page: React.ReactElement): string {
  return renderToString(<AppProvider i18n={{}}>{page}</AppProvider>).replaceAll("<!-- -->", "");
}

const preview = {
  locales: ["en" as const, "de" as const],
  onLocale: () => {},
  product: null,
  currency: "EUR",
  mayEditOrders: true,
};

test("the preview speaks the block's own words, with the draft's words and the price that is charged", () => {
  const value = { ...EMPTY_OFFER, discountPercent: 15, texts: { de: { headline: "Noch etwas?", body: "" } } };
  const html = render(<OfferPreview {...preview} value={value} locale="de" />);
  expect(html).toContain("Noch etwas?");
  expect(html).toContain("25,41");
  expect(html).toContain("Nichts für mich");
});

test.each([
  ["thank-you", ["Picked for your order", "Add to my order for €26.91", "balance", "You save"]],
  ["checkout", ["Add for €26.91", "Not for me"]],
  ["account", ["Get it with 10% off", "for at least 14 days"]],
  ["tracking", ["Take the offer", "Not for me", "your discount is applied there"]],
  ["message", ["Picked for you", "Have a look", "Not for me"]],
] as const)("in the place %s it says what a shopper reads there", (surface, says) => {
  const value = { ...EMPTY_OFFER, acceptBy: "order-edit" as const, surfaces: [surface] };
  const html = render(<OfferPreview {...preview} value={value} locale="en" />);
  for (const words of says) expect(html).toContain(words);
  // By order edit only where there is one order to edit.
  expect(html.includes("Add to my order")).toBe(surface === "thank-you");
});

test("a chosen product stands there with its own title and price", () => {
  const value = { ...EMPTY_OFFER, selection: "pinned" as const, discountPercent: 10 };
  const product = { title: "Teapot", priceMinor: 6_000, imageUrl: null };
  const html = render(<OfferPreview {...preview} value={value} locale="en" product={product} />);
  expect(html).toContain("Teapot");
  expect(html).toContain("€54.00");
  expect(html).not.toContain("example");
});

test("the preview says that the offer is not shown where no place is chosen, and survives half-typed numbers", () => {
  const elsewhere = render(
    <OfferPreview {...preview} locale="en" value={{ ...EMPTY_OFFER, surfaces: [] }} />,
  );
  expect(elsewhere).toContain("not shown in this place");
  const typing = { ...EMPTY_OFFER, discountPercent: NaN, validDays: NaN, minimumMinor: NaN };
  expect(render(<OfferPreview {...preview} locale="en" value={typing} />)).toContain("Sample product");
});

test("the explanation names each candidate's reason", () => {
  const candidate = {
    kind: "offer" as const,
    id: "o",
    probability: 0.05,
    spread: 0.02,
    value: 900,
    score: 20,
    features: { source: "together" },
  };
  const html = render(
    <CandidateTable
      candidates={[
        { ...candidate, subject: "p1", propensity: 0.8, position: 1 },
        { ...candidate, subject: "p2", propensity: 0, reason: "below-floor" },
        { ...candidate, id: "other", subject: "p3", propensity: 0, features: {}, reason: "excluded" },
      ]}
      titles={{ p1: "Cushion", p2: "Lamp", p3: "Rug", o: "Companions", other: "Gifts" }}
      currency="EUR"
      locale="en"
    />,
  );
  expect(html).toContain("Cushion");
  expect(html).toContain("bought together · Companions");
  expect(html).toContain("You said that it should never stand here");
  expect(html).toContain("Gifts");
  expect(html).toContain("It fits too little for an order of this value");
});
