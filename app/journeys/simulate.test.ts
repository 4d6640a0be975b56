import { afterAll, beforeAll, expect, test } from "vitest";
import { inShop } from "#app/db/in-shop.server";
import type { Shop } from "#app/generated/prisma/client";
import { startQueue, stopQueue } from "#app/queue/queue.server";
import { anOrderToTell } from "../../tests/factories/messages";
import { aShop } from "../../tests/factories/shop";
import { when } from "./ready/ready-parts";
import type { JourneyDefinition } from "./definition";
import { simulate } from "./simulate.server";

beforeAll(() => startQueue("web"));
afterAll(() => stopQueue());

const NOW = new Date("2026-11-20T12:00:00Z"); // a Friday
const CONFIG = { appUrl: "https://app.example", secret: "s".repeat(64), now: NOW };

const JOURNEY: JourneyDefinition = {
  version: 1,
  trigger: { fact: "order.placed", filters: [] },
  steps: [
    { id: "wait", type: "wait", mode: "local-time", time: "09:00", businessDaysOnly: true },
    {
      id: "size",
      type: "branch",
      paths: [
        {
          id: "big",
          name: "Big",
          when: [when("order.total", "at-least", 1000)],
          steps: [{ id: "thanks", type: "send", template: "thank-you", channels: ["sms", "email"] }],
        },
      ],
      otherwise: [{ id: "tag", type: "tag", tag: "small" }],
    },
    { id: "call", type: "phone-task", note: "Say thank you" },
  ],
  exits: [{ id: "gone", type: "condition", when: [when("order.cancelled", "is", true)] }],
  reentry: { rule: "per-order", afterDays: null },
  goal: null,
  holdoutPercent: 0,
};

const JOURNEY_ID = "019abcde-0000-7000-8000-000000000001";

function foretell(shop: Shop, orderGid: string, change: Partial<JourneyDefinition> = {}) {
  const journey = { journeyId: JOURNEY_ID, definition: { ...JOURNEY, ...change } };
  return inShop(shop.id, (tx) => simulate(tx, shop.id, journey, { orderGid }, CONFIG));
}

test("tells what would come and when, what not and why, and leaves nothing behind", async () => {
  const [shop, other] = [await aShop(), await aShop()];
  const order = await anOrderToTell(shop, { phone: null });
  const simulation = (await foretell(shop, order.gid))!;
  const monday = new Date("2026-11-23T08:00:00Z"); // nine o'clock in Berlin
  expect(simulation.kept).toBeNull();
  expect(simulation).toMatchObject({ left: null, endsAt: new Date("2026-11-23T08:00:00Z") });
  expect(simulation.steps).toMatchObject([
    { step: { id: "wait" }, at: NOW, outcome: "passed" },
    { step: { id: "size" }, at: monday, path: "Big" },
    { step: { id: "thanks" }, at: monday, outcome: "done", to: { channel: "email", address: order.email } },
    { step: { id: "call" }, outcome: "refused", reason: "no-address" },
  ]);
  const left = await inShop(shop.id, async (tx) => ({
    messages: await tx.message.count(),
    enrolments: await tx.enrolment.count({ where: { journeyId: JOURNEY_ID } }),
    counts: await tx.journeyCount.count({ where: { journeyId: JOURNEY_ID } }),
  }));
  expect(left).toEqual({ messages: 0, enrolments: 0, counts: 0 });
  expect(await foretell(other, order.gid)).toBeNull();
});

test("says why somebody would not enter or would leave, and what they would have got", async () => {
  const shop = await aShop();
  const order = await anOrderToTell(shop);
  const filtered = await foretell(shop, order.gid, {
    trigger: { fact: "order.placed", filters: [when("order.total", "at-least", 10_000_000)] },
  });
  expect(filtered).toMatchObject({ kept: "filters" });
  expect(filtered!.steps.length).toBeGreaterThan(2);
  expect(
    await foretell(shop, order.gid, { trigger: { fact: "survey.answered", filters: [] } }),
  ).toMatchObject({ kept: "no-such-moment" });
  const [held, free] = [100, 0].map((holdoutPercent) => foretell(shop, order.gid, { holdoutPercent }));
  expect([(await held)!.kept, (await free)!.kept]).toEqual(["held-out", null]);

  const cancelled = await anOrderToTell(shop, { cancelledAt: NOW });
  expect(await foretell(shop, cancelled.gid)).toMatchObject({ left: { exit: { id: "gone" } } });
});

test("a code is there when the message that tells it is sent", async () => {
  const shop = await aShop();
  const order = await anOrderToTell(shop);
  const simulation = await foretell(shop, order.gid, {
    steps: [
      { id: "code", type: "code", percent: 10, validDays: 14 },
      { id: "mail", type: "send", template: "thank-you", channels: ["email"] },
    ],
  });
  expect(simulation).toMatchObject({
    left: null,
    steps: [
      { step: { id: "code" }, outcome: "done", at: NOW },
      { step: { id: "mail" }, outcome: "done", at: NOW },
    ],
  });
});
