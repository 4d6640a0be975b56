/** What the engine promises, whatever the journey: paths, waits, exits, figures, versions, one row per person. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { inShop } from "#app/db/in-shop.server";
import { newId } from "#app/db/id";
import type { Order, Shop } from "#app/generated/prisma/client";
import { startQueue, stopQueue } from "#app/queue/queue.server";
import { createFromStarter } from "#app/surveys/surveys.server";
import {
  aJourney,
  hears,
  messagesOf,
  onlyJourneys,
  shopifyWrites,
  sweepAndHear,
  sweepJourneys,
} from "../../tests/factories/journeys";
import { aProgram } from "../../tests/factories/loyalty";
import { anOrderToTell } from "../../tests/factories/messages";
import { aChannel } from "../../tests/factories/channels";
import { aShop } from "../../tests/factories/shop";
import type { Step } from "./definition";
import {
  archiveJourney,
  figuresOf,
  journeyOf,
  journeysOf,
  restoreVersion,
  saveJourney,
  switchJourney,
} from "./journeys.server";

/** A Sunday, 13:00 in the shop. */
const NOW = new Date("2026-11-22T12:00:00Z");
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const after = (milliseconds: number) => new Date(NOW.getTime() + milliseconds);

let other: Shop;
beforeAll(async () => {
  await startQueue("web");
  other = await aShop();
});
afterAll(async () => {
  const rows = await inShop(other.id, (tx) => tx.enrolment.count());
  expect(rows).toBe(0);
  await stopQueue();
});

/** Without the ready ones, so that only what a test builds happens. */
async function aQuietShop(): Promise<Shop> {
  const shop = await aShop();
  await onlyJourneys(shop);
  return shop;
}

async function places(shop: Shop, order: Order, at = NOW): Promise<void> {
  await hears(shop, { fact: "order.placed", orderGid: order.gid }, at);
}

const send = (template = "thank-you", id = "mail"): Step => ({
  id,
  type: "send",
  template,
  channels: ["email"],
});
const wait = (minutes: number, id = "wait"): Step => ({ id, type: "wait", mode: "duration", minutes });
const ways = (shop: Shop) =>
  inShop(shop.id, (tx) => tx.enrolment.findMany({ orderBy: [{ enteredAt: "asc" }, { id: "asc" }] }));

test("a branch follows its conditions and goes on behind itself", async () => {
  const shop = await aQuietShop();
  await aJourney(shop, {
    steps: [
      {
        id: "size",
        type: "branch",
        paths: [
          {
            id: "large",
            name: "Large",
            when: [{ attribute: "order.total", operator: "at-least", value: 10_000 }],
            steps: [send("delivered", "large-mail")],
          },
        ],
        otherwise: [send("shipped", "small-mail")],
      },
      send(),
    ],
  });
  const lines = [{ title: "Pot", quantity: 1, priceMinor: 20_000 }];
  await places(shop, await anOrderToTell(shop, { lines }));
  await places(shop, await anOrderToTell(shop));
  expect((await messagesOf(shop)).sort()).toEqual([
    "delivered queued",
    "shipped queued",
    "thank-you queued",
    "thank-you queued",
  ]);
});

test("shares are drawn by the person: always the same path", async () => {
  const shop = await aQuietShop();
  const share = (id: string, steps: Step[]) => ({ id, name: id, when: { share: 30 }, steps });
  await aJourney(shop, {
    reentry: { rule: "per-order", afterDays: null },
    steps: [
      {
        id: "draw",
        type: "branch",
        paths: [share("a", [send("shipped", "a-mail")]), share("b", [send("delivered", "b-mail")])],
        otherwise: [send("thank-you", "c-mail")],
      },
    ],
  });
  const first = await anOrderToTell(shop);
  const orders = [first];
  for (let n = 0; n < 4; n++)
    orders.push(await anOrderToTell(shop, { customerGid: null, email: first.email }));
  await inShop(shop.id, (tx) => tx.order.updateMany({ data: { customerGid: first.customerGid } }));
  for (const order of orders) await places(shop, order);
  const templates = new Set(await messagesOf(shop));
  expect(await ways(shop)).toHaveLength(5);
  expect(templates.size).toBe(1);
});

