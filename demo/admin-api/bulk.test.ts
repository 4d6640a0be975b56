import { afterAll, beforeAll, expect, test } from "vitest";
import type { RunningDemo } from "../main.ts";
import {
  adminClient,
  aDemo,
  aWebhookReceiver,
  appWithScopes,
  type AdminClient,
  type WebhookReceiver,
} from "../testing.ts";

let receiver: WebhookReceiver;
let demo: RunningDemo;
let admin: AdminClient;

beforeAll(async () => {
  receiver = await aWebhookReceiver();
  demo = await aDemo({ appTarget: receiver.url });
  admin = adminClient(demo);
});

afterAll(async () => {
  await demo.stop();
  await receiver.close();
});

const RUN = `mutation ($query: String!) {
  bulkOperationRunQuery(query: $query, groupObjects: false) { bulkOperation { id status } userErrors { message } }
}`;
const READ = `query ($id: ID!) {
  bulkOperation(id: $id) { status errorCode objectCount rootObjectCount fileSize url completedAt }
}`;

async function finished(client: AdminClient, id: string) {
  for (;;) {
    const { data } = await client(READ, { id });
    if (!["CREATED", "RUNNING"].includes(data.bulkOperation.status)) return data.bulkOperation;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

test("a bulk query writes a line per node, children with the id of their parent, and announces its end", async () => {
  const started = await admin(RUN, {
    query:
      "{ orders { edges { node { id name customer { id } lineItems { edges { node { id quantity } } } } } } }",
  });
  const { id } = started.data.bulkOperationRunQuery.bulkOperation;
  const operation = await finished(admin, id);
  expect(operation).toMatchObject({ status: "COMPLETED", errorCode: null });
  const text = await (await fetch(operation.url)).text();
  expect(Buffer.byteLength(text)).toBe(Number(operation.fileSize));
  const lines = text
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
  expect(lines).toHaveLength(Number(operation.objectCount));

  const orders = lines.filter((line) => line.__parentId === undefined);
  const items = lines.filter((line) => line.__parentId !== undefined);
  expect(orders).toHaveLength(demo.store.orders().length);
  expect(Number(operation.rootObjectCount)).toBe(orders.length);
  expect(items).toHaveLength(demo.store.orders().flatMap((order) => order.lines).length);
  const ids = new Set(orders.map((order) => order.id));
  expect(items.every((item) => ids.has(item.__parentId))).toBe(true);
  expect(orders[0]).toEqual({
    id: expect.any(String),
    name: expect.any(String),
    customer: { id: expect.any(String) },
  });

  const [webhook] = await receiver.waitFor("bulk_operations/finish");
  expect(JSON.parse(webhook!.body)).toMatchObject({
    admin_graphql_api_id: id,
    status: "completed",
    type: "query",
  });
});

test("progress can be watched", async () => {
  const slow = await aDemo({ bulkObjectsPerSecond: 2000, generatedOrders: 1500 });
  try {
    const client = adminClient(slow);
    const started = await client(RUN, { query: "{ orders { nodes { id } } }" });
    const { id } = started.data.bulkOperationRunQuery.bulkOperation;
    const counts = new Set<number>();
    for (;;) {
      const { data } = await client(READ, { id });
      counts.add(Number(data.bulkOperation.objectCount));
      if (data.bulkOperation.status === "COMPLETED") break;
      expect(data.bulkOperation.url).toBeNull();
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    expect(counts.size).toBeGreaterThan(2);
  } finally {
    await slow.stop();
  }
});

test.each([
  ["no connection", "{ shop { id } }", "at least one connection"],
  ["syntax", "{ orders {", "Syntax Error"],
  ["unknown field", "{ orders { nodes { id nme } } }", "nme"],
  [
    "connection within a list",
    "{ orders { nodes { id fulfillments { id events { nodes { id } } } } } }",
    "within a list",
  ],
  ["mutation", "mutation { discountCodeDeactivate(id: 1) { userErrors { message } } }", "queries only"],
])("a bulk query is refused: %s", async (_, query, problem) => {
  const { data } = await admin(RUN, { query });
  expect(data.bulkOperationRunQuery.bulkOperation).toBeNull();
  expect(data.bulkOperationRunQuery.userErrors[0].message).toContain(problem);
});

test("a bulk query without the scope fails with ACCESS_DENIED", async () => {
  const narrow = await aDemo({ app: appWithScopes(["read_orders"]) });
  try {
    const client = adminClient(narrow);
    const started = await client(RUN, { query: "{ orders { nodes { id customer { id } } } }" });
    const operation = await finished(client, started.data.bulkOperationRunQuery.bulkOperation.id);
    expect(operation).toMatchObject({ status: "FAILED", errorCode: "ACCESS_DENIED", url: null });
  } finally {
    await narrow.stop();
  }
});
