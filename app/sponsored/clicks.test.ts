import { expect, test } from "vitest";
import { inShop } from "#app/db/in-shop.server";
import { prisma } from "#app/db/pool.server";
import { env } from "#app/env.server";
import type { Shop } from "#app/generated/prisma/client";
import { redactPerson, redactShop } from "#app/privacy/privacy.server";
import { sponsoredSweeps } from "#app/worker/sponsored-jobs.server";
import { eraseAll } from "../../tests/factories/erasures";
import { servedHotPaths } from "../../tests/factories/http";
import {
  aLiveCampaign,
  anAdvertiser,
  campaignOf,
  clickOn,
  clicksOf,
  ledgerOf,
  PERSON,
  report,
  seeSponsored,
} from "../../tests/factories/sponsored";
import { testPorts } from "../../tests/factories/ports";
import { aShop } from "../../tests/factories/shop";
import { clickToken } from "./click-token";
import { moveCampaign } from "./sponsored.server";
import { moveAdvertiser } from "./advertisers.server";
import { forgetShopMemory } from "#app/api/shop-memory.server";

const web = servedHotPaths();

const noHoldout = () => aShop({}, { holdoutPercent: 0 });

async function placementOf(shop: Shop, decisionId: string) {
  return inShop(shop.id, (tx) => tx.placement.findFirstOrThrow({ where: { shopId: shop.id, decisionId } }));
}

test("seen, clicked, charged: at the campaign's address, once, in both budget and ledger; the other shop has nothing", async () => {
  const [shop, other] = [await noHoldout(), await noHoldout()];
  const advertiser = await anAdvertiser(shop);
  const campaignId = await aLiveCampaign(shop, advertiser);
  const seen = (await seeSponsored(web.url, shop, { locale: "de-AT" }))!;
  expect(seen).toMatchObject({
    advertiser: "Northwind Coffee",
    title: "Coffee for your new cups",
    callToAction: "Taste it",
    disclosure: "Sponsored",
  });
  const { status, to, clickId } = await clickOn(web.url, seen.clickUrl);
  expect([status, to!.origin + to!.pathname, to!.searchParams.get("from")]).toEqual([
    302,
    "https://www.northwind.example/autumn",
    "shop",
  ]);
  const [click] = await clicksOf(shop);
  expect(click).toMatchObject({ id: clickId, reason: null, campaignId });
  const charged = click!.chargedMinor;
  expect(charged).toBeGreaterThan(0);
  const earned = Math.floor(charged * 0.85);
  expect(await ledgerOf(shop)).toEqual([
    ["charge", charged],
    ["share", earned - charged],
  ]);
  expect((await campaignOf(shop, campaignId)).spentMinor).toBe(charged);
  const placement = await placementOf(shop, seen.decisionId);
  expect([placement.clickedAt, placement.acceptedAt, placement.impressionAt].every(Boolean)).toBe(true);
  expect(placement).toMatchObject({ revenueMinor: earned, currency: "EUR" });

  expect(await ledgerOf(other)).toEqual([]);
  expect(await seeSponsored(web.url, other)).toBeNull();
});

test("a doubled click, and many at the same moment, are one charge and lead to the same click", async () => {
  const shop = await noHoldout();
  await aLiveCampaign(shop, await anAdvertiser(shop));
  const seen = (await seeSponsored(web.url, shop))!;
  const answers = await Promise.all(Array.from({ length: 6 }, () => clickOn(web.url, seen.clickUrl)));
  expect(new Set(answers.map(({ clickId }) => clickId)).size).toBe(1);
  const clicks = await clicksOf(shop);
  expect(clicks.map(({ reason }) => reason).sort()).toEqual([...Array(5).fill("duplicate"), null].sort());
  expect((await ledgerOf(shop)).filter(([kind]) => kind === "charge")).toHaveLength(1);
});

test("a flood of visits to one link fills no table, and the person after it still counts", async () => {
  const shop = await noHoldout();
  await aLiveCampaign(shop, await anAdvertiser(shop));
  const seen = (await seeSponsored(web.url, shop))!;
  await clickOn(web.url, seen.clickUrl, { method: "HEAD" });
  const [first] = await clicksOf(shop);
  const more = Array.from({ length: 197 }, () => ({ ...first!, id: crypto.randomUUID() }));
  await inShop(shop.id, (tx) => tx.sponsoredClick.createMany({ data: more }));
  for (let visit = 0; visit < 4; visit++) await clickOn(web.url, seen.clickUrl, { method: "HEAD" });
  expect(await clicksOf(shop)).toHaveLength(200);
  expect((await clickOn(web.url, seen.clickUrl)).clickId).not.toBeNull();
});

