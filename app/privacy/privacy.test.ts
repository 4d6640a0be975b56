import { afterAll, beforeAll, expect, test } from "vitest";
import { addressHash } from "#app/db/seal";
import { inShop } from "#app/db/in-shop.server";
import { prisma } from "#app/db/pool.server";
import { env } from "#app/env.server";
import type { Shop } from "#app/generated/prisma/client";
import { recordInstall } from "#app/shops/shops.server";
import { startQueue, stopQueue } from "#app/queue/queue.server";
import { eraseAll } from "../../tests/factories/erasures";
import { drainEverything, inboxOf, inboxRow } from "../../tests/factories/inbox";
import { aShop } from "../../tests/factories/shop";
import {
  customerPayload,
  fulfillmentPayload,
  orderPayload,
  scanPayload,
} from "../../tests/factories/webhooks-payloads";
import { takeExport } from "./privacy.server";

beforeAll(() => startQueue("web"));
afterAll(() => stopQueue());

const CUSTOMER = "gid://shopify/Customer/7";
const ORDER = "gid://shopify/Order/1001";
const EMAIL = "customer-7@example.com";
const at = new Date("2026-11-20T10:00:00Z");
const uuid = (n: number) => `00000000-0000-7000-8000-${String(n).padStart(12, "0")}`;

