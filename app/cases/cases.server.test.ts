/** Cases through their doors: opened once, answered, solved; and what rests meanwhile. */
import { expect, test } from "vitest";
import { activeHolds } from "#app/contact-policy/contact-policy.server";
import { inShop } from "#app/db/in-shop.server";
import type { Shop } from "#app/generated/prisma/client";
import { queueMessage } from "#app/messages/messages.server";
import { submitResponse } from "#app/surveys/surveys.server";
import { casesJobs } from "#app/worker/cases-jobs.server";
import { aProduct, boughtTogether } from "../../tests/factories/catalogue";
import { servedHotPaths } from "../../tests/factories/http";
import { agreesToMarketing, anException } from "../../tests/factories/journeys";
import { aLiveOffer, aMoment, askForOffers } from "../../tests/factories/offers";
import { anOrder } from "../../tests/factories/orders";
import { testPorts } from "../../tests/factories/ports";
import { aShop } from "../../tests/factories/shop";
import { aLiveSurvey } from "../../tests/factories/surveys";
import { DEFAULT_CASE_RULES } from "./case-rules";
import {
  caseById,
  giveCase,
  listCases,
  noteOnCase,
  openCase,
  reopenCase,
  saveCaseRules,
  solveCase,
  type NewCase,
} from "./cases.server";
import { replyToCase } from "./reply.server";

const web = servedHotPaths();

/** A Friday, 16:00 in Berlin: the shop closes in an hour. */
const NOW = new Date("2026-11-20T15:00:00Z");
const STAFF = "901";
const ADA = "gid://shopify/Customer/7";
const at = (hours: number) => new Date(NOW.getTime() + hours * 60 * 60 * 1000);
const config = { secret: testPorts().secret, now: at(0.5) };

let count = 0;
const told = (text = "It came broken") =>
  ({ kind: "told", text, staffId: STAFF, sourceKey: `test:${++count}` }) as const;

function open(shop: Shop, orderGid: string, input: Partial<NewCase> = {}, now = NOW) {
  const person = { orderGid, customerGid: ADA };
  const asked: NewCase = { type: "damaged", source: "staff", person, entry: told(), ...input };
  return inShop(shop.id, (tx) => openCase(tx, shop.id, asked, now));
}

const view = (shop: Shop, id: string) => inShop(shop.id, (tx) => caseById(tx, shop.id, id));
const listed = async (shop: Shop, state: "open" | "waiting" | "solved") =>
  (await inShop(shop.id, (tx) => listCases(tx, shop.id, { state, page: 0 }))).cases;
const holds = async (shop: Shop, now: Date) =>
  (await inShop(shop.id, (tx) => activeHolds(tx, shop.id, ADA, now))).map(({ reason }) => reason);

test("one case per order and type: what comes in addition joins it, and what comes twice changes nothing", async () => {
  const [shop, other] = [await aShop(), await aShop()];
  const order = await anOrder(shop);
  const entry = told();
  const first = await open(shop, order.gid, { entry });
  expect(first.status).toBe("opened");
  expect(await open(shop, order.gid, { entry })).toEqual({ ...first, status: "known" });
  expect(await open(shop, order.gid)).toEqual({ ...first, status: "added" });
  expect((await open(shop, order.gid, { type: "late" })).status).toBe("opened");

  const found = await view(shop, first.caseId);
  expect(found).toMatchObject({ customer: "Ada Lovelace", orderName: order.name, state: "open" });
  expect(found!.entries.map(({ kind }) => kind)).toEqual(["told", "told"]);
  // An hour is left of Friday, seven are counted on Monday.
  expect(found!.answerDueAt).toEqual(new Date("2026-11-23T15:00:00Z"));
  expect(await listed(shop, "open")).toHaveLength(2);
  expect(await listed(other, "open")).toEqual([]);
  expect(await view(other, first.caseId)).toBeNull();
});

test("two who open it at once open one", async () => {
  const shop = await aShop();
  const order = await anOrder(shop);
  const both = await Promise.all([open(shop, order.gid), open(shop, order.gid)]);
  expect(both.map(({ status }) => status).sort()).toEqual(["added", "opened"]);
  expect(await listed(shop, "open")).toHaveLength(1);
});

test("a reply goes out once, and then it is the shopper's turn; solved and opened again, marketing follows", async () => {
  const [shop, other] = [await aShop(), await aShop()];
  const order = await anOrder(shop);
  const { caseId } = await open(shop, order.gid);
  const replyId = crypto.randomUUID();
  const reply = { caseId, replyId, text: "We send\na new one.", staffId: STAFF, solves: false };
  const send = (where: Shop) => inShop(where.id, (tx) => replyToCase(tx, where.id, reply, config));
  expect(await send(other)).toEqual({ status: "gone" });
  expect([await send(shop), await send(shop)]).toEqual([{ status: "sent" }, { status: "sent-before" }]);
  const messages = await inShop(shop.id, (tx) =>
    tx.message.findMany({ where: { templateKey: "case-reply" } }),
  );
  expect(messages).toMatchObject([
    { state: "queued", recipient: "customer-7@example.com", purpose: "transactional" },
  ]);
  expect(await view(shop, caseId)).toMatchObject({
    state: "waiting",
    answerDueAt: null,
    firstAnsweredAt: at(0.5),
  });

  await inShop(shop.id, (tx) =>
    noteOnCase(tx, shop.id, caseId, { text: "Asked the depot", staffId: STAFF }, at(1)),
  );
  await inShop(shop.id, (tx) => giveCase(tx, shop.id, caseId, "Grace"));
  const solve = (where: Shop) => inShop(where.id, (tx) => solveCase(tx, where.id, caseId, STAFF, at(2)));
  expect([await solve(other), await solve(shop), await solve(shop)]).toEqual([false, true, false]);
  expect(await holds(shop, at(3))).toEqual([]);
  const reopen = (where: Shop) => inShop(where.id, (tx) => reopenCase(tx, where.id, caseId, STAFF, at(4)));
  expect([await reopen(other), await reopen(shop), await reopen(shop)]).toEqual([
    { status: "not-solved" },
    { status: "reopened" },
    { status: "not-solved" },
  ]);
  expect(await holds(shop, at(5))).toEqual(["open-case"]);
  const found = (await view(shop, caseId))!;
  expect(found).toMatchObject({ owner: "Grace", state: "open", solvedAt: null });
  expect(found.entries.map(({ kind }) => kind)).toEqual(["told", "reply", "note", "solved", "reopened"]);
});