test("no link of ours can be made to lead elsewhere, or to another shop's placement", async () => {
  const [shop, other] = [await noHoldout(), await noHoldout()];
  await aLiveCampaign(shop, await anAdvertiser(shop));
  const seen = (await seeSponsored(web.url, shop))!;
  const token = new URL(seen.clickUrl).pathname.slice("/o/".length);
  const forged = [
    token.slice(0, -1) + (token.at(-1) === "A" ? "B" : "A"),
    token.replace(/^\d+/, String(other.id)),
    token.replace(/\.(\d)\./, ".2."),
    encodeURIComponent("https://evil.example"),
    `${token}?url=https://evil.example`.replace("?", "%3F"),
    "",
  ];
  for (const one of forged) {
    expect([one, await clickOn(web.url, `http://x/o/${one}`)]).toEqual([
      one,
      { status: 404, to: null, clickId: null },
    ]);
  }
  // A token made by us for another shop finds nothing of this one.
  const foreign = clickToken(
    env().ENCRYPTION_KEY,
    { shopId: other.id, decisionId: seen.decisionId, position: 1 },
    new Date(),
  );
  expect((await clickOn(web.url, `http://x/o/${foreign}`)).status).toBe(410);
  expect(await clicksOf(shop)).toEqual([]);
  expect(await clicksOf(other)).toEqual([]);
});

test("a token that is too old leads nowhere and costs nothing", async () => {
  const shop = await noHoldout();
  await aLiveCampaign(shop, await anAdvertiser(shop));
  const { decisionId } = (await seeSponsored(web.url, shop))!;
  const eightDaysAgo = new Date(Date.now() - 8 * 86_400_000);
  const old = clickToken(env().ENCRYPTION_KEY, { shopId: shop.id, decisionId, position: 1 }, eightDaysAgo);
  expect((await clickOn(web.url, `http://x/o/${old}`)).status).toBe(410);
  expect(await ledgerOf(shop)).toEqual([]);
});

test.each([
  ["a robot", { headers: { "user-agent": "Mozilla/5.0 (compatible; Googlebot/2.1)" } }],
  ["a script", { headers: { "user-agent": "python-requests/2.32" } }],
  ["nobody in particular", { headers: { "user-agent": "" } }],
  ["a page that loads ahead", { headers: { "sec-purpose": "prefetch;prerender" } }],
  ["a link checker", { method: "HEAD" }],
])("%s is led on without an id, marked and not charged; the person after it is", async (_name, visit) => {
  const shop = await noHoldout();
  await aLiveCampaign(shop, await anAdvertiser(shop));
  const seen = (await seeSponsored(web.url, shop))!;
  expect(await clickOn(web.url, seen.clickUrl, visit)).toMatchObject({ status: 302, clickId: null });
  expect(await clicksOf(shop)).toMatchObject([{ reason: "machine", chargedMinor: 0 }]);
  expect(await ledgerOf(shop)).toEqual([]);
  expect((await placementOf(shop, seen.decisionId)).clickedAt).toBeNull();
  expect((await clickOn(web.url, seen.clickUrl)).clickId).not.toBeNull();
  expect((await ledgerOf(shop))[0]![0]).toBe("charge");
});

test("a click within the first second is not a reader's", async () => {
  const shop = await noHoldout();
  await aLiveCampaign(shop, await anAdvertiser(shop));
  const seen = (await seeSponsored(web.url, shop))!;
  await inShop(shop.id, (tx) =>
    tx.placement.updateMany({ data: { decidedAt: new Date(Date.now() + 60_000) } }),
  );
  await clickOn(web.url, seen.clickUrl);
  expect(await clicksOf(shop)).toMatchObject([{ reason: "too-fast" }]);
});