/** A row of the person in every table that can hold one. Personal values carry the word "secret". */
async function aPersonEverywhere(shop: Shop): Promise<void> {
  await inboxRow(
    shop,
    "orders/create",
    orderPayload(1001, { landing_site: "/?secret", order_status_url: "https://secret.example" }),
  );
  await inboxRow(
    shop,
    "customers/update",
    customerPayload(7, { first_name: "secret", updated_at: "2026-11-21T00:00:00Z" }),
  );
  await inboxRow(shop, "fulfillments/create", fulfillmentPayload(8, 1001, { tracking_number: "secret" }));
  await inboxRow(shop, "fulfillment_events/create", scanPayload(9, 8, 1001, { city: "secret" }));
  await drainEverything();
  await inShop(shop.id, async (tx) => {
    const shopId = shop.id;
    const hash = addressHash(env().ENCRYPTION_KEY, shopId, EMAIL);
    const key = { shopId, personKey: CUSTOMER };
    await tx.consent.create({
      data: {
        shopId,
        channel: "email",
        addressHash: hash,
        state: "subscribed",
        customerGid: CUSTOMER,
        changedAt: at,
      },
    });
    await tx.consentEvent.create({
      data: {
        shopId,
        id: uuid(1),
        channel: "email",
        addressHash: hash,
        state: "subscribed",
        source: "thank-you",
        happenedAt: at,
        sourceKey: "c",
      },
    });
    await tx.messagePreference.create({
      data: { shopId, addressHash: hash, messageType: "nps", channel: "email", wanted: true, changedAt: at },
    });
    await tx.touch.create({
      data: {
        ...key,
        id: uuid(2),
        channel: "email",
        kind: "nps",
        marketing: true,
        sourceKey: "t",
        happenedAt: at,
      },
    });
    await tx.hold.create({
      data: { ...key, id: uuid(3), reason: "open-case", sourceKey: "h", startsAt: at },
    });
    for (const [n, state] of [
      [4, "sent"],
      [5, "queued"],
    ] as const) {
      await tx.message.create({
        data: {
          shopId,
          id: uuid(n),
          dedupeKey: `m${n}`,
          channel: "email",
          templateKey: "thank-you",
          purpose: "transactional",
          locale: "en",
          customerGid: CUSTOMER,
          orderGid: ORDER,
          recipient: EMAIL,
          recipientHash: hash,
          variables: { name: "secret" },
          state,
          dueAt: at,
          queuedAt: at,
        },
      });
    }
    await tx.messageLink.create({
      data: { shopId, messageId: uuid(4), position: 0, url: "https://secret.example", role: "tracking" },
    });
    await tx.messageEvent.create({
      data: {
        shopId,
        id: uuid(6),
        messageId: uuid(4),
        kind: "open",
        human: true,
        userAgent: "secret",
        happenedAt: at,
      },
    });
    await tx.decision.create({
      data: {
        ...key,
        id: uuid(7),
        surface: "thank-you",
        block: "offers",
        customerGid: CUSTOMER,
        orderGid: ORDER,
        checkoutToken: "secret",
        locale: "en",
        context: { country: "secret" },
        candidates: Buffer.from("[]"),
        seed: "1",
        modelVersion: "1",
        decidedAt: at,
      },
    });
    await tx.placement.create({
      data: {
        ...key,
        decisionId: uuid(7),
        position: 0,
        kind: "offer",
        candidateId: "x",
        surface: "thank-you",
        score: 1,
        propensity: 1,
        decidedAt: at,
      },
    });
    await tx.survey.create({
      data: {
        shopId,
        id: uuid(8),
        key: "nps",
        name: "NPS",
        surfaces: [],
        questions: [],
        createdAt: at,
        updatedAt: at,
      },
    });
    await tx.surveyResponse.create({
      data: {
        ...key,
        id: uuid(9),
        surveyId: uuid(8),
        respondentKey: `order:${ORDER}`,
        orderGid: ORDER,
        customerGid: CUSTOMER,
        channel: "email",
        locale: "en",
        answers: { why: "secret" },
        score: 9,
        comment: "secret",
        startedAt: at,
      },
    });
    await tx.case.create({
      data: {
        ...key,
        id: uuid(17),
        type: "damaged",
        source: "shopper",
        subject: ORDER,
        customerGid: CUSTOMER,
        orderGid: ORDER,
        openedAt: at,
        heldSince: at,
        entries: {
          create: [{ id: uuid(18), kind: "written", text: "secret", sourceKey: "w", happenedAt: at }],
        },
      },
    });
    await tx.loyaltyMember.create({
      data: {
        ...key,
        id: uuid(10),
        customerGid: CUSTOMER,
        joinedVia: "thank-you",
        consentText: "secret",
        joinedAt: at,
      },
    });
    await tx.ledgerEntry.create({
      data: {
        shopId,
        id: uuid(11),
        memberId: uuid(10),
        kind: "join",
        points: 100,
        state: "approved",
        availableAt: at,
        sourceKey: "l",
        createdAt: at,
      },
    });
    await tx.enrolment.create({
      data: {
        shopId,
        id: uuid(13),
        journeyId: uuid(14),
        version: 1,
        personKey: CUSTOMER,
        customerGid: CUSTOMER,
        orderGid: ORDER,
        subject: ORDER,
        occurrence: `order:${ORDER}`,
        state: "waiting",
        position: "wait",
        dueAt: at,
        enteredAt: at,
      },
    });
    await tx.journeyIntent.create({
      data: {
        shopId,
        id: uuid(15),
        enrolmentId: uuid(13),
        stepId: "tag",
        kind: "tag",
        customerGid: CUSTOMER,
        payload: { tag: "secret" },
        createdAt: at,
      },
    });
    await tx.journeyClock.create({
      data: { shopId, kind: "customer.birthday", subject: CUSTOMER, customerGid: CUSTOMER, dueAt: at },
    });
  });
}

const request = { customer: { id: 7, email: EMAIL, phone: null } };

/** Everything the database holds of a shop, as text, gravestone and request rows aside. */
async function everythingOf(shop: Shop): Promise<string> {
  const tables = await prisma.$queryRaw<{ name: string }[]>`
    SELECT table_name AS name FROM information_schema.columns
    WHERE table_schema = 'public' AND column_name = 'shopId'`;
  const found = await inShop(shop.id, async (tx) => {
    const rows: unknown[] = [];
    for (const { name } of tables) {
      rows.push(
        ...(await tx.$queryRawUnsafe<unknown[]>(
          `SELECT '${name}' AS table, to_jsonb(t) AS row FROM "${name}" t`,
        )),
      );
    }
    return rows;
  });
  return JSON.stringify([found, await inboxOf(shop)]);
}

