import { expect, test } from "vitest";
import { forgetShopMemory } from "#app/api/shop-memory.server";
import { inShop } from "#app/db/in-shop.server";
import type { Shop } from "#app/generated/prisma/client";
import { localDay } from "#app/shops/local-day";
import { sponsoredJobs } from "#app/worker/sponsored-jobs.server";
import { servedHotPaths } from "../../tests/factories/http";
import {
  aPartnerShop,
  answer,
  campaignAt,
  carry,
  invite,
  move,
  partners,
  share,
  stateAt,
  theirState,
} from "../../tests/factories/partners";
import { testPorts } from "../../tests/factories/ports";
import { aCampaignForm, clickOn, ledgerOf, seeSponsored } from "../../tests/factories/sponsored";
import { aShop } from "../../tests/factories/shop";
import { balances, charge } from "./ledger.server";
import { invitePartner, listPartners } from "./partner-links.server";
import { listSharedOffers, shareOffer, withdrawOffer } from "./partner-offers.server";
import { listAdvertisers, moveAdvertiser, type AdvertiserStep } from "./advertisers.server";
import type { TermsForm } from "./terms";
import { saveTerms } from "./terms.server";
import { createCampaign, listCampaigns, moveCampaign, saveCampaign } from "./sponsored.server";

const web = servedHotPaths();

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
  expect(await seeSponsored(web.url, cups)).toBeNull();
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

  const seen = (await seeSponsored(web.url, cups))!;
  expect(seen).toMatchObject({
    advertiser: coffee.name,
    disclosure: "Partner offer",
  });
  const { to } = await clickOn(web.url, seen.clickUrl);
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
  const seen = (await seeSponsored(web.url, cups, { customerGid }))!;
  await clickOn(web.url, seen.clickUrl);
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
  expect([await theirState(coffee), await seeSponsored(web.url, cups)]).toEqual(["archived", null]);
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
  expect(await seeSponsored(web.url, cups)).toBeNull();
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
  expect(await seeSponsored(web.url, cups)).not.toBeNull();
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
  expect(await move(cups, id, "reconsider")).toBe("partner-gone");
  const [theirs] = await inShop(cups.id, (tx) => listAdvertisers(tx, cups.id));
  expect(theirs!.status).toBe("waiting");
});

test("a partner's offer is shown only as long as the partnership stands, whatever the advertiser's approval says", async () => {
  const [cups, coffee] = await partners();
  await share(coffee);
  await move(cups, (await campaignAt(cups)).id, "approve");
  forgetShopMemory();
  expect(await seeSponsored(web.url, cups)).not.toBeNull();
  await inShop(cups.id, (tx) => tx.partnerLink.updateMany({ data: { state: "ended" } }));
  forgetShopMemory();
  expect(await seeSponsored(web.url, cups)).toBeNull();
});

test("whoever shared an offer sees where it stands there: paused, blocked, against their rules, and shown again", async () => {
  const [cups, coffee] = await partners();
  const [tea, milk] = await partners();
  for (const [from, to] of [
    [coffee, cups],
    [milk, tea],
  ] as const) {
    await share(from);
    await move(to, (await campaignAt(to)).id, "approve");
  }
  const { id, advertiserId } = await campaignAt(cups);
  const judge = (step: AdvertiserStep) =>
    inShop(cups.id, (tx) => moveAdvertiser(tx, cups.id, advertiserId, step, new Date()));
  const rules = (change: Partial<TermsForm>) =>
    inShop(cups.id, (tx) => saveTerms(tx, cups.id, { ...RULES, ...change }, new Date()));
  const told = async (change: () => Promise<unknown>) => {
    await change();
    await carry();
    return theirState(coffee);
  };
  expect(await told(() => move(cups, id, "pause"))).toBe("paused");
  expect(await told(() => move(cups, id, "resume"))).toBe("live");
  expect(await told(() => judge("block"))).toBe("blocked");
  expect(await told(() => judge("reconsider"))).toBe("waiting");
  expect(await told(() => judge("approve"))).toBe("live");
  expect(await told(() => rules({ blockedDomains: [coffee.domain] }))).toBe("blocked");
  expect(await told(() => rules({ reserveMinor: 100_000 }))).toBe("refused");
  expect(await told(() => rules({}))).toBe("live");
  expect(await told(() => judge("reject"))).toBe("rejected");
  expect(await theirState(milk)).toBe("live");
});

test("an offer that is live there says to its owner when it is over or its budget used up", async () => {
  const [cups, coffee] = await partners();
  const today = localDay(new Date(), coffee.timezone);
  await share(coffee, { bidMinor: 500, budgetMinor: 700, startsOn: today, endsOn: today });
  const { id, advertiserId } = await campaignAt(cups);
  await move(cups, id, "approve");
  await carry();
  const statesOn = async (shop: Shop, now: Date) =>
    (await inShop(shop.id, (tx) => listSharedOffers(tx, shop, now))).map((one) => one.theirState);
  const [noon, tomorrow] = [new Date(), new Date(Date.now() + 26 * 3_600_000)];
  expect([await statesOn(coffee, noon), await statesOn(coffee, tomorrow)]).toEqual([["live"], ["over"]]);
  const cost = { amountMinor: 500, currency: "EUR", sharePercent: 85, cause: "click:a", note: "" };
  await inShop(cups.id, (tx) => charge(tx, cups.id, { ...cost, advertiserId, campaignId: id }, noon));
  await carry();
  expect([await statesOn(coffee, noon), await statesOn(cups, noon)]).toEqual([["used-up"], []]);
});

const RULES: TermsForm = { reserveMinor: 5, reserveSaleMinor: 50, blockedCategories: [], blockedDomains: [] };
