import { isObjectType } from "graphql";
import { afterAll, beforeAll, expect, test } from "vitest";
import { PRIMARY_SHOP, SECOND_SHOP } from "../config.ts";
import type { RunningDemo } from "../main.ts";
import { adminClient, aDemo, appWithScopes, callAdmin, type AdminClient } from "../testing.ts";
import { RESOLVERS } from "./resolvers/resolvers.ts";
import { adminSchema } from "./schema.ts";

let demo: RunningDemo;
let admin: AdminClient;

beforeAll(async () => {
  demo = await aDemo();
  admin = adminClient(demo);
});

afterAll(() => demo.stop());

const codes = (answer: { errors?: { extensions?: { code?: string } }[] }) =>
  answer.errors?.map((error) => error.extensions?.code);

test("orders come with customer, lines, money, parcels and visits", async () => {
  const answer = await admin(`{
    orders(first: 5, sortKey: CREATED_AT) {
      nodes {
        id name createdAt displayFinancialStatus displayFulfillmentStatus statusPageUrl
        totalPriceSet { shopMoney { amount currencyCode } }
        customer { id numberOfOrders defaultEmailAddress { emailAddress marketingState } }
        lineItems(first: 10) { nodes { title quantity variant { id price inventoryItem { unitCost { amount } } } } }
        fulfillments(first: 5) { displayStatus trackingInfo { number } events(first: 10) { nodes { status happenedAt } } }
        refunds { totalRefundedSet { shopMoney { amount } } }
        customerJourneySummary { firstVisit { source utmParameters { source } } }
        transactions(first: 3) { gateway kind }
      }
    }
  }`);
  expect(answer.errors).toBeUndefined();
  const [order] = answer.data.orders.nodes;
  expect(order.id).toMatch(/^gid:\/\/shopify\/Order\/\d+$/);
  expect(order.createdAt).toMatch(/:\d\dZ$/);
  expect(order.lineItems.nodes.length).toBeGreaterThan(0);
  expect(Number(order.lineItems.nodes[0].variant.inventoryItem.unitCost.amount)).toBeGreaterThan(0);
});

test("pages follow one another without gaps, forwards and backwards", async () => {
  const all = await admin("{ products(first: 250) { nodes { id } } }");
  const first = await admin("{ products(first: 4) { nodes { id } pageInfo { hasNextPage endCursor } } }");
  const next = await admin(
    "query ($after: String) { products(first: 4, after: $after) { nodes { id } pageInfo { startCursor hasPreviousPage } } }",
    { after: first.data.products.pageInfo.endCursor },
  );
  expect([...first.data.products.nodes, ...next.data.products.nodes]).toEqual(
    all.data.products.nodes.slice(0, 8),
  );
  const back = await admin(
    "query ($before: String) { products(last: 4, before: $before) { nodes { id } } }",
    { before: next.data.products.pageInfo.startCursor },
  );
  expect(back.data.products.nodes).toEqual(first.data.products.nodes);
});

test("filters find by id, e-mail and time of change", async () => {
  const newest = demo.store.orders()[0]!;
  const byTime = await admin(
    "query ($q: String) { orders(first: 50, query: $q) { nodes { id updatedAt } } }",
    {
      q: `updated_at:>='${newest.updatedAt}'`,
    },
  );
  expect(byTime.data.orders.nodes.length).toBeGreaterThan(0);
  expect(byTime.data.orders.nodes.length).toBeLessThan(50);
  const byEmail = await admin("query ($q: String) { customers(first: 5, query: $q) { nodes { email } } }", {
    q: `email:${newest.email}`,
  });
  expect(byEmail.data.customers.nodes).toEqual([{ email: newest.email }]);
  const byId = await admin("query ($q: String) { orders(first: 5, query: $q) { nodes { name } } }", {
    q: `id:${newest.id} OR id:1`,
  });
  expect(byId.data.orders.nodes).toEqual([{ name: newest.name }]);
});

test("what is not modelled is refused by name and listed", async () => {
  const answer = await admin("{ orders(first: 1) { nodes { riskLevel } } }");
  expect(answer.errors![0]!.message).toBe("demo store does not model Order.riskLevel yet");
  expect(codes(answer)).toEqual(["DEMO_STORE_UNMODELLED"]);
  const filter = await admin('{ orders(first: 1, query: "risk_level:high") { nodes { id } } }');
  expect(codes(filter)).toEqual(["DEMO_STORE_UNMODELLED"]);
  const listed = (await (await fetch(`${demo.origin}/_/unmodelled`)).json()) as Record<string, number>;
  expect(listed["Order.riskLevel"]).toBeGreaterThan(0);
});