test("a wait ends with what it waits for, or with its time, and a branch can tell which", async () => {
  const shop = await aQuietShop();
  await aJourney(shop, {
    steps: [
      { id: "again", type: "wait", mode: "until-fact", fact: "order.placed", timeoutMinutes: 3 * 1440 },
      {
        id: "which",
        type: "branch",
        paths: [
          {
            id: "came",
            name: "Came back",
            when: [{ attribute: "happened:order.placed", operator: "is", value: true }],
            steps: [send("delivered", "came-mail")],
          },
        ],
        otherwise: [send("shipped", "stayed-mail")],
      },
    ],
    reentry: { rule: "per-person", afterDays: null },
  });
  const [back, away] = [await anOrderToTell(shop), await anOrderToTell(shop)];
  await places(shop, back);
  await places(shop, away);
  const second = await anOrderToTell(shop, { customerGid: null });
  await inShop(shop.id, (tx) =>
    tx.order.updateMany({ where: { gid: second.gid }, data: { customerGid: back.customerGid } }),
  );
  await places(shop, { ...second, customerGid: back.customerGid }, after(DAY));
  expect(await messagesOf(shop)).toEqual(["delivered queued"]);
  await sweepJourneys(after(3 * DAY - 1));
  expect(await messagesOf(shop)).toHaveLength(1);
  await sweepJourneys(after(3 * DAY));
  expect(await messagesOf(shop)).toEqual(["delivered queued", "shipped queued"]);
});

test("waits for a time of day and for business hours go by the shop's clock and its free days", async () => {
  const shop = await aQuietShop();
  await aJourney(shop, {
    steps: [
      { id: "office", type: "wait", mode: "business-hours", from: "09:00", to: "17:00" },
      send("shipped", "office-mail"),
      { id: "evening", type: "wait", mode: "local-time", time: "18:30", businessDaysOnly: false },
      send("delivered", "evening-mail"),
    ],
  });
  await places(shop, await anOrderToTell(shop));
  const dueAt = async () => (await ways(shop))[0]!.dueAt;
  expect(await dueAt()).toEqual(new Date("2026-11-23T08:00:00Z")); // Monday, nine o'clock in Berlin
  await sweepJourneys(new Date("2026-11-23T08:00:00Z"));
  expect(await dueAt()).toEqual(new Date("2026-11-23T17:30:00Z"));
  await sweepJourneys(new Date("2026-11-23T17:30:00Z"));
  expect(await messagesOf(shop)).toEqual(["shipped queued", "delivered queued"]);
});

test("waits follow each other by their times, however late the sweep looks; a long standstill is not made up for", async () => {
  const shop = await aQuietShop();
  await aJourney(shop, { steps: [wait(60, "one"), wait(60, "two"), send()] });
  await places(shop, await anOrderToTell(shop));
  await sweepJourneys(after(90 * MINUTE));
  expect(await ways(shop)).toMatchObject([{ position: "two", dueAt: after(2 * HOUR) }]);
  await places(shop, await anOrderToTell(shop), after(90 * MINUTE));
  await sweepJourneys(after(2 * DAY));
  expect(await ways(shop)).toMatchObject([{ state: "finished" }, { dueAt: after(2 * DAY + HOUR) }]);
});

