// The app's payment function at the demo's payment step, set up through the Admin API.
import { coerceInputValue, execute, parse, type GraphQLInputType } from "graphql";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { SECOND_SHOP } from "../config.ts";
import type { RunningDemo } from "../main.ts";
import { adminClient, aDemo, appWithScopes, callAdmin, type AdminClient } from "../testing.ts";
import { functionSchema, readFunctions } from "./function-files.ts";
import { readInput, runFunction } from "./run-function.ts";

const [ranking] = readFunctions(path.resolve(import.meta.dirname, "../../extensions"));

let demo: RunningDemo;
let admin: AdminClient;
let customization: string;

beforeAll(async () => {
  demo = await aDemo();
  admin = adminClient(demo);
});

afterAll(() => demo.stop());

const CREATE = `mutation ($input: PaymentCustomizationInput!) {
  paymentCustomizationCreate(paymentCustomization: $input) {
    paymentCustomization { id enabled title shopifyFunction { handle } }
    userErrors { field code message }
  }
}`;
const SET = `mutation ($metafields: [MetafieldsSetInput!]!) {
  metafieldsSet(metafields: $metafields) { userErrors { field message } }
}`;
const ACTIVATE = `mutation ($ids: [ID!]!, $enabled: Boolean!) {
  paymentCustomizationActivation(ids: $ids, enabled: $enabled) { ids userErrors { code } }
}`;
const DELETE = `mutation ($id: ID!) { paymentCustomizationDelete(id: $id) { deletedId userErrors { code } } }`;

beforeEach(async () => {
  for (const { id } of demo.store.paymentCustomizations()) demo.store.removePaymentCustomization(id);
  const input = { functionHandle: ranking!.handle, title: "Ranking", enabled: true };
  const { data } = await admin(CREATE, { input });
  customization = data.paymentCustomizationCreate.paymentCustomization.id;
});

/** Klarna first, cards last, for everybody. */
const CONFIG = {
  v: 1,
  salt: "salt",
  holdout: 0,
  methods: ["card", "paypal", "klarna"],
  names: { creditcard: 0, kreditkarte: 0, paypal: 1, klarna: 2 },
  weights: {
    base: [-1, 0, 1],
    country: {},
    edges: [],
    value: [[0, 0, 0]],
    returning: [
      [0, 0, 0],
      [0, 0, 0],
    ],
    device: {},
  },
  rules: [],
};

async function setConfig(value: unknown): Promise<void> {
  const field = { ownerId: customization, namespace: "$app", key: "payment-ranking", type: "json" };
  const { data, errors } = await admin(SET, { metafields: [{ ...field, value: JSON.stringify(value) }] });
  expect(errors ?? data.metafieldsSet.userErrors).toEqual([]);
}

function aCheckout(countryCode: string) {
  const variantId = demo.store.products()[0]!.variants[0]!.id;
  const { token } = demo.store.startCheckout({ lines: [{ variantId, quantity: 1 }] });
  demo.store.setContact(token, { email: "ada@example.com", firstName: "Ada", lastName: "Byron" });
  demo.store.setShippingAddress(token, {
    firstName: "Ada",
    lastName: "Byron",
    address1: "1 Road",
    city: "Town",
    zip: "10115",
    country: countryCode,
    countryCode,
  });
  return token;
}

/** The gateways in the order of the page. */
async function shown(countryCode: string, token = aCheckout(countryCode)): Promise<string[]> {
  const page = await fetch(`${demo.origin}/checkout/${token}?step=payment`);
  return [...(await page.text()).matchAll(/name="method"\s+value="([^"]+)"/g)].map(([, gateway]) => gateway!);
}

const SHOPS_ORDER = ["shopify_payments", "paypal", "klarna", "Bank Deposit"];

test("without a metafield the shop's own order stands", async () => {
  expect(await shown("DE")).toEqual(SHOPS_ORDER);
  expect(await shown("ES")).toContain("bizum");
});

test("the metafield decides the order, and an inactive or deleted customization nothing", async () => {
  await setConfig(CONFIG);
  expect(await shown("DE")).toEqual(["klarna", "paypal", "shopify_payments", "Bank Deposit"]);
  await admin(ACTIVATE, { ids: [customization], enabled: false });
  expect(await shown("DE")).toEqual(SHOPS_ORDER);
  await admin(ACTIVATE, { ids: [customization], enabled: true });
  expect((await shown("DE"))[0]).toBe("klarna");
  await admin(DELETE, { id: customization });
  expect(await shown("DE")).toEqual(SHOPS_ORDER);
});

