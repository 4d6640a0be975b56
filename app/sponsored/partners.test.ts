import { afterAll, beforeAll, expect, test } from "vitest";
import { forgetShopMemory } from "#app/api/shop-memory.server";
import { inShop } from "#app/db/in-shop.server";
import type { Shop } from "#app/generated/prisma/client";
import { startQueue, stopQueue } from "#app/queue/queue.server";
import { sponsoredJobs } from "#app/worker/sponsored-jobs.server";
import { startHotPaths } from "../../tests/factories/http";
import { drainOnly } from "../../tests/factories/jobs";
import { testPorts } from "../../tests/factories/ports";
import { aCampaignForm, clickOn, ledgerOf, seeSponsored } from "../../tests/factories/sponsored";
import { aShop } from "../../tests/factories/shop";
import { balances } from "./ledger.server";
import {
  answerPartner,
  hearCharge,
  invitePartner,
  listPartners,
  listSharedOffers,
  shareOffer,
  withdrawOffer,
} from "./partners.server";
import { listAdvertisers, moveAdvertiser, type AdvertiserStep } from "./advertisers.server";
import {
  createCampaign,
  listCampaigns,
  moveCampaign,
  saveCampaign,
  type CampaignStep,
} from "./sponsored.server";

let url: string;
let stop: () => Promise<void>;

beforeAll(async () => {
  await startQueue("web");
  ({ url, stop } = await startHotPaths());
});
afterAll(async () => {
  await stop();
  await stopQueue();
});

const carry = () => drainOnly(sponsoredJobs(testPorts({ now: () => new Date() })));
const aPartnerShop = () => aShop({}, { holdoutPercent: 0 });
const stateAt = async (shop: Shop) =>
  (await inShop(shop.id, (tx) => listPartners(tx, shop.id))).map(({ partnerDomain, state }) => [
    partnerDomain,
    state,
  ]);
const invite = (from: Shop, to: Shop) =>
  inShop(from.id, (tx) => invitePartner(tx, from, to.domain, new Date()));

async function answer(shop: Shop, how: "accept" | "end") {
  const [link] = await inShop(shop.id, (tx) => listPartners(tx, shop.id));
  return inShop(shop.id, (tx) => answerPartner(tx, shop.id, link!.id, how, new Date()));
}

async function partners(): Promise<[Shop, Shop]> {
  const [cups, coffee] = [await aPartnerShop(), await aPartnerShop()];
  await invite(cups, coffee);
  await carry();
  await answer(coffee, "accept");
  await carry();
  return [cups, coffee];
}

/** `from` lets its partner show an offer of its own; it has arrived there. */
async function share(from: Shop, overrides: Parameters<typeof aCampaignForm>[0] = {}) {
  const [link] = await inShop(from.id, (tx) => listPartners(tx, from.id));
  const terms = aCampaignForm({ targetUrl: `https://${from.domain}/products/beans`, ...overrides });
  const shared = await inShop(from.id, (tx) => shareOffer(tx, from, link!.id, terms, new Date()));
  await carry();
  return shared;
}

const theirState = async (shop: Shop) =>
  (await inShop(shop.id, (tx) => listSharedOffers(tx, shop.id)))[0]!.theirState;

test("two shops become partners only when both want it; a third shop sees nothing", async () => {
  const [cups, coffee, third] = [await aPartnerShop(), await aPartnerShop(), await aPartnerShop()];
  expect(await invite(cups, coffee)).toEqual({ status: "invited" });
  expect(await invite(cups, coffee)).toEqual({ status: "already" });
  expect(await invite(cups, cups)).toEqual({ status: "self" });
  await carry();
  expect([await stateAt(cups), await stateAt(coffee)]).toEqual([
    [[coffee.domain, "invited"]],
    [[cups.domain, "asked"]],
  ]);
  // The one who asked cannot answer for the other.
  expect((await answer(cups, "accept")).status).toBe("not-possible");
  expect((await answer(coffee, "accept")).status).toBe("done");
  await carry();
  expect([await stateAt(cups), await stateAt(coffee)]).toEqual([
    [[coffee.domain, "active"]],
    [[cups.domain, "active"]],
  ]);
  expect(await stateAt(third)).toEqual([]);
});

