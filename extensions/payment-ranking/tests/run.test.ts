import { readdirSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { expect, test } from "vitest";
import { bucketOf, identityOf, isHeldOut } from "../src/bucket";
import type { PaymentConfig, PaymentRule } from "../src/config";
import { run, type RunInput, type RunResult } from "../src/run";
import { CONFIG, inputWith, METHODS, shown } from "./inputs";

function see(given: Parameters<typeof inputWith>[0]): string[] {
  const input = inputWith(given);
  return shown(input, run(input));
}

const withRules = (...rules: PaymentRule[]): PaymentConfig => ({ ...CONFIG, rules });

/** Recorded in the demo store: Shopify's answer to run.graphql, and the function's. Reviewed by hand. */
const RECORDED = resolve("extensions/payment-ranking/tests/recorded");

test.each(readdirSync(RECORDED))("recorded: %s", (file) => {
  const { input, output } = JSON.parse(readFileSync(resolve(RECORDED, file), "utf8")) as {
    input: RunInput;
    output: RunResult;
  };
  expect(run(input)).toEqual(output);
});

test("country, value, history and device decide the order", () => {
  expect(see({})).toEqual(["Credit card", "PayPal", "Klarna - Pay later"]);
  expect(see({ country: "DE" })).toEqual(["Klarna - Pay later", "PayPal", "Credit card"]);
  expect(see({ total: "20.0" })).toEqual(["PayPal", "Credit card", "Klarna - Pay later"]);
  expect(see({ country: "DE", total: "30" })).toEqual(["PayPal", "Credit card", "Klarna - Pay later"]);
  expect(see({ country: "DE", total: "30", orders: 2 })).toEqual([
    "PayPal",
    "Klarna - Pay later",
    "Credit card",
  ]);
  expect(see({ device: "phone" })).toEqual(["PayPal", "Credit card", "Klarna - Pay later"]);
});

test("the value counts in the shop's currency", () => {
  // 3,000 yen at 150 yen for a euro are 20 €.
  expect(see({ total: "3000", rate: "150.0" })[0]).toBe("PayPal");
  expect(see({ total: "30000", rate: "150.0" })[0]).toBe("Credit card");
  expect(see({ total: "20", rate: "0" })[0]).toBe("PayPal");
});

test("nothing is moved that already stands right", () => {
  expect(run(inputWith())).toEqual({ operations: [] });
});

test("a method that past orders do not know keeps its place", () => {
  expect(see({ country: "DE", methods: ["Credit card", "Bitcoin", "Klarna"] })).toEqual([
    "Klarna",
    "Bitcoin",
    "Credit card",
  ]);
});

test("odd lists stay whole", () => {
  const many = Array.from(
    { length: 30 },
    (_, index) => ["Credit card", "PayPal", "Klarna", "", "銀行振込"][index % 5]!,
  );
  for (const methods of [
    [],
    ["PayPal"],
    ["", ""],
    ["PayPal", "PayPal", "Credit card"],
    ["🙂", "Kreditkarte"],
    many,
  ]) {
    expect(see({ methods, country: "DE" }).toSorted()).toEqual(methods.toSorted());
  }
  expect(see({ methods: ["Credit card", "PayPal", "PayPal"], total: "20" })).toEqual([
    "PayPal",
    "PayPal",
    "Credit card",
  ]);
});

test("a missing or garbled metafield changes nothing", () => {
  const weights = CONFIG.weights!;
  const garbled = [
    undefined,
    null,
    "text",
    7,
    [],
    {},
    { ...CONFIG, v: 2 },
    { ...CONFIG, holdout: "none" },
    { ...CONFIG, methods: [{ key: "card" }] },
    { ...CONFIG, names: [0, 1, 2] },
    { ...CONFIG, rules: [{ key: "card", place: "top" }] },
    { ...CONFIG, weights: { ...weights, base: [1] } },
    { ...CONFIG, weights: { ...weights, country: { DE: [1, null, 2] } } },
    { ...CONFIG, weights: { ...weights, value: [[0, 0, 0]] } },
    { ...CONFIG, weights: { ...weights, returning: "no" } },
  ];
  for (const config of garbled) {
    const input = inputWith({ country: "DE", config });
    if (config === undefined) input.paymentCustomization = {};
    expect(run(input)).toEqual({ operations: [] });
  }
});

test("a cart of which little is known gets an order all the same", () => {
  const input = inputWith({});
  input.cart = { cost: { totalAmount: { amount: "20" } }, buyerIdentity: { phone: "+49 30 123" } };
  input.localization = null;
  expect(shown(input, run(input))[0]).toBe("PayPal");
});

test("the holdout and nameless buyers see Shopify's order", () => {
  const held = { ...CONFIG, holdout: 1 };
  expect(see({ country: "DE", config: held })).toEqual(METHODS);
  expect(see({ country: "DE", email: null })).toEqual(METHODS);
  expect(see({ country: "DE", email: null, phone: "+4930123456" })[0]).toBe("Klarna - Pay later");
  const half = { ...CONFIG, holdout: 0.5 };
  for (const email of ["a@example.com", "b@example.com", "c@example.com", "D@Example.com "]) {
    const isHeld = isHeldOut(bucketOf("salt", identityOf(email, null)!), 0.5);
    expect(see({ country: "DE", email, config: half })[0]).toBe(
      isHeld ? "Credit card" : "Klarna - Pay later",
    );
  }
});

test("buckets are even and do not follow the address", () => {
  const held = (salt: string) =>
    Array.from({ length: 20_000 }, (_, index) => bucketOf(salt, `buyer${index}@example.com`)).filter(
      (bucket) => isHeldOut(bucket, 0.1),
    ).length;
  for (const salt of ["", "a", "b"]) expect(Math.abs(held(salt) - 2000)).toBeLessThan(180);
  // Must never change: buyers would change sides, and figures would mix them.
  expect(bucketOf("salt", "ada@example.com")).toBe(4957);
});

test("a shop's rules come first, in the holdout too", () => {
  const pinned = withRules({ key: "paypal", place: "first" }, { key: "card", place: "last" });
  expect(see({ config: pinned })).toEqual(["PayPal", "Klarna - Pay later", "Credit card"]);
  expect(see({ config: { ...pinned, holdout: 1 } })).toEqual(["PayPal", "Klarna - Pay later", "Credit card"]);
  expect(see({ config: { ...pinned, weights: null } })[0]).toBe("PayPal");
});

test("a method is hidden where its rule says, and only there", () => {
  const config = withRules({ key: "invoice", place: "hidden", countries: ["US", "CA"], from: 50 });
  expect(see({ config })).toEqual(["Credit card", "PayPal"]);
  expect(see({ config, total: "49.99" })).toContain("Klarna - Pay later");
  expect(see({ config, country: "DE" })).toContain("Klarna - Pay later");
});

test("the last method always stays", () => {
  const config = withRules(
    { key: "card", place: "hidden" },
    { key: "paypal", place: "hidden" },
    { key: "invoice", place: "hidden" },
  );
  expect(see({ config })).toEqual(["Credit card"]);
  expect(see({ config, methods: ["PayPal"] })).toEqual(["PayPal"]);
  expect(see({ config, methods: ["PayPal", "Bank transfer"] })).toEqual(["Bank transfer"]);
});