test("a data request gathers every table, for the merchant to download", async () => {
  const shop = await aShop();
  await aPersonEverywhere(shop);
  await inboxRow(shop, "customers/data_request", {
    ...request,
    orders_requested: [1001],
    data_request: { id: 55 },
  });
  await inboxRow(shop, "customers/data_request", {
    ...request,
    orders_requested: [1001],
    data_request: { id: 55 },
  });
  await drainEverything();

  const requests = await inShop(shop.id, (tx) => tx.privacyRequest.findMany());
  expect(requests).toHaveLength(1);
  expect(requests[0]).toMatchObject({ kind: "data_request", doneAt: null });
  const days = (requests[0]!.dueAt.getTime() - requests[0]!.receivedAt.getTime()) / 86_400_000;
  expect(days).toBe(30);

  const taken = await inShop(shop.id, (tx) => takeExport(tx, shop.id, requests[0]!.id, at));
  expect(Object.keys(taken!).sort()).toEqual([
    "Case",
    "CaseEntry",
    "Consent",
    "ConsentEvent",
    "Customer",
    "Decision",
    "DeliveryClock",
    "Enrolment",
    "Hold",
    "JourneyClock",
    "JourneyIntent",
    "LedgerEntry",
    "LineItem",
    "LoyaltyMember",
    "Message",
    "MessageEvent",
    "MessageLink",
    "MessagePreference",
    "Order",
    "OrderDiscountCode",
    "Parcel",
    "Placement",
    "Scan",
    "SurveyResponse",
    "Touch",
  ]);
  const after = await inShop(shop.id, (tx) => tx.privacyRequest.findFirstOrThrow());
  expect(after.doneAt).toEqual(at);
  const compliance = (await inboxOf(shop)).filter((row) => row.topic.endsWith("data_request"));
  expect(compliance.map((row) => row.body)).toEqual(["", ""]);
});

test("redaction leaves nothing of the person, keeps their hash suppressed, and touches no other shop", async () => {
  const [shop, other] = [await aShop(), await aShop()];
  await aPersonEverywhere(shop);
  await aPersonEverywhere(other);
  const otherBefore = await everythingOf(other);
  await inboxRow(shop, "customers/redact", { ...request, orders_to_redact: [1001] });
  await drainEverything();
  await eraseAll();

  const everything = await everythingOf(shop);
  expect(everything).not.toContain("secret");
  expect(everything).not.toContain(EMAIL);
  expect(everything.match(/gid:\/\/shopify\/Customer\/7\b/g)).toHaveLength(1); // the gravestone
  expect(await everythingOf(other)).toBe(otherBefore);

  const hash = addressHash(env().ENCRYPTION_KEY, shop.id, EMAIL);
  await inShop(shop.id, async (tx) => {
    expect(await tx.suppression.findMany()).toMatchObject([{ channel: "email", addressHash: hash }]);
    expect(
      await tx.message.findMany({ orderBy: { id: "asc" }, select: { state: true, reason: true } }),
    ).toEqual([
      { state: "sent", reason: null },
      { state: "suppressed", reason: "redacted" },
    ]);
    expect(await tx.enrolment.findFirst()).toMatchObject({ personKey: "redacted", orderGid: null });
    expect(await tx.journeyIntent.findFirst()).toMatchObject({ state: "failed", payload: {} });
    expect(await tx.journeyClock.count()).toBe(0);
    expect(await tx.surveyResponse.findFirst()).toMatchObject({ score: 9, comment: null });
    expect(await tx.order.findFirst()).toMatchObject({ totalMinor: 4100, customerGid: null });
    const [done] = await tx.privacyRequest.findMany();
    expect(done).toMatchObject({ kind: "customer_redact" });
    expect(done!.doneAt).not.toBeNull();
    expect(done!.deletedRows).toBeGreaterThan(15);
  });
});

test("late webhooks bring a redacted person not back", async () => {
  const shop = await aShop();
  await aPersonEverywhere(shop);
  await inboxRow(shop, "customers/redact", request);
  await drainEverything();
  await eraseAll();
  await inboxRow(
    shop,
    "customers/update",
    customerPayload(7, { first_name: "secret", updated_at: "2026-11-22T09:00:00Z" }),
  );
  await inboxRow(shop, "orders/updated", orderPayload(1001, { updated_at: "2026-11-22T09:00:00Z" }));
  await drainEverything();
  await inShop(shop.id, async (tx) => {
    expect(await tx.customer.findFirst()).toMatchObject({ email: null, firstName: null });
    expect(await tx.order.findFirst()).toMatchObject({ email: null, customerGid: null, statusUrl: null });
  });
});

