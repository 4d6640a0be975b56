import { expect, test } from "vitest";
import { inShop } from "#app/db/in-shop.server";
import { env } from "#app/env.server";
import type { Shop } from "#app/generated/prisma/client";
import { servedHotPaths } from "../../tests/factories/http";
import {
  aLiveCampaign,
  anAdvertiser,
  campaignOf,
  clickOn,
  clicksOf,
  ledgerOf,
  report,
  seeSponsored,
  type TestAdvertiser,
} from "../../tests/factories/sponsored";
import { aShop } from "../../tests/factories/shop";
import { makeSecret } from "./advertisers.server";
import { statementOf } from "./statement.server";
import { signPostback } from "./postback-signature";

const web = servedHotPaths();

type Stage = { shop: Shop; advertiser: TestAdvertiser; campaignId: string; clickId: string; price: number };

/** A shopper clicked on a campaign that pays 20.00 per sale. */
async function aClick(columns: Parameters<typeof aLiveCampaign>[2] = {}): Promise<Stage> {
  const shop = await aShop({}, { holdoutPercent: 0 });
  const advertiser = await anAdvertiser(shop);
  const terms = { model: "cpa" as const, bidMinor: 2_000, budgetMinor: 100_000, ...columns };
  const campaignId = await aLiveCampaign(shop, advertiser, terms);
  const { clickId } = await clickOn(web.url, (await seeSponsored(web.url, shop))!.clickUrl);
  return { shop, advertiser, campaignId, clickId: clickId!, price: (await clicksOf(shop))[0]!.priceMinor };
}

const sale = (clickId: string, conversionId = "order-1") => ({ kind: "conversion", conversionId, clickId });

test("a click on a campaign per sale costs nothing; the sale is charged once, however often it is told", async () => {
  const { shop, advertiser, campaignId, clickId, price } = await aClick();
  expect(await ledgerOf(shop)).toEqual([]);
  const told = await Promise.all([1, 2, 3].map(() => report(web.url, shop, advertiser, sale(clickId))));
  expect(told.map(({ body }) => body.status).sort()).toEqual([
    "already-recorded",
    "already-recorded",
    "charged",
  ]);
  expect(told.every(({ body }) => body.chargedMinor === price)).toBe(true);
  const earned = Math.floor(price * 0.85);
  expect(await ledgerOf(shop)).toEqual([
    ["charge", price],
    ["share", earned - price],
  ]);
  expect((await campaignOf(shop, campaignId)).spentMinor).toBe(price);
  const placement = await inShop(shop.id, (tx) => tx.placement.findFirstOrThrow());
  expect(placement).toMatchObject({ revenueMinor: earned, refundedMinor: 0 });
  expect(placement.acceptedAt && placement.convertedAt).toBeTruthy();
});

test("a second sale of the same click costs nothing", async () => {
  const { shop, advertiser, clickId } = await aClick();
  await report(web.url, shop, advertiser, sale(clickId));
  const second = await report(web.url, shop, advertiser, sale(clickId, "order-2"));
  expect(second.body).toEqual({ status: "not-charged", reason: "already-converted" });
});

test("bad, old and other signatures, and changed bodies, change nothing and tell nothing", async () => {
  const { shop, advertiser, clickId } = await aClick();
  const other = await aShop();
  const stranger = await anAdvertiser(other);
  const text = JSON.stringify(sale(clickId));
  const longAgo = new Date(Date.now() - 10 * 60_000);
  const tries = [
    await report(web.url, shop, advertiser, text, { secret: stranger.secret }),
    await report(web.url, shop, advertiser, text, { signature: "t=1,v1=00" }),
    await report(web.url, shop, advertiser, text, { signature: "" }),
    await report(web.url, shop, advertiser, text, { at: longAgo }),
    // Signed for an amount, sent with another.
    await report(web.url, shop, advertiser, text.replace("}", ',"valueMinor":1}'), {
      signature: signPostback(advertiser.secret, text, new Date()),
    }),
    // Another shop's address, and one that nobody has.
    await report(web.url, other, advertiser, text),
    await report(web.url, shop, { ...advertiser, id: "01890000-0000-7000-8000-000000000000" }, text),
    // As long as an account's name, of the same letters, and none.
    await report(web.url, shop, { ...advertiser, id: `01890000-${"-".repeat(27)}` }, text),
    await report(web.url, shop, { ...advertiser, id: "01890000-00007000-8000-0000-00000000" }, text),
  ];
  for (const answer of tries) expect(answer).toEqual({ status: 401, body: { status: "unauthorized" } });
  expect(await ledgerOf(shop)).toEqual([]);
  expect(await inShop(shop.id, (tx) => tx.sponsoredConversion.count())).toBe(0);
});

