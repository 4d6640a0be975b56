import { expect, test } from "vitest";
import { inShop } from "#app/db/in-shop.server";
import type { Shop } from "#app/generated/prisma/client";
import { claimKeys } from "#app/orders/order-claim";
import { submitResponse } from "#app/surveys/surveys.server";
import { surveysJobs } from "#app/worker/surveys-jobs.server";
import { loyaltyJobs, loyaltySweeps } from "#app/worker/loyalty-jobs.server";
import type {
  DecideRequest,
  DecideResponse,
  JoinLoyaltyResponse,
  Moment,
  OrderStatusResponse,
} from "../../extensions/shared/contract";
import { callAsExtension, servedHotPaths } from "../../tests/factories/http";
import { drainOnly } from "../../tests/factories/jobs";
import { aProgram, entriesOf, membersOf, onlyBalance } from "../../tests/factories/loyalty";
import { anOrder } from "../../tests/factories/orders";
import { testPorts } from "../../tests/factories/ports";
import { aShop } from "../../tests/factories/shop";
import { aLiveSurvey } from "../../tests/factories/surveys";
import { loyaltyCandidates } from "./loyalty-candidates.server";
import { saveProgram } from "./loyalty.server";

const web = servedHotPaths();

const CUSTOMER = "gid://shopify/Customer/7";
const CONSENT = "I want to join Rewards.";

type Joining = { checkoutToken?: string; customerGid?: string; surface?: "thank-you" | "order-status" };

async function join(shop: Shop, order: string, joining: Joining = {}): Promise<JoinLoyaltyResponse> {
  const { checkoutToken = `checkout-${order}`, customerGid, surface = "thank-you" } = joining;
  const moment = { surface, orderId: `gid://shopify/OrderIdentity/${order}`, checkoutToken, locale: "en" };
  const body = { moment, consentText: CONSENT };
  const response = await callAsExtension<JoinLoyaltyResponse>(web.url, shop, "/api/loyalty/join", body, {
    customerGid,
  });
  expect(response.status).toBe(200);
  return response.body;
}

async function statusOf(
  shop: Shop,
  order: string,
  checkoutToken = `checkout-${order}`,
): Promise<OrderStatusResponse> {
  const body = { orderId: `gid://shopify/Order/${order}`, checkoutToken, locale: "en" };
  return (await callAsExtension<OrderStatusResponse>(web.url, shop, "/api/order-status", body)).body;
}

function orderNumber(number: string) {
  return {
    gid: `gid://shopify/Order/${number}`,
    checkoutToken: `checkout-${number}`,
    confirmationNumber: `CONF${number}`,
  };
}

const work = () => drainOnly(loyaltyJobs(testPorts()));

async function sweepAt(now: string): Promise<void> {
  const ports = testPorts({ now: () => new Date(now) });
  for (const sweep of loyaltySweeps) await sweep.run(ports);
}

test("joining before the order arrives: bonus at once, the order's points wait for the return window", async () => {
  const shop = await aShop();
  await aProgram(shop);
  expect(await join(shop, "1001")).toMatchObject({ status: "joined", points: 100 });
  await anOrder(shop, orderNumber("1001"));
  await work();
  expect(await membersOf(shop)).toMatchObject([
    { customerGid: CUSTOMER, personKey: CUSTOMER, consentText: CONSENT, joinedVia: "thank-you" },
  ]);
  expect(await onlyBalance(shop)).toEqual({ points: 100, pendingPoints: 40 });

  await sweepAt("2026-12-20T09:59:00Z");
  expect(await onlyBalance(shop)).toEqual({ points: 100, pendingPoints: 40 });
  await sweepAt("2026-12-20T10:00:00Z");
  expect(await onlyBalance(shop)).toEqual({ points: 140, pendingPoints: 0 });
});

test("joining after paying brings the points of that order, told in the answer", async () => {
  const shop = await aShop();
  await aProgram(shop, { pointsPerUnit: 2 });
  await anOrder(shop, orderNumber("1101"));
  await work();
  const joined = await join(shop, "1101", { surface: "order-status" });
  expect(joined).toEqual({ status: "joined", points: 100, pendingPoints: 80 });
  await work();
  const again = await join(shop, "1101", { surface: "order-status" });
  expect(again).toEqual({ status: "already-member", points: 100, pendingPoints: 80 });
});

test("many clicks on join make one member with one bonus; the other shop sees nothing", async () => {
  const [shop, other] = [await aShop(), await aShop()];
  await aProgram(shop);
  await aProgram(other);
  const answers = await Promise.all(Array.from({ length: 8 }, () => join(shop, "1201")));
  expect(answers.filter(({ status }) => status === "joined")).toHaveLength(1);
  expect(await onlyBalance(shop)).toEqual({ points: 100, pendingPoints: 0 });
  expect(await membersOf(other)).toEqual([]);
  expect(await entriesOf(other)).toEqual([]);
});