test("what is told late about a redacted person is handled, and its body not kept", async () => {
  const [shop, other] = [await aShop(), await aShop()];
  await aPersonEverywhere(shop);
  await aPersonEverywhere(other);
  await inboxRow(shop, "customers/redact", request);
  await drainEverything();
  await eraseAll();
  const late = { updated_at: "2026-11-22T09:00:00Z" };
  for (const to of [shop, other]) {
    await inboxRow(to, "customers/update", customerPayload(7, { first_name: "late", ...late }));
    await inboxRow(to, "fulfillments/update", fulfillmentPayload(8, 1001, { email: "late", ...late }));
    await inboxRow(to, "orders/updated", orderPayload(2002, { customer: null, email: "late@other.example" }));
  }
  await drainEverything();
  const lateBodies = async (of: Shop) =>
    (
      await prisma.webhookInbox.findMany({ where: { shopDomain: of.domain, body: { contains: "late" } } })
    ).map(({ topic }) => topic);
  expect(await lateBodies(shop)).toEqual(["orders/updated"]); // somebody else's order
  expect(await lateBodies(other)).toHaveLength(3);
});

test("a guest who is known by address only is found by it", async () => {
  const shop = await aShop();
  await inboxRow(shop, "orders/create", orderPayload(1001, { customer: null, email: "Guest@Example.com" }));
  await drainEverything();
  await inboxRow(shop, "customers/redact", {
    customer: { email: "guest@example.com" },
    orders_to_redact: [],
  });
  await drainEverything();
  await eraseAll();
  expect(await inShop(shop.id, (tx) => tx.order.findFirst())).toMatchObject({ email: null });
});

test("a data request that nobody answered before the person was erased is closed and says so, a guest's too", async () => {
  const [shop, other] = [await aShop(), await aShop()];
  const guest = { customer: { email: "guest@example.com" }, orders_requested: [] };
  for (const one of [shop, other]) {
    await aPersonEverywhere(one);
    await inboxRow(one, "customers/data_request", { ...request, data_request: { id: 55 } });
    await inboxRow(one, "customers/data_request", { ...guest, data_request: { id: 56 } });
    await inboxRow(one, "customers/data_request", { customer: { id: 8 }, data_request: { id: 57 } });
  }
  await drainEverything();
  await inboxRow(shop, "customers/redact", request);
  await inboxRow(shop, "customers/redact", { ...guest, orders_to_redact: [] });
  await drainEverything();
  await eraseAll();

  const requestsOf = (of: Shop) =>
    inShop(of.id, (tx) =>
      tx.privacyRequest.findMany({ where: { kind: "data_request" }, orderBy: { sourceKey: "asc" } }),
    );
  const closed = { erasedFirst: true, doneAt: expect.any(Date), export: null, person: null };
  const open = { erasedFirst: false, doneAt: null, export: expect.anything() };
  expect(await requestsOf(shop)).toMatchObject([closed, closed, open]);
  expect(await requestsOf(other)).toMatchObject([open, open, open]);
  const [first] = await requestsOf(shop);
  expect(await inShop(shop.id, (tx) => takeExport(tx, shop.id, first!.id, at))).toBeNull();
});