test.each([
  ["no JSON", "nonsense"],
  ["a kind that is none", { kind: "gift", conversionId: "a" }],
  ["no id", { kind: "conversion", clickId: "01890000-0000-7000-8000-000000000000" }],
  ["an empty id", { kind: "conversion", conversionId: " " }],
  ["a click id that is none", { kind: "conversion", conversionId: "a", clickId: "7" }],
  ["a negative value", { kind: "conversion", conversionId: "a", valueMinor: -1 }],
  ["a value that is no number", '{"kind":"conversion","conversionId":"a","valueMinor":NaN}'],
  ["half a cent", { kind: "conversion", conversionId: "a", valueMinor: 0.5 }],
])("%s is refused with what is wrong", async (_name, body) => {
  const shop = await aShop();
  const answer = await report(web.url, shop, await anAdvertiser(shop), body);
  expect(answer).toMatchObject({ status: 400, body: { status: "malformed", problems: expect.any(Array) } });
});

test("too large a body and other methods are refused", async () => {
  const shop = await aShop();
  const advertiser = await anAdvertiser(shop);
  const large = await report(web.url, shop, advertiser, {
    kind: "conversion",
    conversionId: "x".repeat(20_000),
  });
  expect(large.status).toBe(413);
  expect((await fetch(`${web.url}/postback/${shop.id}.${advertiser.id}`)).status).toBe(405);
});

test("unknown, foreign and late clicks and clicks that pay by themselves cost nothing", async () => {
  const { shop, advertiser, clickId } = await aClick();
  const rival = await anAdvertiser(shop, { name: "Rival", domain: "rival.example" });
  const unknown = await report(web.url, shop, advertiser, sale("01890000-0000-7000-8000-000000000000", "a"));
  expect(unknown.body).toEqual({ status: "not-charged", reason: "unknown-click" });
  const without = await report(web.url, shop, advertiser, { kind: "conversion", conversionId: "b" });
  expect(without.body).toEqual({ status: "not-charged", reason: "unknown-click" });
  const foreign = await report(web.url, shop, rival, sale(clickId, "c"));
  expect(foreign.body).toEqual({ status: "not-charged", reason: "foreign-click" });
  // A click of another shop does not exist here.
  const elsewhere = await aClick();
  const crossed = await report(web.url, shop, advertiser, sale(elsewhere.clickId, "d"));
  expect(crossed.body).toEqual({ status: "not-charged", reason: "unknown-click" });
  await inShop(shop.id, (tx) =>
    tx.sponsoredClick.updateMany({ data: { happenedAt: new Date(Date.now() - 31 * 86_400_000) } }),
  );
  const late = await report(web.url, shop, advertiser, sale(clickId, "e"));
  expect(late.body).toEqual({ status: "not-charged", reason: "late" });
  const perClick = await aClick({ model: "cpc" });
  const paid = await report(web.url, perClick.shop, perClick.advertiser, sale(perClick.clickId, "f"));
  expect(paid.body).toEqual({ status: "not-charged", reason: "not-per-sale" });
  expect(await ledgerOf(shop)).toEqual([]);
});