test("who asks a shop that asked before has a partner at once; nobody learns whether a shop exists", async () => {
  const [cups, coffee] = [await aPartnerShop(), await aPartnerShop()];
  await invite(cups, coffee);
  await carry();
  expect(await invite(coffee, cups)).toEqual({ status: "agreed" });
  await carry();
  expect([await stateAt(cups), await stateAt(coffee)]).toEqual([
    [[coffee.domain, "active"]],
    [[cups.domain, "active"]],
  ]);
  const nobody = { ...coffee, domain: "nobody-has-this.myshopify.com" };
  expect(await invite(cups, nobody)).toEqual({ status: "invited" });
  await carry();
});

test("an invitation waits for a shop that installs the app later", async () => {
  const inviter = await aPartnerShop();
  const domain = `later-${process.pid}.myshopify.com`;
  await inShop(inviter.id, (tx) => invitePartner(tx, inviter, domain, new Date()));
  await carry();
  const late = await aShop({ domain });
  const bystander = await aPartnerShop();
  for (const shopId of [late.id, bystander.id]) {
    await sponsoredJobs(testPorts())["sponsored.collect-invitations"]({ shopId });
  }
  await carry();
  expect([await stateAt(late), await stateAt(bystander)]).toEqual([[[inviter.domain, "asked"]], []]);
});

test("invitations that cross on their way make partners too", async () => {
  const [cups, coffee] = [await aPartnerShop(), await aPartnerShop()];
  await invite(cups, coffee);
  await invite(coffee, cups);
  await carry();
  await carry();
  expect([await stateAt(cups), await stateAt(coffee)]).toEqual([
    [[coffee.domain, "active"]],
    [[cups.domain, "active"]],
  ]);
});

test("a shared offer is shown there after that merchant's approval; the click is settled in both ledgers", async () => {
  const [cups, coffee] = await partners();
  expect((await share(coffee)).status).toBe("shared");
  expect(await theirState(coffee)).toBe("waiting");
  expect(await seeSponsored(url, cups)).toBeNull();
  const [campaign] = await inShop(cups.id, (tx) => listCampaigns(tx, cups.id));
  expect(campaign).toMatchObject({
    status: "waiting",
    disclosure: "partner",
    advertiser: { domain: coffee.domain },
  });
  await inShop(cups.id, (tx) => moveCampaign(tx, cups.id, campaign!.id, "approve", new Date()));
  forgetShopMemory();
  await carry();
  expect(await theirState(coffee)).toBe("live");

  const seen = (await seeSponsored(url, cups))!;
  expect(seen).toMatchObject({
    advertiser: coffee.name,
    disclosure: "Partner offer",
  });
  const { to } = await clickOn(url, seen.clickUrl);
  expect(to!.hostname).toBe(coffee.domain);
  await carry();
  await carry();
  const here = await ledgerOf(cups);
  const charged = here.find(([kind]) => kind === "charge")![1];
  expect(await ledgerOf(coffee)).toEqual([["charge", -charged]]);
  const owed = async (shop: Shop) => [...(await inShop(shop.id, (tx) => balances(tx, shop.id))).values()];
  expect([await owed(cups), await owed(coffee)]).toEqual([[charged], [-charged]]);
});

test("no personal data crosses: the partner's rows name no order, person or decision", async () => {
  const [cups, coffee] = await partners();
  await share(coffee);
  const [campaign] = await inShop(cups.id, (tx) => listCampaigns(tx, cups.id));
  await inShop(cups.id, (tx) => moveCampaign(tx, cups.id, campaign!.id, "approve", new Date()));
  forgetShopMemory();
  const customerGid = "gid://shopify/Customer/4242";
  const seen = (await seeSponsored(url, cups, { customerGid }))!;
  await clickOn(url, seen.clickUrl);
  await carry();
  const rows = await inShop(coffee.id, async (tx) => [
    await tx.sponsoredEntry.findMany(),
    await tx.partnerLink.findMany(),
    await tx.partnerOffer.findMany(),
    await tx.advertiser.findMany(),
  ]);
  const text = JSON.stringify(rows);
  for (const secret of ["4242", seen.decisionId, "Order/"]) expect(text).not.toContain(secret);
  expect(rows[0]).toHaveLength(1);
});