test("an edit counts for who enters next; who is on the way finishes on the old version; an old one can be taken back", async () => {
  const shop = await aQuietShop();
  const id = await aJourney(shop, { steps: [wait(60), send("shipped")] });
  await places(shop, await anOrderToTell(shop));
  const { definition, name } = (await inShop(shop.id, (tx) => journeyOf(tx, shop.id, id)))!;
  const edited = { ...definition, steps: [wait(60), send("delivered")] };
  await inShop(shop.id, (tx) =>
    saveJourney(tx, shop.id, { id, name, definition: edited, author: "Ada", now: NOW }),
  );
  await places(shop, await anOrderToTell(shop), after(MINUTE));
  await inShop(shop.id, (tx) => restoreVersion(tx, shop.id, id, { version: 1, author: "Ada", now: NOW }));
  await places(shop, await anOrderToTell(shop), after(2 * MINUTE));
  await sweepJourneys(after(2 * HOUR));
  expect((await messagesOf(shop)).sort()).toEqual(["delivered queued", "shipped queued", "shipped queued"]);
  const { versions, version } = (await inShop(shop.id, (tx) => journeyOf(tx, shop.id, id)))!;
  expect(version).toBe(3);
  expect(versions.map(({ createdBy }) => createdBy)).toEqual(["Ada", "Ada", ""]);
  expect(await inShop(other.id, (tx) => journeyOf(tx, other.id, id))).toBeNull();
});

test("who was switched off on the way gets nothing more, and nobody enters", async () => {
  const shop = await aQuietShop();
  const id = await aJourney(shop, { steps: [wait(60), send()] });
  await places(shop, await anOrderToTell(shop));
  expect((await inShop(other.id, (tx) => switchJourney(tx, other.id, id, false, NOW))).status).toBe(
    "unknown",
  );
  await inShop(shop.id, (tx) => switchJourney(tx, shop.id, id, false, NOW));
  await places(shop, await anOrderToTell(shop));
  await sweepJourneys(after(HOUR));
  expect(await messagesOf(shop)).toEqual([]);
  expect(await ways(shop)).toMatchObject([{ state: "left", reason: "switched-off" }]);
});

test("who is on the way in a journey that is put away gets nothing more, unless it is brought back in time", async () => {
  const shop = await aQuietShop();
  const id = await aJourney(shop, { steps: [wait(60), send()] });
  const archive = (whose: Shop, away: boolean) =>
    inShop(whose.id, (tx) => archiveJourney(tx, whose.id, id, away, NOW));
  await places(shop, await anOrderToTell(shop));
  expect(await archive(other, true)).toEqual({ status: "unknown" });
  await archive(shop, true);
  await places(shop, await anOrderToTell(shop));
  expect(await ways(shop)).toMatchObject([{ state: "waiting" }]);
  await archive(shop, false);
  await sweepJourneys(after(HOUR));
  expect(await messagesOf(shop)).toHaveLength(1);

  await places(shop, await anOrderToTell(shop));
  await archive(shop, true);
  await sweepJourneys(after(3 * HOUR));
  expect(await messagesOf(shop)).toHaveLength(1);
  expect((await ways(shop)).map(({ reason }) => reason)).toContain("switched-off");
});

test("figures follow everybody: entered, waiting, done, left, goals; those held out are counted apart", async () => {
  const shop = await aQuietShop();
  const parts = {
    steps: [wait(60), send()],
    exits: [{ id: "cancelled", type: "fact", fact: "order.cancelled" }] as const,
    goal: { fact: "loyalty.joined", withinDays: 7 } as const,
  };
  const id = await aJourney(shop, { ...parts, exits: [...parts.exits] });
  const half = await aJourney(shop, { ...parts, exits: [...parts.exits], holdoutPercent: 50 });
  const orders = [];
  for (let n = 0; n < 12; n++) orders.push(await anOrderToTell(shop));
  for (const order of orders) await places(shop, order);
  const figures = (journey: string) => inShop(shop.id, (tx) => figuresOf(tx, shop.id, journey));
  expect(await figures(id)).toMatchObject({
    entered: 12,
    onTheWay: 12,
    steps: { wait: { entered: 12, waiting: 12 } },
  });
  await hears(shop, { fact: "order.cancelled", orderGid: orders[0]!.gid }, after(MINUTE));
  await sweepJourneys(after(HOUR));
  for (const order of orders.slice(0, 3)) {
    await aProgram(shop);
    await inShop(shop.id, (tx) =>
      tx.loyaltyMember.create({
        data: {
          ...{
            shopId: shop.id,
            id: newId(NOW),
            personKey: order.customerGid!,
            customerGid: order.customerGid,
          },
          ...{ joinedVia: "thank-you", consentText: "Yes", joinedAt: NOW },
        },
      }),
    );
    for (let time = 0; time < 2; time++)
      await hears(shop, { fact: "loyalty.joined", orderGid: order.gid }, after(DAY));
  }
  expect(await figures(id)).toMatchObject({
    ...{ entered: 12, onTheWay: 0, finished: 11, left: 1, goals: 3 },
    steps: { wait: { entered: 12, waiting: 0 }, mail: { entered: 11, done: 11, refused: 0, goals: 2 } },
  });
  const halved = await figures(half);
  expect(halved.entered + halved.heldOut.people).toBe(12);
  expect(halved.goals + halved.heldOut.goals).toBe(3);
  const heldOut = (await ways(shop)).filter(({ state }) => state === "held_out");
  expect(heldOut).toHaveLength(halved.heldOut.people);
  // Who is held out is held out again: it hangs on the person.
  await inShop(shop.id, (tx) => tx.enrolment.deleteMany({ where: { journeyId: half } }));
  for (const order of orders) await places(shop, order, after(DAY));
  const again = (await ways(shop)).filter(({ state }) => state === "held_out");
  expect(again.map(({ personKey }) => personKey).sort()).toEqual(
    heldOut.map(({ personKey }) => personKey).sort(),
  );
});

