import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { RunningDemo } from "../main.ts";
import type { Address } from "../store/types.ts";
import { adminClient, aDemo, type AdminClient } from "../testing.ts";

let demo: RunningDemo;
let admin: AdminClient;
let serial = 0;
let code: string;

beforeAll(async () => {
  demo = await aDemo();
  admin = adminClient(demo);
});

afterAll(() => demo.stop());

beforeEach(() => {
  code = `CODE-${++serial}`;
});

const CREATE = `mutation ($input: DiscountCodeBasicInput!) {
  discountCodeBasicCreate(basicCodeDiscount: $input) {
    codeDiscountNode { id codeDiscount { ... on DiscountCodeBasic { title status codesCount { count } asyncUsageCount } } }
    userErrors { field code message }
  }
}`;

async function create(changes: Record<string, unknown>) {
  const input = {
    title: "For tests",
    code,
    startsAt: demo.clock.iso(),
    context: { all: "ALL" },
    customerGets: { items: { all: true }, value: { percentage: 0.2 } },
    ...changes,
  };
  const { data, errors } = await admin(CREATE, { input });
  expect(errors).toBeUndefined();
  return data.discountCodeBasicCreate;
}

const ADDRESS: Address = {
  firstName: "Ada",
  lastName: "Byron",
  address1: "1 Road",
  city: "Portland",
  zip: "97205",
  country: "United States",
  countryCode: "US",
};

function checkoutOf(lines: { product: number; quantity: number }[]) {
  const products = demo.store.products();
  return demo.store.startCheckout({
    lines: lines.map(({ product, quantity }) => ({
      variantId: products[product]!.variants[0]!.id,
      quantity,
    })),
  }).token;
}

function buy(token: string, email = "ada@example.com") {
  demo.store.setContact(token, { email, firstName: "Ada", lastName: "Byron" });
  demo.store.setShippingAddress(token, ADDRESS);
  return demo.store.placeOrder(token);
}

test("a percentage on everything lowers each line and ends up in the order", async () => {
  const created = await create({});
  expect(created.userErrors).toEqual([]);
  expect(created.codeDiscountNode.codeDiscount).toMatchObject({ status: "ACTIVE", codesCount: { count: 1 } });
  const token = checkoutOf([{ product: 0, quantity: 2 }]);
  expect(demo.store.applyDiscountCode(token, code.toLowerCase())).toEqual({ status: "applied" });
  const price = demo.store.products()[0]!.variants[0]!.price;
  expect(demo.store.priceCheckout(token).totalDiscounts).toBe(Math.round(price * 2 * 0.2));
  const order = buy(token);
  expect(order.discounts[0]).toMatchObject({ code: code.toLowerCase(), amount: Math.round(price * 2 * 0.2) });
  expect(order.total).toBe(order.subtotal + order.shippingPrice + order.tax);
});

test("a fixed amount on certain goods touches only those", async () => {
  const product = demo.store.products()[1]!;
  await create({
    customerGets: {
      items: { products: { productsToAdd: [`gid://shopify/Product/${product.id}`] } },
      value: { discountAmount: { amount: "3.00", appliesOnEachItem: true } },
    },
  });
  const token = checkoutOf([
    { product: 0, quantity: 1 },
    { product: 1, quantity: 2 },
  ]);
  demo.store.applyDiscountCode(token, code);
  const { lines } = demo.store.priceCheckout(token);
  expect(lines.map((line) => line.discount)).toEqual([0, 600]);
  const without = checkoutOf([{ product: 0, quantity: 1 }]);
  expect(demo.store.applyDiscountCode(without, code)).toMatchObject({ status: "refused" });
});

test("a code for one use is refused the second time", async () => {
  await create({ usageLimit: 1 });
  const first = checkoutOf([{ product: 0, quantity: 1 }]);
  demo.store.applyDiscountCode(first, code);
  buy(first);
  const second = checkoutOf([{ product: 0, quantity: 1 }]);
  expect(demo.store.applyDiscountCode(second, code)).toEqual({
    status: "refused",
    reason: "This code has been used already.",
  });
});