test("one person is counted three times a day per advertiser, one address twenty times an hour", async () => {
  const shop = await noHoldout();
  const customerGid = "gid://shopify/Customer/77";
  const advertiser = await anAdvertiser(shop);
  await aLiveCampaign(shop, advertiser);
  // Cool-down and cap keep the same person from seeing more; the placements are made to be this person's afterwards.
  const seen = [];
  for (let number = 0; number < 4; number++) seen.push((await seeSponsored(web.url, shop))!);
  await inShop(shop.id, (tx) => tx.placement.updateMany({ data: { personKey: customerGid } }));
  for (const one of seen)
    await clickOn(web.url, one.clickUrl, { headers: { "x-forwarded-for": "203.0.113.9" } });
  expect((await clicksOf(shop)).map(({ reason }) => reason)).toEqual([
    null,
    null,
    null,
    "too-many-by-person",
  ]);

  const crowd = await noHoldout();
  await aLiveCampaign(crowd, await anAdvertiser(crowd), { bidMinor: 300, budgetMinor: 100_000 });
  for (let number = 0; number < 21; number++) {
    const placement = (await seeSponsored(web.url, crowd))!;
    await clickOn(web.url, placement.clickUrl, {
      headers: { "x-forwarded-for": `198.51.100.1, 203.0.113.7` },
    });
  }
  expect((await clicksOf(crowd)).map(({ reason }) => reason).slice(-2)).toEqual([
    null,
    "too-many-by-address",
  ]);
  expect((await clicksOf(crowd)).every(({ visitorHash }) => !visitorHash?.includes("203.0"))).toBe(true);
});

test("what is paused, over or rejected after it was shown costs nothing", async () => {
  const shop = await noHoldout();
  const advertiser = await anAdvertiser(shop);
  const campaignId = await aLiveCampaign(shop, advertiser);
  const [first, second, third] = [
    (await seeSponsored(web.url, shop))!,
    (await seeSponsored(web.url, shop))!,
    (await seeSponsored(web.url, shop))!,
  ];
  await inShop(shop.id, (tx) =>
    tx.sponsoredCampaign.updateMany({ data: { endsAt: new Date(Date.now() - 1_000) } }),
  );
  expect((await clickOn(web.url, first.clickUrl)).status).toBe(302);
  await inShop(shop.id, (tx) => tx.sponsoredCampaign.updateMany({ data: { endsAt: null } }));
  await inShop(shop.id, (tx) => moveCampaign(tx, shop.id, campaignId, "pause", new Date()));
  expect((await clickOn(web.url, second.clickUrl)).status).toBe(302);
  expect((await clicksOf(shop)).map(({ reason }) => reason)).toEqual(["not-running", "not-running"]);
  await inShop(shop.id, (tx) => moveAdvertiser(tx, shop.id, advertiser.id, "block", new Date()));
  forgetShopMemory();
  expect((await clickOn(web.url, third.clickUrl)).status).toBe(410);
  expect(await ledgerOf(shop)).toEqual([]);
});

test("the click names no address of the person, and a stranger to the shop changes nothing", async () => {
  const [shop, other] = [await noHoldout(), await noHoldout()];
  await aLiveCampaign(shop, await anAdvertiser(shop));
  const seen = (await seeSponsored(web.url, shop))!;
  const { to } = await clickOn(web.url, seen.clickUrl, { headers: { "user-agent": PERSON } });
  expect([...to!.searchParams.keys()].sort()).toEqual(["from", "pl_account", "pl_click"]);
  const moved = await inShop(other.id, (tx) =>
    moveCampaign(tx, other.id, seen.campaignId, "archive", new Date()),
  );
  expect(moved.status).toBe("not-possible");
  expect((await campaignOf(shop, seen.campaignId)).status).toBe("live");
});

test("hashes of visitors' addresses are forgotten after two days, in every shop", async () => {
  const shops = [await noHoldout(), await noHoldout()];
  for (const shop of shops) {
    await aLiveCampaign(shop, await anAdvertiser(shop));
    for (let number = 0; number < 2; number++)
      await clickOn(web.url, (await seeSponsored(web.url, shop))!.clickUrl);
    const [first] = await clicksOf(shop);
    const happenedAt = new Date(Date.now() - 49 * 3_600_000);
    await inShop(shop.id, (tx) =>
      tx.sponsoredClick.updateMany({ where: { id: first!.id }, data: { happenedAt } }),
    );
  }
  const sweep = sponsoredSweeps.find(({ name }) => name === "sponsored.forget-visitors")!;
  await sweep.run(testPorts({ now: () => new Date() }));
  for (const shop of shops) {
    expect((await clicksOf(shop)).map(({ visitorHash }) => visitorHash === null)).toEqual([true, false]);
  }
});