test("tags, customer fields and codes are asked of Shopify once, also where its answer got lost", async () => {
  const shop = await aQuietShop();
  const shopify = shopifyWrites();
  await aJourney(shop, {
    steps: [
      { id: "tag", type: "tag", tag: "vip" },
      { id: "field", type: "metafield", namespace: "postlude", key: "stage", value: "thanked" },
      { id: "code", type: "code", percent: 20, validDays: 10 },
      send("win-back"),
    ],
  });
  const order = await anOrderToTell(shop);
  shopify.loseAnswerOf("CreateOfferDiscount");
  await places(shop, order);
  await expect(sweepAndHear(NOW, shopify.ports)).rejects.toThrow("The answer got lost.");
  const intents = await inShop(shop.id, (tx) => tx.journeyIntent.findMany({ where: { state: "unknown" } }));
  expect(intents).toHaveLength(1);
  // Tried again by the sweep that looks after what got stuck.
  await sweepAndHear(after(HOUR), shopify.ports);
  await sweepAndHear(after(HOUR + MINUTE), shopify.ports);
  const states = await inShop(shop.id, (tx) =>
    tx.journeyIntent.findMany({ select: { kind: true, state: true } }),
  );
  expect(states.map(({ kind, state }) => `${kind} ${state}`).sort()).toEqual([
    "code done",
    "metafield done",
    "tag done",
  ]);
  expect(shopify.codes.size).toBe(1);
  expect(shopify.asked.filter(({ name }) => name === "TagCustomer")).toEqual([
    { name: "TagCustomer", variables: { id: order.customerGid, tags: ["vip"] } },
  ]);
  expect(await ways(shop)).toMatchObject([{ passed: ["tag", "field", "code"] }]);
});

test("points, webhooks and phone tasks happen once, or say why not", async () => {
  const shop = await aQuietShop();
  await aProgram(shop);
  const id = await aJourney(shop, {
    steps: [
      { id: "points", type: "points", points: 50, reason: "Thank you" },
      { id: "call", type: "webhook", url: "https://hooks.shop.example/in" },
      { id: "phone", type: "phone-task", note: "Ask how it was." },
    ],
  });
  await aChannel(shop, "webhook");
  const member = await anOrderToTell(shop, { phone: "+4915112345678" });
  await inShop(shop.id, (tx) =>
    tx.loyaltyMember.create({
      data: {
        ...{
          shopId: shop.id,
          id: newId(NOW),
          personKey: member.customerGid!,
          customerGid: member.customerGid,
        },
        ...{ joinedVia: "thank-you", consentText: "Yes", joinedAt: NOW },
      },
    }),
  );
  for (const order of [member, await anOrderToTell(shop)]) {
    for (let time = 0; time < 2; time++) await places(shop, order);
  }
  const rows = await inShop(shop.id, async (tx) => ({
    points: await tx.ledgerEntry.findMany({ where: { kind: "goodwill" } }),
    calls: await tx.message.findMany({ where: { channel: "webhook" } }),
    tasks: await tx.phoneTask.findMany(),
  }));
  expect(rows.points).toMatchObject([{ points: 50, state: "approved" }]);
  expect(rows.calls).toHaveLength(2);
  expect(rows.calls[0]).toMatchObject({ recipient: "https://hooks.shop.example/in" });
  expect(rows.tasks).toMatchObject([{ note: "Ask how it was.", orderGid: member.gid }]);
  const { steps } = await inShop(shop.id, (tx) => figuresOf(tx, shop.id, id));
  expect(steps.points).toMatchObject({ done: 1, refused: 1 });
  expect(steps.phone).toMatchObject({ done: 1, refused: 1 });
});