test("minimum, expiry and deactivation are kept", async () => {
  const { codeDiscountNode } = await create({
    minimumRequirement: { subtotal: { greaterThanOrEqualToSubtotal: "40.00" } },
    endsAt: new Date(demo.clock.now().getTime() + 3_600_000).toISOString(),
  });
  const small = checkoutOf([{ product: 0, quantity: 1 }]);
  expect(demo.store.applyDiscountCode(small, code)).toMatchObject({ status: "refused" });
  const large = checkoutOf([{ product: 0, quantity: 4 }]);
  expect(demo.store.applyDiscountCode(large, code)).toEqual({ status: "applied" });
  demo.clock.advance(2 * 3_600_000);
  expect(demo.store.priceCheckout(large).refusedCodes).toEqual([{ code, reason: "This code has expired." }]);

  admin = adminClient(demo); // an hour has passed
  const answer = await admin(
    "mutation ($id: ID!) { discountCodeDeactivate(id: $id) { codeDiscountNode { codeDiscount { ... on DiscountCodeBasic { status } } } userErrors { message } } }",
    { id: codeDiscountNode.id },
  );
  expect(answer.data.discountCodeDeactivate.codeDiscountNode.codeDiscount.status).toBe("EXPIRED");
});

test("two codes add up only when both allow it", async () => {
  await create({ combinesWith: { orderDiscounts: true } });
  const other = `${code}-B`;
  await create({ code: other, combinesWith: { orderDiscounts: true } });
  const alone = `${code}-C`;
  await create({ code: alone });
  const token = checkoutOf([{ product: 0, quantity: 1 }]);
  expect(demo.store.applyDiscountCode(token, code)).toEqual({ status: "applied" });
  expect(demo.store.applyDiscountCode(token, other)).toEqual({ status: "applied" });
  expect(demo.store.applyDiscountCode(token, alone)).toMatchObject({ status: "refused" });
});

test("a code for certain customers is for nobody else", async () => {
  const customer = demo.store.customers()[0]!;
  await create({ context: { customers: { add: [`gid://shopify/Customer/${customer.id}`] } } });
  const token = checkoutOf([{ product: 0, quantity: 1 }]);
  demo.store.setContact(token, { email: "somebody@example.com" });
  expect(demo.store.applyDiscountCode(token, code)).toMatchObject({ status: "refused" });
  demo.store.setContact(token, { email: customer.email });
  expect(demo.store.applyDiscountCode(token, code)).toEqual({ status: "applied" });
});

test("redeem codes are added in the background, each for itself", async () => {
  const { codeDiscountNode } = await create({ usageLimit: 1 });
  const added = await admin(
    `mutation ($id: ID!, $codes: [DiscountRedeemCodeInput!]!) {
      discountRedeemCodeBulkAdd(discountId: $id, codes: $codes) { bulkCreation { id done codesCount } userErrors { message } }
    }`,
    { id: codeDiscountNode.id, codes: [{ code: `${code}-X` }, { code: `${code}-Y` }, { code }] },
  );
  const { id } = added.data.discountRedeemCodeBulkAdd.bulkCreation;
  let creation;
  do {
    await new Promise((resolve) => setTimeout(resolve, 50));
    const read = await admin(
      "query ($id: ID!) { discountRedeemCodeBulkCreation(id: $id) { done importedCount failedCount codes(first: 5) { nodes { code errors { code } } } } }",
      { id },
    );
    creation = read.data.discountRedeemCodeBulkCreation;
  } while (!creation.done);
  expect(creation).toMatchObject({ importedCount: 2, failedCount: 1 });
  const found = await admin("query ($code: String!) { codeDiscountNodeByCode(code: $code) { id } }", {
    code: `${code}-x`,
  });
  expect(found.data.codeDiscountNodeByCode.id).toBe(codeDiscountNode.id);
  const token = checkoutOf([{ product: 0, quantity: 1 }]);
  expect(demo.store.applyDiscountCode(token, `${code}-X`)).toEqual({ status: "applied" });
});

test("wrong input comes back as user errors with Shopify's codes", async () => {
  await create({});
  const taken = await create({});
  expect(taken.userErrors).toMatchObject([{ code: "TAKEN", field: ["basicCodeDiscount", "code"] }]);
  const wrong = await create({
    code: "",
    customerGets: { items: { all: true }, value: { percentage: 1.2 } },
    endsAt: "2001-01-01T00:00:00Z",
  });
  expect(wrong.userErrors.map((error: { code: string }) => error.code)).toEqual([
    "BLANK",
    "END_DATE_BEFORE_START_DATE",
    "VALUE_OUTSIDE_RANGE",
  ]);
});