test("an erased person's click tells nothing any more, and the money stays accounted for; an erased shop keeps nothing", async () => {
  const [shop, other] = [await noHoldout(), await noHoldout()];
  const customerGid = "gid://shopify/Customer/31";
  for (const one of [shop, other]) {
    await aLiveCampaign(one, await anAdvertiser(one));
    await clickOn(web.url, (await seeSponsored(web.url, one, { customerGid }))!.clickUrl);
  }
  const ports = { now: new Date(), secret: env().ENCRYPTION_KEY };
  const person = { sourceKey: "a", customerGid, email: null, phone: null, orderGids: [] };
  const ledger = await ledgerOf(shop);
  await inShop(shop.id, (tx) => redactPerson(tx, shop.id, person, ports));
  await eraseAll();
  expect((await clicksOf(shop)).map(({ visitorHash }) => visitorHash)).toEqual([null]);
  expect((await clicksOf(other))[0]!.visitorHash).not.toBeNull();
  expect(await ledgerOf(shop)).toEqual(ledger);
  await prisma.shop.update({ where: { id: shop.id }, data: { status: "uninstalled" } });
  await inShop(shop.id, (tx) => redactShop(tx, shop.id, { sourceKey: "b" }, ports.now));
  await eraseAll();
  expect([await ledgerOf(shop), await clicksOf(shop)]).toEqual([[], []]);
  expect(await ledgerOf(other)).toHaveLength(2);
});

test("a click on a campaign per sale that is paused or over does not count either, so its sale costs nothing", async () => {
  const [shop, other] = [await noHoldout(), await noHoldout()];
  const perSale = { model: "cpa" as const, bidMinor: 2_000, budgetMinor: 100_000 };
  const advertiser = await anAdvertiser(shop);
  const campaignId = await aLiveCampaign(shop, advertiser, perSale);
  await aLiveCampaign(other, await anAdvertiser(other), perSale);
  const [first, second] = [(await seeSponsored(web.url, shop))!, (await seeSponsored(web.url, shop))!];
  const elsewhere = (await seeSponsored(web.url, other))!;
  const end = (endsAt: Date | null) =>
    inShop(shop.id, (tx) => tx.sponsoredCampaign.updateMany({ data: { endsAt } }));
  await end(new Date(Date.now() - 1_000));
  const { clickId } = await clickOn(web.url, first.clickUrl);
  await end(null);
  await inShop(shop.id, (tx) => moveCampaign(tx, shop.id, campaignId, "pause", new Date()));
  await clickOn(web.url, second.clickUrl);
  await clickOn(web.url, elsewhere.clickUrl);
  expect((await clicksOf(shop)).map(({ reason }) => reason)).toEqual(["not-running", "not-running"]);
  expect((await clicksOf(other)).map(({ reason }) => reason)).toEqual([null]);
  const told = await report(web.url, shop, advertiser, { kind: "conversion", conversionId: "a", clickId });
  expect(told.body).toEqual({ status: "not-charged", reason: "unknown-click" });
  expect(await ledgerOf(shop)).toEqual([]);
});

test("clicks on many links at the same moment are limited by address and by person as those one after the other", async () => {
  const [crowd, other] = [await noHoldout(), await noHoldout()];
  const address = { headers: { "x-forwarded-for": "203.0.113.8" } };
  const counted = async (shop: Shop) => (await clicksOf(shop)).filter(({ reason }) => reason === null).length;
  const seenTimes = async (shop: Shop, times: number) => {
    await aLiveCampaign(shop, await anAdvertiser(shop), { bidMinor: 300, budgetMinor: 1_000_000 });
    const seen = [];
    for (let number = 0; number < times; number++) seen.push((await seeSponsored(web.url, shop))!);
    return seen;
  };
  const seen = [...(await seenTimes(crowd, 32)), ...(await seenTimes(other, 2))];
  await Promise.all(seen.map(({ clickUrl }) => clickOn(web.url, clickUrl, address)));
  expect([await counted(crowd), await counted(other)]).toEqual([20, 2]);

  const shop = await noHoldout();
  const own = await seenTimes(shop, 10);
  await inShop(shop.id, (tx) =>
    tx.placement.updateMany({ data: { personKey: "gid://shopify/Customer/78" } }),
  );
  await Promise.all(
    own.map(({ clickUrl }, index) =>
      clickOn(web.url, clickUrl, { headers: { "x-forwarded-for": `203.0.113.${index + 20}` } }),
    ),
  );
  expect(await counted(shop)).toBe(3);
});