test("withdrawn, the offer is shown no longer; shared again, it waits for approval again", async () => {
  const [cups, coffee] = await partners();
  const shared = await share(coffee);
  if (shared.status !== "shared") throw new Error(shared.status);
  const [campaign] = await inShop(cups.id, (tx) => listCampaigns(tx, cups.id));
  await inShop(cups.id, (tx) => moveCampaign(tx, cups.id, campaign!.id, "approve", new Date()));
  const withdraw = (withdrawn: boolean) =>
    inShop(coffee.id, (tx) => withdrawOffer(tx, coffee.id, shared.id, withdrawn, new Date()));
  expect(await inShop(cups.id, (tx) => withdrawOffer(tx, cups.id, shared.id, true, new Date()))).toBe(false);
  expect(await withdraw(true)).toBe(true);
  await carry();
  forgetShopMemory();
  expect([await theirState(coffee), await seeSponsored(url, cups)]).toEqual(["archived", null]);
  await withdraw(false);
  await carry();
  expect(await theirState(coffee)).toBe("waiting");
});

test("when one side ends it, nothing of the other is shown any more", async () => {
  const [cups, coffee] = await partners();
  await share(coffee);
  const [campaign] = await inShop(cups.id, (tx) => listCampaigns(tx, cups.id));
  await inShop(cups.id, (tx) => moveCampaign(tx, cups.id, campaign!.id, "approve", new Date()));
  await answer(coffee, "end");
  await carry();
  forgetShopMemory();
  expect(await stateAt(cups)).toEqual([[coffee.domain, "ended"]]);
  expect(await seeSponsored(url, cups)).toBeNull();
});

test("an offer that leads elsewhere is refused here, one in another currency over there", async () => {
  const [cups, coffee] = await partners();
  const elsewhere = await share(coffee, { targetUrl: "https://elsewhere.example/" });
  expect(elsewhere).toMatchObject({ status: "invalid", problems: { targetUrl: expect.any(String) } });
  await share(coffee, { currency: "USD" });
  expect(await theirState(coffee)).toBe("refused");
  expect(await inShop(cups.id, (tx) => listCampaigns(tx, cups.id))).toEqual([]);
  const stranger = await aPartnerShop();
  const [link] = await inShop(coffee.id, (tx) => listPartners(tx, coffee.id));
  const stolen = await inShop(stranger.id, (tx) =>
    shareOffer(tx, stranger, link!.id, aCampaignForm(), new Date()),
  );
  expect(stolen).toEqual({ status: "no-partner" });
});

/** The only campaign of the shop that shows a partner's offer. */
async function campaignAt(shop: Shop, { archived = false } = {}) {
  const [campaign] = await inShop(shop.id, (tx) => listCampaigns(tx, shop.id, { archived }));
  return campaign!;
}

const move = async (shop: Shop, id: string, step: CampaignStep) =>
  (await inShop(shop.id, (tx) => moveCampaign(tx, shop.id, id, step, new Date()))).status;

test("the shop that shows a partner's offer decides whether it is shown, never what the partner pays", async () => {
  const [cups, coffee] = await partners();
  await share(coffee, { bidMinor: 500 });
  const { id, advertiserId } = await campaignAt(cups);
  const dearer = aCampaignForm({ targetUrl: `https://${coffee.domain}/`, bidMinor: 9_000 });
  const saved = await inShop(cups.id, (tx) => saveCampaign(tx, cups, id, dearer, new Date()));
  expect(saved).toEqual({ status: "theirs", id });
  const made = await inShop(cups.id, (tx) =>
    createCampaign(tx, cups, { advertiserId, form: dearer }, new Date()),
  );
  expect(made).toEqual({ status: "unknown" });
  expect(await inShop(cups.id, (tx) => listCampaigns(tx, cups.id))).toMatchObject([{ id, bidMinor: 500 }]);
  const steps = ["approve", "pause", "resume", "reject", "archive", "reconsider"] as const;
  for (const step of steps) expect([step, await move(cups, id, step)]).toEqual([step, "moved"]);
});