test("a programme that is off takes nobody in, and an order without proof joins nobody", async () => {
  const shop = await aShop();
  expect(await join(shop, "1301")).toEqual({ status: "closed" });
  await aProgram(shop);
  await anOrder(shop, orderNumber("1301"));
  expect(await join(shop, "1301", { checkoutToken: "guessed" })).toEqual({ status: "closed" });
  expect(await membersOf(shop)).toEqual([]);
});

test("a person who joined twice as a guest is one member with one bonus and all points", async () => {
  const shop = await aShop();
  await aProgram(shop);
  await join(shop, "1401");
  await anOrder(shop, orderNumber("1401"));
  await work();
  await join(shop, "1402");
  expect(await membersOf(shop)).toHaveLength(2);
  await anOrder(shop, orderNumber("1402"));
  await work();
  expect(await onlyBalance(shop)).toEqual({ points: 100, pendingPoints: 80 });
  expect(new Set((await entriesOf(shop)).map((entry) => entry.sourceKey)).size).toBe(5);
});

test("joining ahead of time for somebody else's order brings nothing", async () => {
  const shop = await aShop();
  await aProgram(shop);
  await join(shop, "1501", { checkoutToken: "not-the-buyer" });
  await anOrder(shop, orderNumber("1501"));
  await work();
  expect(await entriesOf(shop)).toMatchObject([{ kind: "join" }]);
  expect(await statusOf(shop, "1501")).toMatchObject({ loyalty: { member: false, points: 0 } });
});

test("test orders, history and unpaid orders bring no points", async () => {
  const shop = await aShop();
  await aProgram(shop);
  await join(shop, "1601", { customerGid: CUSTOMER });
  await anOrder(shop, { ...orderNumber("1601"), test: true });
  await anOrder(shop, { ...orderNumber("1602"), placedAt: new Date("2025-12-01T00:00:00Z") });
  await anOrder(shop, { ...orderNumber("1603"), financialStatus: "pending" });
  await work();
  expect(await onlyBalance(shop)).toEqual({ points: 100, pendingPoints: 0 });
});

test("later rules do not change what earlier orders were given", async () => {
  const shop = await aShop();
  await aProgram(shop);
  await join(shop, "1701", { customerGid: CUSTOMER });
  const order = await anOrder(shop, orderNumber("1701"));
  await work();
  await aProgram(shop, { pointsPerUnit: 10 });
  await anOrder(shop, {
    ...orderNumber("1701"),
    updatedAt: new Date("2026-11-21T00:00:00Z"),
    refunds: [refund(1, 900)],
  });
  await work();
  expect(order.totalMinor).toBe(4500);
  expect(await onlyBalance(shop)).toEqual({ points: 100, pendingPoints: 36 });
});

test("a payment back that failed gives the points back, as often as it happens", async () => {
  const shop = await aShop();
  await aProgram(shop);
  await join(shop, "1751", { customerGid: CUSTOMER });
  await anOrder(shop, orderNumber("1751"));
  await work();
  const told = async (day: number, amountMinor: number) => {
    const updatedAt = new Date(Date.UTC(2026, 10, day));
    await anOrder(shop, { ...orderNumber("1751"), updatedAt, refunds: [refund(1, amountMinor)] });
    await work();
    return (await onlyBalance(shop)).pendingPoints;
  };
  expect([await told(21, 900), await told(22, 0), await told(23, 900), await told(24, 0)]).toEqual([
    36, 40, 36, 40,
  ]);
});

test("what is added to an order brings points once it is paid", async () => {
  const shop = await aShop();
  await aProgram(shop);
  await join(shop, "1761", { customerGid: CUSTOMER });
  await anOrder(shop, orderNumber("1761"));
  await work();
  const told = async (day: number, change: object) => {
    const updatedAt = new Date(Date.UTC(2026, 10, day));
    await anOrder(shop, { ...orderNumber("1761"), updatedAt, ...change });
    await work();
    return (await onlyBalance(shop)).pendingPoints;
  };
  const larger = { subtotalMinor: 6000, totalMinor: 6500 };
  const refunds = [refund(1, 650)];
  expect(await told(21, { ...larger, financialStatus: "partially_paid" })).toBe(40);
  expect(await told(22, { ...larger, financialStatus: "paid" })).toBe(60);
  expect(await told(23, { ...larger, financialStatus: "partially_refunded", refunds })).toBe(58);
  const entries = (await entriesOf(shop)).map(({ kind, points }) => `${kind} ${points}`);
  expect(entries.sort()).toEqual(["join 100", "order 20", "order 40", "refund -2"]);
});