test("fields that Shopify does not have are an error of the document", async () => {
  expect((await admin("{ shop { nam } }")).errors![0]!.message).toContain('Cannot query field "nam"');
  expect((await admin("{ shop {")).errors![0]!.message).toContain("Syntax Error");
  expect(codes(await admin("query ($id: ID!) { order(id: $id) { id } }"))).toEqual(["INVALID_VARIABLE"]);
  expect(codes(await admin("{ orders { nodes { id } } }"))).toEqual(["BAD_REQUEST"]);
  expect(codes(await admin("{ orders(first: 251) { nodes { id } } }"))).toEqual(["BAD_REQUEST"]);
});

test("requests without a token, with a foreign token or for another version are turned away", async () => {
  expect((await callAdmin(demo, PRIMARY_SHOP, "", "{ shop { id } }")).status).toBe(401);
  const other = demo.installations.issueOffline(SECOND_SHOP, true).access.token;
  expect((await callAdmin(demo, PRIMARY_SHOP, other, "{ shop { id } }")).status).toBe(401);
  const { token } = demo.installations.issueOffline(PRIMARY_SHOP, true).access;
  expect((await callAdmin(demo, PRIMARY_SHOP, token, "{ shop { id } }", {}, "2025-01")).status).toBe(404);
});

test("nothing of one shop is seen through the other", async () => {
  const order = demo.store.orders()[0]!;
  const other = adminClient(demo, SECOND_SHOP);
  const answer = await other("query ($id: ID!) { order(id: $id) { id } node(id: $id) { id } }", {
    id: `gid://shopify/Order/${order.id}`,
  });
  expect(answer.data).toEqual({ order: null, node: null });
});

test("an order is readable a moment after the thank-you page", async () => {
  const slow = await aDemo({ orderDelayMs: 60_000 });
  try {
    const client = adminClient(slow);
    const bought = await fetch(`${slow.origin}/_/orders`, { method: "POST" });
    const { order } = (await bought.json()) as { order: { id: number } };
    const query = "query ($id: ID!) { order(id: $id) { id } }";
    const id = `gid://shopify/Order/${order.id}`;
    expect((await client(query, { id })).data.order).toBeNull();
    slow.clock.advance(61_000);
    expect((await client(query, { id })).data.order).toEqual({ id });
  } finally {
    await slow.stop();
  }
});

test("scopes come from Shopify's own metadata, on fields and on what is below them", async () => {
  const narrow = await aDemo({ app: appWithScopes(["read_orders"]), protectedData: [] });
  try {
    const client = adminClient(narrow);
    const orders = await client("{ orders(first: 1) { nodes { id customer { id } } } }");
    expect(orders.errors![0]!.message).toContain("Access denied for customer field");
    expect(orders.data.orders.nodes[0].customer).toBeNull();
    expect(codes(await client('{ codeDiscountNodeByCode(code: "X") { id } }'))).toEqual(["ACCESS_DENIED"]);
    const consent = await client(
      'mutation { customerEmailMarketingConsentUpdate(input: {customerId: "gid://shopify/Customer/1", emailMarketingConsent: {marketingState: UNSUBSCRIBED}}) { userErrors { message } } }',
    );
    expect(codes(consent)).toEqual(["ACCESS_DENIED"]);
    const email = await client("{ orders(first: 1) { nodes { email } } }");
    expect(email.errors![0]!.message).toContain("not approved to use the email field");
    expect(email.data.orders.nodes).toEqual([{ email: null }]);
  } finally {
    await narrow.stop();
  }
});

test("without read_all_orders only sixty days are seen", async () => {
  const narrow = await aDemo({ app: appWithScopes(["read_orders"]) });
  try {
    const { data } = await adminClient(narrow)("{ ordersCount { count } }");
    const all = await admin("{ ordersCount { count } }");
    expect(data.ordersCount.count).toBeGreaterThan(0);
    expect(data.ordersCount.count).toBeLessThan(all.data.ordersCount.count);
  } finally {
    await narrow.stop();
  }
});