test("a partner's charge is never booked above the offer's bid, nor in sum above its budget", async () => {
  const [cups, coffee] = await partners();
  const shared = await share(coffee, { bidMinor: 500, budgetMinor: 1_200 });
  const other = await share(coffee, { bidMinor: 500, budgetMinor: 1_200 });
  if (shared.status !== "shared" || other.status !== "shared") throw new Error("not shared");
  const told = { fromShopId: cups.id, fromDomain: cups.domain, note: "", currency: "EUR" };
  const hear = async (amountMinor: number, overrides: Partial<Parameters<typeof hearCharge>[2]> = {}) => {
    const kind = amountMinor > 0 ? ("charge" as const) : ("reversal" as const);
    const entry = { ...told, entryId: crypto.randomUUID(), offerId: shared.id, kind, amountMinor };
    await inShop(coffee.id, (tx) => hearCharge(tx, coffee.id, { ...entry, ...overrides }, new Date()));
    return (await ledgerOf(coffee)).reduce((sum, [, amount]) => sum + amount, 0);
  };
  expect(await hear(9_000)).toBe(-500);
  expect(await hear(400, { offerId: null })).toBe(-500);
  expect(await hear(400, { currency: "USD" })).toBe(-500);
  expect([await hear(500), await hear(500), await hear(500)]).toEqual([-1_000, -1_200, -1_200]);
  // Each offer has a budget of its own, and what is taken back may be charged again.
  expect(await hear(300, { offerId: other.id })).toBe(-1_500);
  expect([await hear(-200), await hear(500)]).toEqual([-1_300, -1_500]);
  // A stranger's charge for an offer that was shared with somebody else is none.
  const stranger = await aPartnerShop();
  await invite(coffee, stranger);
  await carry();
  await answer(stranger, "accept");
  await carry();
  expect(await hear(100, { fromShopId: stranger.id, fromDomain: stranger.domain, offerId: other.id })).toBe(
    -1_500,
  );
});

test("two charges that are told at once do not both use the rest of the budget", async () => {
  const [cups, coffee] = await partners();
  const shared = await share(coffee, { bidMinor: 500, budgetMinor: 700 });
  if (shared.status !== "shared") throw new Error(shared.status);
  const told = {
    fromShopId: cups.id,
    fromDomain: cups.domain,
    offerId: shared.id,
    note: "",
    currency: "EUR",
  };
  const hear = (entryId: string) =>
    inShop(coffee.id, (tx) =>
      hearCharge(tx, coffee.id, { ...told, entryId, kind: "charge", amountMinor: 500 }, new Date()),
    );
  await Promise.all(["a", "b", "c", "d"].map(hear));
  expect((await ledgerOf(coffee)).reduce((sum, [, amount]) => sum + amount, 0)).toBe(-700);
});

test("what a partner withdrew cannot be brought back by the shop that showed it", async () => {
  const [cups, coffee] = await partners();
  const shared = await share(coffee);
  if (shared.status !== "shared") throw new Error(shared.status);
  const { id } = await campaignAt(cups);
  await move(cups, id, "approve");
  const withdraw = (withdrawn: boolean) =>
    inShop(coffee.id, (tx) => withdrawOffer(tx, coffee.id, shared.id, withdrawn, new Date()));
  await withdraw(true);
  await carry();
  expect(await move(cups, id, "reconsider")).toBe("partner-gone");
  expect(await move(cups, id, "approve")).toBe("partner-gone");
  expect((await campaignAt(cups, { archived: true })).status).toBe("archived");
  await withdraw(false);
  await carry();
  expect(await move(cups, id, "approve")).toBe("moved");
  forgetShopMemory();
  expect(await seeSponsored(url, cups)).not.toBeNull();
});

test("an ended partnership cannot be taken up again by one side alone", async () => {
  const [cups, coffee] = await partners();
  await share(coffee);
  const { id, advertiserId } = await campaignAt(cups);
  await move(cups, id, "approve");
  await answer(coffee, "end");
  await carry();
  const judge = async (step: AdvertiserStep) =>
    (await inShop(cups.id, (tx) => moveAdvertiser(tx, cups.id, advertiserId, step, new Date()))).status;
  expect(await judge("approve")).toBe("partner-gone");
  expect([await judge("reconsider"), await judge("approve")]).toEqual(["moved", "partner-gone"]);
  expect(await move(cups, id, "pause")).toBe("moved");
  expect(await move(cups, id, "resume")).toBe("partner-gone");
  const [theirs] = await inShop(cups.id, (tx) => listAdvertisers(tx, cups.id));
  expect(theirs!.status).toBe("waiting");
});

test("a partner's offer is shown only as long as the partnership stands, whatever the advertiser's approval says", async () => {
  const [cups, coffee] = await partners();
  await share(coffee);
  await move(cups, (await campaignAt(cups)).id, "approve");
  forgetShopMemory();
  expect(await seeSponsored(url, cups)).not.toBeNull();
  await inShop(cups.id, (tx) => tx.partnerLink.updateMany({ data: { state: "ended" } }));
  forgetShopMemory();
  expect(await seeSponsored(url, cups)).toBeNull();
});