test("a solved case whose place was taken stays solved", async () => {
  const shop = await aShop();
  const order = await anOrder(shop);
  const first = await open(shop, order.gid);
  await inShop(shop.id, (tx) => solveCase(tx, shop.id, first.caseId, STAFF, at(1)));
  const second = await open(shop, order.gid, {}, at(2));
  expect(second.status).toBe("opened");
  const again = await inShop(shop.id, (tx) => reopenCase(tx, shop.id, first.caseId, STAFF, at(3)));
  expect(again).toEqual({ status: "another", caseId: second.caseId });
});

test("while a case is open nothing is offered and no marketing mail leaves; once it is solved, both may", async () => {
  const [shop, other] = [await aShop({}, { holdoutPercent: 0 }), await aShop({}, { holdoutPercent: 0 })];
  const order = await anOrder(shop);
  await agreesToMarketing(shop, order);
  const { caseId } = await open(shop, order.gid, {}, new Date());
  const chairs = new Map<Shop, Awaited<ReturnType<typeof aProduct>>>();
  for (const one of [shop, other]) {
    const chair = await aProduct(one, { title: "Oak chair", category: "Chairs", priceMinor: 12_900 });
    await boughtTogether(one, chair, await aProduct(one, { title: "Wool cushion", priceMinor: 3_995 }));
    await aLiveOffer(one);
    chairs.set(one, chair);
  }
  const offers = async (one: Shop) =>
    (await askForOffers(web.url, one, aMoment([chairs.get(one)!]), ADA)).placements.length;
  const mail = async () => {
    const message = { templateKey: "review", customerGid: ADA, orderGid: order.gid, locale: "en" } as const;
    const dedupeKey = `test:${++count}`;
    return inShop(shop.id, (tx) =>
      queueMessage(tx, shop.id, { dedupeKey, ...message }, { ...config, now: new Date() }),
    );
  };
  expect([await offers(shop), await offers(other)]).toEqual([0, 1]);
  expect(await mail()).toMatchObject({ status: "suppressed", reason: "hold" });
  await inShop(shop.id, (tx) => solveCase(tx, shop.id, caseId, STAFF, new Date()));
  expect(await offers(shop)).toBe(1);
  expect(await mail()).toMatchObject({ status: "queued" });
});

test("what went wrong with a delivery opens a case where the rules ask for it; once", async () => {
  const [shop, other] = [await aShop(), await aShop()];
  const order = await anOrder(shop);
  const hear = async (exceptionId: string, now = NOW) => {
    const handlers = casesJobs(testPorts({ now: () => now }));
    for (const one of [shop, shop, other])
      await handlers["cases.hear-exception"]({ shopId: one.id, exceptionId });
  };
  const opened = { orderGid: order.gid };
  await hear(await anException(shop, "stalled", opened, NOW));
  expect(await listed(shop, "open")).toEqual([]);
  const lost = await anException(shop, "lost", opened, NOW);
  await hear(lost);
  expect(await listed(shop, "open")).toMatchObject([{ type: "not-arrived", source: "delivery" }]);
  await inShop(shop.id, (tx) =>
    tx.deliveryException.update({
      where: { shopId_id: { shopId: shop.id, id: lost } },
      data: { closedAt: at(1) },
    }),
  );
  await hear(lost, at(1));
  const [found] = await listed(shop, "open");
  expect((await view(shop, found!.id))!.entries.map(({ text }) => text)).toEqual(["lost", "over:lost"]);

  const rules = { ...DEFAULT_CASE_RULES, exceptions: [] };
  await inShop(shop.id, (tx) => saveCaseRules(tx, shop.id, rules, NOW));
  await hear(await anException(shop, "damaged", opened, NOW));
  expect(await listed(shop, "open")).toHaveLength(1);
  expect(await listed(other, "open")).toEqual([]);
});

test.each([
  [6, ["unhappy"]],
  [7, []],
])("an NPS answer of %i opens: %j", async (score, types) => {
  const shop = await aShop();
  const order = await anOrder(shop);
  const survey = await aLiveSurvey(shop);
  const by = { orderGid: order.gid, customerGid: ADA, claim: null };
  const [nps, why] = survey.questions;
  const answers = { [nps!.id]: score, [why!.id]: "Slow" };
  const input = { surveyId: survey.id, by, channel: "email", locale: "en", answers, complete: true } as const;
  const result = await inShop(shop.id, (tx) => submitResponse(tx, shop.id, input, NOW));
  if (result.status !== "recorded") throw new Error(result.status);
  const { "cases.hear-answer": hear } = casesJobs(testPorts({ now: () => NOW }));
  for (let time = 0; time < 2; time++) await hear({ shopId: shop.id, responseId: result.responseId });
  const found = await listed(shop, "open");
  expect(found.map(({ type }) => type)).toEqual(types);
  for (const { id } of found)
    expect((await view(shop, id))!.entries.map(({ text }) => text)).toEqual([`score:${score}\nSlow`]);
});
