/** What the payment form holds while the page is read again and again. */
import { expect, test } from "vitest";
import { changePayment, chooseDebtor, payerOptions, refreshPayment, startPayment } from "./payment-draft";

const northwind = { id: "nw", name: "Northwind", isPartner: false, owedMinor: 900 };
const coffee = { id: "co", name: "Coffee", isPartner: true, owedMinor: -400 };

test("fresh figures reach a form that nobody touched, and leave alone what the merchant typed", () => {
  const draft = startPayment(northwind, "key-1");
  expect(draft.payment).toMatchObject({ paidBy: "them", amountMinor: 900, key: "key-1" });
  expect(refreshPayment(draft, { ...northwind, owedMinor: 700 }, "key-2").payment).toMatchObject({
    ...{ amountMinor: 700, key: "key-2" },
  });
  const typed = changePayment(draft, { amountMinor: 250, note: "Bank" });
  expect(refreshPayment(typed, { ...northwind, owedMinor: 700 }, "key-2")).toEqual(typed);
  expect(typed.payment).toMatchObject({ amountMinor: 250, note: "Bank", key: "key-1" });
});

test("another advertiser brings its own debt, and the one who owes is the one who pays", () => {
  const draft = chooseDebtor(changePayment(startPayment(northwind, "key-1"), { amountMinor: 250 }), coffee);
  expect(draft.payment).toMatchObject({ advertiserId: "co", paidBy: "us", amountMinor: 400, key: "key-1" });
  const prepaid = chooseDebtor(draft, { ...northwind, owedMinor: -500 });
  expect(prepaid.payment).toMatchObject({ paidBy: "them", amountMinor: 0 });
});

test("money can go back to every advertiser", () => {
  expect(payerOptions(northwind).map(({ label }) => label)).toEqual([
    "Northwind paid you",
    "You paid back Northwind",
  ]);
  expect(payerOptions(coffee)[1]).toEqual({ value: "us", label: "You paid Coffee" });
});