test("a survey is asked by a link of its own, and only while it is live", async () => {
  const shop = await aQuietShop();
  const survey = await inShop(shop.id, (tx) => createFromStarter(tx, shop.id, "nps", NOW));
  await aJourney(shop, { steps: [{ id: "ask", type: "survey", surveyId: survey.id }] });
  await places(shop, await anOrderToTell(shop));
  expect(await messagesOf(shop)).toEqual([]); // still a draft
  await inShop(shop.id, (tx) => tx.survey.updateMany({ data: { status: "live" } }));
  const asked = await anOrderToTell(shop);
  await places(shop, asked);
  const [message] = await inShop(shop.id, (tx) => tx.message.findMany());
  expect(message).toMatchObject({ templateKey: "survey-invitation", orderGid: asked.gid });
  expect((message!.variables as { surveyUrl: string }).surveyUrl).toMatch(/^http:\/\/localhost:4710\/s\//);
});

test("a step that fails is tried again later, keeps nobody else back, and is given up in the end", async () => {
  const shop = await aQuietShop();
  const broken = await aJourney(shop, { steps: [wait(60), send("shipped", "broken-mail")] });
  await aJourney(shop, { steps: [wait(60), send("delivered", "fine-mail")] });
  // As if a later release had left a kind of step that this process does not know.
  await inShop(
    shop.id,
    (tx) => tx.$executeRaw`
      UPDATE "JourneyVersion" SET definition = jsonb_set(definition, '{steps,1,type}', '"dance"')
      WHERE "journeyId" = ${broken}::uuid`,
  );
  await places(shop, await anOrderToTell(shop));
  const state = async () => (await ways(shop)).find(({ journeyId }) => journeyId === broken)!;
  await sweepJourneys(after(HOUR));
  expect(await messagesOf(shop)).toEqual(["delivered queued"]);
  expect(await state()).toMatchObject({ state: "waiting", attempts: 1, dueAt: after(HOUR + MINUTE) });
  for (let hours = 2; hours < 40; hours += 3) await sweepJourneys(after(hours * HOUR));
  expect(await state()).toMatchObject({ state: "failed", dueAt: null });
  const figures = await inShop(shop.id, (tx) => figuresOf(tx, shop.id, broken));
  expect(figures).toMatchObject({ entered: 1, onTheWay: 0, left: 1, steps: { wait: { waiting: 0 } } });
});

test("a shop's own journeys stand after the ready ones, and another shop sees neither", async () => {
  const shop = await aQuietShop();
  const id = await aJourney(shop, { steps: [send()] });
  const listed = await inShop(shop.id, (tx) => journeysOf(tx, shop.id, NOW));
  expect(listed.at(-1)).toMatchObject({ id, key: null, name: "Test" });
  expect(listed[0]).toMatchObject({ key: "thank-you", edited: false });
  const theirs = await inShop(other.id, (tx) => journeysOf(tx, other.id, NOW));
  expect(theirs.some((journey) => journey.id === id)).toBe(false);
  const unknown = { id, name: "Mine", definition: { version: 1 }, author: "", now: NOW };
  expect((await inShop(other.id, (tx) => saveJourney(tx, other.id, unknown))).status).toBe("invalid");
});