test("a click is paid for once, as its campaign paid when it came", async () => {
  const pays = (shop: Stage["shop"], id: string, model: "cpa" | "cpc") =>
    inShop(shop.id, (tx) =>
      tx.sponsoredCampaign.update({ where: { shopId_id: { shopId: shop.id, id } }, data: { model } }),
    );
  const perClick = await aClick({ model: "cpc" });
  await pays(perClick.shop, perClick.campaignId, "cpa");
  const told = await report(web.url, perClick.shop, perClick.advertiser, sale(perClick.clickId));
  expect(told.body).toEqual({ status: "not-charged", reason: "not-per-sale" });
  const perSale = await aClick();
  await pays(perSale.shop, perSale.campaignId, "cpc");
  const sold = await report(web.url, perSale.shop, perSale.advertiser, sale(perSale.clickId));
  expect(sold.body).toMatchObject({ status: "charged", chargedMinor: perSale.price });
});

test("a machine's click brings no sale", async () => {
  const shop = await aShop({}, { holdoutPercent: 0 });
  const advertiser = await anAdvertiser(shop);
  await aLiveCampaign(shop, advertiser, { model: "cpa", bidMinor: 2_000, budgetMinor: 100_000 });
  const seen = (await seeSponsored(web.url, shop))!;
  await clickOn(web.url, seen.clickUrl, { headers: { "user-agent": "curl/8" } });
  const [marked] = await clicksOf(shop);
  const told = await report(web.url, shop, advertiser, sale(marked!.id));
  expect(told.body).toEqual({ status: "not-charged", reason: "unknown-click" });
});

test("a refunded sale gives back the charge, the share and the budget, once", async () => {
  const { shop, advertiser, campaignId, clickId, price } = await aClick();
  const early = await report(web.url, shop, advertiser, { kind: "reversal", conversionId: "order-1" });
  expect(early.body).toEqual({ status: "unknown-conversion" });
  await report(web.url, shop, advertiser, sale(clickId));
  const refund = () => report(web.url, shop, advertiser, { kind: "reversal", conversionId: "order-1" });
  const [first, second] = await Promise.all([refund(), refund()]);
  expect([first.body.reversedMinor, second.body.reversedMinor].sort()).toEqual([0, price].sort());
  const ledger = await ledgerOf(shop);
  expect(ledger.reduce((sum, [, amount]) => sum + amount, 0)).toBe(0);
  expect(ledger.map(([kind]) => kind).sort()).toEqual(["charge", "reversal", "share", "share"]);
  expect((await campaignOf(shop, campaignId)).spentMinor).toBe(0);
  const placement = await inShop(shop.id, (tx) => tx.placement.findFirstOrThrow());
  expect(placement.refundedMinor).toBe(placement.revenueMinor);
});

test("a sale refunded in part costs its part: the least that is left counts, in whatever order it is told", async () => {
  const { shop, advertiser, campaignId, clickId, price } = await aClick();
  const other = await aClick();
  await report(web.url, shop, advertiser, { ...sale(clickId), valueMinor: 10_000 });
  await report(web.url, other.shop, other.advertiser, { ...sale(other.clickId), valueMinor: 10_000 });
  const refund = async (netMinor?: number) =>
    (await report(web.url, shop, advertiser, { kind: "reversal", conversionId: "order-1", netMinor })).body;
  const kept = Math.round(price * 0.6);
  const told = await Promise.all([refund(6_000), refund(6_000)]);
  expect(told.map(({ reversedMinor }) => reversedMinor).sort()).toEqual([0, price - kept].sort());
  expect(told.map(({ chargedMinor }) => chargedMinor)).toEqual([kept, kept]);
  expect(await refund(9_000)).toEqual({ status: "reversed", reversedMinor: 0, chargedMinor: kept });

  const standing = async (of: Shop) => {
    const ledger = await ledgerOf(of);
    const sum = (kinds: string[]) =>
      ledger.reduce((total, [kind, amount]) => total + (kinds.includes(kind) ? amount : 0), 0);
    return [sum(["charge", "reversal"]), sum(["share"])];
  };
  const share = (part: number) => Math.round((Math.floor(price * 0.85) - price) * part);
  expect(await standing(shop)).toEqual([kept, share(0.6)]);
  expect((await campaignOf(shop, campaignId)).spentMinor).toBe(kept);
  const { totals } = await inShop(shop.id, (tx) =>
    statementOf(tx, shop.id, { month: new Date().toISOString().slice(0, 7), timezone: "UTC" }),
  );
  expect([totals.billed, totals.earned]).toEqual([kept, kept + share(0.6)]);
  const placement = await inShop(shop.id, (tx) => tx.placement.findFirstOrThrow());
  expect(placement.revenueMinor - placement.refundedMinor).toBe(Math.round(placement.revenueMinor * 0.6));

  expect(await refund()).toEqual({ status: "reversed", reversedMinor: kept, chargedMinor: 0 });
  expect(await refund(6_000)).toEqual({ status: "reversed", reversedMinor: 0, chargedMinor: 0 });
  expect(await standing(shop)).toEqual([0, 0]);
  expect((await campaignOf(shop, campaignId)).spentMinor).toBe(0);
  expect((await standing(other.shop))[0]).toBe(other.price);
});