test("a survey that was answered before the order arrived brings its points, whichever is joined first", async () => {
  for (const first of ["surveys", "loyalty"] as const) {
    const shop = await aShop();
    await aProgram(shop, { joinBonus: 0, surveyPoints: 15 });
    const survey = await aLiveSurvey(shop);
    const order = orderNumber(`17${first.length}1`);
    const claim = { orderGid: order.gid, customerGid: null, checkoutToken: order.checkoutToken };
    const by = { ...claim, claim: claimKeys({ ...claim, confirmationNumber: null })[0]! };
    await join(shop, order.gid.split("/").at(-1)!);
    const submission = {
      surveyId: survey.id,
      by,
      channel: "thank-you",
      locale: "en",
      complete: true,
    } as const;
    await inShop(shop.id, (tx) =>
      submitResponse(tx, shop.id, { ...submission, answers: { recommend: 9 } }, new Date()),
    );
    await work();
    expect(await onlyBalance(shop)).toEqual({ points: 0, pendingPoints: 0 });
    await anOrder(shop, { ...order, financialStatus: "pending" });
    await drainOnly({});
    const about = { shopId: shop.id, orderGid: order.gid };
    const joins = [
      () => surveysJobs(testPorts())["surveys.join-order"](about),
      () => loyaltyJobs(testPorts())["loyalty.join-order"](about),
    ];
    for (const joinOrder of first === "surveys" ? joins : joins.reverse()) await joinOrder();
    await work();
    expect(await onlyBalance(shop)).toEqual({ points: 15, pendingPoints: 0 });
  }
});

test("a guest who joined is not invited again once the order has arrived; whoever cannot prove it is theirs learns nothing", async () => {
  const shop = await aShop();
  await aProgram(shop);
  const moment = (checkoutToken: string): Moment => ({
    ...{ surface: "thank-you", orderId: "gid://shopify/OrderIdentity/1851", checkoutToken, locale: "en" },
    ...{ currency: "EUR", lines: [] },
  });
  const invited = async (token = "checkout-1851") => {
    const request: DecideRequest = { block: "loyalty", moment: moment(token) };
    const { body } = await callAsExtension<DecideResponse>(web.url, shop, "/api/decide", request);
    return body.placements.map((placement) => (placement as { accepted?: boolean }).accepted ?? false);
  };
  await join(shop, "1851");
  await anOrder(shop, orderNumber("1851"));
  await work();
  expect(await invited("guessed")).toEqual([false]);
  expect(await invited()).toEqual([]);
});

test("the order status page shows points to its buyer only", async () => {
  const shop = await aShop();
  await aProgram(shop);
  await anOrder(shop, orderNumber("1801"));
  await join(shop, "1801", { surface: "order-status" });
  expect(await statusOf(shop, "1801")).toEqual({
    status: "ok",
    orderState: "processing",
    parcels: [],
    loyalty: { programName: "Rewards", member: true, points: 100, pendingPoints: 40 },
    said: null,
    helpUrl: expect.stringMatching(`^https://${shop.domain}/apps/postlude/help\\?t=`),
  });
  expect(await statusOf(shop, "1801", "guessed")).toEqual({ status: "unknown-order" });
  expect(await statusOf(await aShop(), "1801")).toEqual({ status: "unknown-order" });
});

test("the invitation counts this order's points and says what one agrees to; members get none", async () => {
  const shop = await aShop({ name: "Teahouse" });
  const moment = {
    orderId: "gid://shopify/Order/1901",
    checkoutToken: "checkout-1901",
    locale: "de",
    currency: "EUR",
    lines: [{ amountMinor: 4050 }, { amountMinor: 960 }],
  };
  const invited = () =>
    inShop(shop.id, (tx) => loyaltyCandidates(tx, shop.id, moment, { customerGid: null }));
  expect(await invited()).toEqual([]);
  const program = await aProgram(shop, { name: "Teeblätter" });
  expect(await invited()).toMatchObject([
    { kind: "loyalty-join", payload: { programName: "Teeblätter", joinBonus: 100, orderPoints: 50 } },
  ]);
  // Points count the shop's money; what a purchase in another brings is not known yet.
  Object.assign(moment, { currency: "JPY" });
  expect(await invited()).toMatchObject([{ payload: { joinBonus: 100, orderPoints: 0 } }]);
  Object.assign(moment, { currency: "EUR" });
  const [invitation] = await invited();
  expect((invitation!.payload as { consentText: string }).consentText).toContain("Teahouse darf dafür");
  await join(shop, "1901");
  expect(await invited()).toEqual([]);
  const off = { ...program, enabled: false };
  await inShop(shop.id, (tx) => saveProgram(tx, shop.id, off, new Date("2026-11-22T00:00:00Z")));
  expect(await invited()).toEqual([]);
});

function refund(number: number, amountMinor: number) {
  const refundedAt = new Date("2026-11-21T00:00:00Z");
  return { gid: `gid://shopify/Refund/${number}`, amountMinor, currency: "EUR", refundedAt, lines: [] };
}