test("the page never shows fewer than one method", async () => {
  const everything = ["card", "paypal", "klarna", "bank"].map((key) => ({ key, place: "hidden" }));
  const methods = [...CONFIG.methods, "bank"];
  await setConfig({ ...CONFIG, methods, names: { ...CONFIG.names, bankdeposit: 3 }, rules: everything });
  expect(await shown("DE")).toEqual(["shopify_payments"]);
  await setConfig({ nonsense: true });
  expect(await shown("DE")).toEqual(SHOPS_ORDER);
});

test("Shopify hides a metafield that is too large from the function", async () => {
  await setConfig({ ...CONFIG, salt: "x".repeat(10_000) });
  expect(await shown("DE")).toEqual(SHOPS_ORDER);
});

test("the order carries what was chosen; what is not offered is refused", async () => {
  await setConfig(CONFIG);
  const pay = (token: string, method: string) =>
    fetch(`${demo.origin}/checkout/${token}/payment`, {
      method: "POST",
      body: new URLSearchParams({ method }),
      redirect: "manual",
    });
  const token = aCheckout("DE");
  expect((await pay(token, "bizum")).status).toBe(422);
  expect((await pay(token, "klarna")).status).toBe(303);
  expect(demo.store.orderByCheckout(token)?.gateway).toBe("klarna");
});

test("one shop's customization changes nothing in another", async () => {
  await setConfig(CONFIG);
  const second = adminClient(demo, SECOND_SHOP);
  const { data } = await second(`{ paymentCustomizations(first: 5) { nodes { id } } }`);
  expect(data.paymentCustomizations.nodes).toEqual([]);
  const foreign = await second(DELETE, { id: customization });
  expect(foreign.data.paymentCustomizationDelete.userErrors[0].code).toBe("PAYMENT_CUSTOMIZATION_NOT_FOUND");
  expect((await shown("DE"))[0]).toBe("klarna");
});

test("the Admin API refuses unknown functions and apps without the scope", async () => {
  const { data } = await admin(CREATE, { input: { functionHandle: "nobody", title: "x" } });
  expect(data.paymentCustomizationCreate.userErrors[0].code).toBe("FUNCTION_NOT_FOUND");
  const other = await aDemo({ app: appWithScopes(["read_orders"]) });
  other.installations.install(other.store.shop().domain);
  const { access } = other.installations.issueOffline(other.store.shop().domain, true);
  const refused = await callAdmin(other, other.store.shop().domain, access.token, CREATE, {
    input: { functionHandle: ranking!.handle, title: "x" },
  });
  expect(refused.errors?.[0]?.extensions?.code).toBe("ACCESS_DENIED");
  await other.stop();
});

test("recorded inputs and answers are what Shopify's schema allows", async () => {
  const folder = path.join(ranking!.folder, "tests/recorded");
  const answerType = functionSchema(ranking!).getType(
    "CartPaymentMethodsTransformRunResult",
  ) as GraphQLInputType;
  for (const file of readdirSync(folder)) {
    const { input, output } = JSON.parse(readFileSync(path.join(folder, file), "utf8"));
    expect(await readInput(ranking!, input), file).toEqual(input);
    expect(coerceInputValue(output, answerType), file).toEqual(output);
  }
});

test("the function takes what Shopify's schema may answer at most and at least", async () => {
  const schema = functionSchema(ranking!);
  const methods = Array.from({ length: 30 }, (_, index) => ({
    id: `id/${index}`,
    name: `Method ${index % 7}`,
  }));
  const source = {
    paymentCustomization: { metafield: { jsonValue: CONFIG } },
    paymentMethods: methods,
    presentmentCurrencyRate: "157.31",
    localization: { country: { isoCode: "JP" } },
    cart: { deliveryGroups: [], cost: { totalAmount: { amount: "12000.0" } } },
  };
  const raw = await execute({ schema, document: parse(ranking!.inputQuery), rootValue: source });
  expect(raw.errors).toBeUndefined();
  expect(await readInput(ranking!, source)).toMatchObject({
    cart: { buyerIdentity: null, billingAddress: null },
  });
  expect(await runFunction(ranking!, source)).toEqual({ operations: [] });
});