test("a part can be given back only of a sale whose value was told", async () => {
  const { shop, advertiser, clickId, price } = await aClick();
  await report(web.url, shop, advertiser, sale(clickId));
  const part = { kind: "reversal", conversionId: "order-1", netMinor: 100 };
  expect((await report(web.url, shop, advertiser, part)).body).toEqual({ status: "value-unknown" });
  expect((await ledgerOf(shop))[0]).toEqual(["charge", price]);
});

test("another advertiser cannot refund a sale that is not its own", async () => {
  const { shop, advertiser, clickId } = await aClick();
  const rival = await anAdvertiser(shop, { name: "Rival", domain: "rival.example" });
  await report(web.url, shop, advertiser, sale(clickId));
  const answer = await report(web.url, shop, rival, { kind: "reversal", conversionId: "order-1" });
  expect(answer.body).toEqual({ status: "unknown-conversion" });
});

test("after a change of secret the old one works for a day; it is stored sealed, for its advertiser only", async () => {
  const { shop, advertiser, clickId } = await aClick();
  const keys = { secret: env().ENCRYPTION_KEY };
  const next = (await inShop(shop.id, (tx) => makeSecret(tx, shop.id, advertiser.id, keys, new Date())))!;
  expect((await report(web.url, shop, advertiser, sale(clickId, "old"))).status).toBe(200);
  expect((await report(web.url, shop, advertiser, sale(clickId, "new"), { secret: next })).status).toBe(200);
  await inShop(shop.id, (tx) =>
    tx.advertiser.updateMany({ data: { secretMadeAt: new Date(Date.now() - 25 * 3_600_000) } }),
  );
  expect((await report(web.url, shop, advertiser, sale(clickId, "older"))).status).toBe(401);
  const row = await inShop(shop.id, (tx) => tx.advertiser.findFirstOrThrow());
  expect(row.secret).toMatch(/^v1\./);
  expect(JSON.stringify(row)).not.toContain(next);
  const other = await aShop();
  expect(
    await inShop(other.id, (tx) => makeSecret(tx, other.id, advertiser.id, keys, new Date())),
  ).toBeNull();
});

test("a sale refunded on its day leaves nothing spent that day; told again after it, it costs nothing", async () => {
  const { shop, advertiser, campaignId, clickId, price } = await aClick();
  const other = await aClick();
  const whole = (id: string) => ({ ...sale(id), valueMinor: 10_000 });
  await report(web.url, shop, advertiser, whole(clickId));
  await report(web.url, other.shop, other.advertiser, whole(other.clickId));
  const refund = (netMinor?: number) =>
    report(web.url, shop, advertiser, { kind: "reversal", conversionId: "order-1", netMinor });
  const spentToday = async (stage: Pick<Stage, "shop" | "campaignId">) =>
    (await campaignOf(stage.shop, stage.campaignId)).spentTodayMinor;
  await refund(5_000);
  expect(await spentToday({ shop, campaignId })).toBe(Math.round(price / 2));
  await refund();
  expect([await spentToday({ shop, campaignId }), await spentToday(other)]).toEqual([0, other.price]);
  const again = await report(web.url, shop, advertiser, whole(clickId));
  expect(again.body).toEqual({ status: "already-recorded", chargedMinor: 0 });
  const theirs = await report(web.url, other.shop, other.advertiser, whole(other.clickId));
  expect(theirs.body).toEqual({ status: "already-recorded", chargedMinor: other.price });
});