test("a data request stays open where somebody else was erased whose orders name the same phone", async () => {
  const shop = await aShop();
  const phone = "+4915123456789";
  const someone = (n: number) => ({
    customer: { id: n, email: `customer-${n}@example.com`, phone: null },
    orders_requested: [n],
  });
  const guest = { customer: { email: "guest@example.com", phone }, orders_requested: [] };
  for (const n of [71, 72]) {
    const { email } = someone(n).customer;
    await inboxRow(shop, "orders/create", orderPayload(n, { customer: { id: n, email }, email, phone }));
  }
  await inboxRow(
    shop,
    "orders/create",
    orderPayload(73, { customer: null, email: guest.customer.email, phone }),
  );
  await drainEverything();
  await inboxRow(shop, "customers/data_request", { ...someone(71), data_request: { id: 55 } });
  await inboxRow(shop, "customers/data_request", { ...guest, data_request: { id: 56 } });
  await inboxRow(shop, "customers/data_request", { customer: { phone }, data_request: { id: 57 } });
  await drainEverything();
  const open = () =>
    inShop(shop.id, async (tx) => {
      const requests = await tx.privacyRequest.findMany({
        where: { kind: "data_request" },
        orderBy: { sourceKey: "asc" },
      });
      return requests.map(({ doneAt, export: gathered }) => doneAt === null && gathered !== null);
    });
  await inboxRow(shop, "customers/redact", { ...someone(72), orders_to_redact: [72] });
  await drainEverything();
  await eraseAll();
  expect(await open()).toEqual([true, true, true]);

  // Who asked by a phone alone is erased by it alone.
  await inboxRow(shop, "customers/redact", { customer: { phone }, orders_to_redact: [] });
  await drainEverything();
  await eraseAll();
  expect(await open()).toEqual([true, true, false]);
});

test("a data request that comes while the person is being erased is closed with it", async () => {
  const shop = await aShop();
  await aPersonEverywhere(shop);
  await inboxRow(shop, "customers/redact", request);
  await drainEverything();
  await inboxRow(shop, "customers/data_request", { ...request, data_request: { id: 55 } });
  await drainEverything();
  const asked = () =>
    inShop(shop.id, (tx) => tx.privacyRequest.findFirst({ where: { kind: "data_request" } }));
  expect(await asked()).toMatchObject({ doneAt: null, erasedFirst: false });
  await eraseAll();
  expect(await asked()).toMatchObject({ doneAt: expect.any(Date), erasedFirst: true, export: null });
});

test("a data request that was answered before the person was erased stays answered", async () => {
  const shop = await aShop();
  await aPersonEverywhere(shop);
  await inboxRow(shop, "customers/data_request", { ...request, data_request: { id: 55 } });
  await drainEverything();
  const [asked] = await inShop(shop.id, (tx) => tx.privacyRequest.findMany());
  await inShop(shop.id, (tx) => takeExport(tx, shop.id, asked!.id, at));
  await inboxRow(shop, "customers/redact", request);
  await drainEverything();
  await eraseAll();
  const after = await inShop(shop.id, (tx) =>
    tx.privacyRequest.findUnique({ where: { shopId_id: { shopId: shop.id, id: asked!.id } } }),
  );
  expect(after).toMatchObject({ erasedFirst: false, doneAt: at, export: null });
});

test("shop/redact deletes every row of an uninstalled shop, and only its own", async () => {
  const [shop, other] = [await aShop(), await aShop()];
  await aPersonEverywhere(shop);
  await aPersonEverywhere(other);
  const otherBefore = await everythingOf(other);
  await inboxRow(shop, "app/uninstalled", {});
  await drainEverything();
  await inboxRow(shop, "shop/redact", { shop_id: 1, shop_domain: shop.domain });
  await drainEverything();
  await eraseAll();

  const [rows, inbox] = JSON.parse(await everythingOf(shop)) as [{ table: string }[], { topic: string }[]];
  expect(rows.map((row) => row.table)).toEqual(["PrivacyRequest"]);
  expect(inbox.map((row) => row.topic)).toEqual(["shop/redact"]);
  expect(await prisma.shop.findUnique({ where: { id: shop.id } })).toMatchObject({ email: "", name: "" });
  expect(await everythingOf(other)).toBe(otherBefore);
});

test("a shop that came back before shop/redact keeps its data", async () => {
  const shop = await aShop();
  await aPersonEverywhere(shop);
  await inboxRow(shop, "app/uninstalled", {});
  await drainEverything();
  await recordInstall(prisma as never, shop.domain, "read_orders", new Date("2026-11-22T13:00:00Z"));
  await inboxRow(shop, "shop/redact", {});
  await drainEverything();
  await eraseAll();
  expect(await inShop(shop.id, (tx) => tx.order.count())).toBe(1);
});