test("too many points are throttled, too many at once refused", async () => {
  const client = adminClient(demo);
  const heavy = "{ orders(first: 250) { nodes { id lineItems(first: 50) { nodes { id title } } } } }";
  const answers = [];
  for (let call = 0; call < 40; call++) answers.push(await client(heavy));
  expect(answers[0]!.errors).toBeUndefined();
  expect(codes(answers.at(-1)!)).toEqual(["THROTTLED"]);
  expect(answers.at(-1)!.extensions!.cost.throttleStatus.currentlyAvailable).toBeLessThan(1000);
  const nested =
    "{ products(first: 250) { nodes { variants(first: 250) { nodes { product { variants(first: 250) { nodes { product { id } } } } } } } } }";
  expect(codes(await client(nested))).toEqual(["MAX_COST_EXCEEDED"]);
});

test("consent that the app writes is stored and announced", async () => {
  const customer = demo.store
    .customers()
    .find((candidate) => candidate.emailMarketing.state === "SUBSCRIBED")!;
  const mutation = `mutation ($id: ID!, $state: CustomerEmailMarketingState!) {
    customerEmailMarketingConsentUpdate(input: {customerId: $id, emailMarketingConsent: {marketingState: $state}}) {
      customer { defaultEmailAddress { marketingState } } userErrors { field message }
    }
  }`;
  const id = `gid://shopify/Customer/${customer.id}`;
  const answer = await admin(mutation, { id, state: "UNSUBSCRIBED" });
  expect(answer.data.customerEmailMarketingConsentUpdate).toEqual({
    customer: { defaultEmailAddress: { marketingState: "UNSUBSCRIBED" } },
    userErrors: [],
  });
  const [delivery] = demo.webhooks
    .deliveries()
    .filter(({ topic }) => topic === "customers_email_marketing_consent/update");
  expect(JSON.parse(delivery!.body).email_marketing_consent.state).toBe("unsubscribed");
  const refused = await admin(mutation, { id, state: "NOT_SUBSCRIBED" });
  expect(refused.data.customerEmailMarketingConsentUpdate.userErrors).toHaveLength(1);
});

test("tags are added to a customer once", async () => {
  const customer = demo.store.customers()[0]!;
  const mutation = `mutation ($id: ID!, $tags: [String!]!) {
    tagsAdd(id: $id, tags: $tags) { userErrors { field message } }
  }`;
  for (let time = 0; time < 2; time++) {
    const id = `gid://shopify/Customer/${customer.id}`;
    const answer = await admin(mutation, { id, tags: ["vip"] });
    expect(answer.data.tagsAdd.userErrors).toEqual([]);
  }
  expect(demo.store.customer(customer.id)!.tags.filter((tag) => tag === "vip")).toHaveLength(1);
  const nobody = await admin(mutation, { id: "gid://shopify/Customer/1", tags: ["vip"] });
  expect(nobody.data.tagsAdd.userErrors).toHaveLength(1);
});

test("metafields are kept per owner and namespace", async () => {
  const { id } = (await admin("{ currentAppInstallation { id accessScopes { handle } } }")).data
    .currentAppInstallation;
  const mutation = `mutation ($metafields: [MetafieldsSetInput!]!) {
    metafieldsSet(metafields: $metafields) { metafields { key value } userErrors { field message code } }
  }`;
  const good = await admin(mutation, {
    metafields: [{ ownerId: id, key: "settings", type: "json", value: '{"a":1}' }],
  });
  expect(good.data.metafieldsSet.metafields).toEqual([{ key: "settings", value: '{"a":1}' }]);
  const bad = await admin(mutation, {
    metafields: [{ ownerId: id, key: "settings", type: "json", value: "{" }],
  });
  expect(bad.data.metafieldsSet.userErrors[0].code).toBe("INVALID_VALUE");
  const read = await admin('{ currentAppInstallation { metafield(key: "settings") { jsonValue } } }');
  expect(read.data.currentAppInstallation.metafield.jsonValue).toEqual({ a: 1 });
});

test("every modelled type and field exists in Shopify's schema", () => {
  const { schema } = adminSchema();
  const unknown = Object.entries(RESOLVERS).flatMap(([typeName, fields]) => {
    const type = schema.getType(typeName);
    if (!isObjectType(type)) return [typeName];
    return Object.keys(fields)
      .filter((field) => !(field in type.getFields()))
      .map((field) => `${typeName}.${field}`);
  });
  expect(unknown).toEqual([]);
});
