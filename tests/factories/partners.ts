import { inShop } from "#app/db/in-shop.server";
import type { Shop } from "#app/generated/prisma/client";
import { answerPartner, invitePartner, listPartners } from "#app/sponsored/partner-links.server";
import { listSharedOffers, shareOffer } from "#app/sponsored/partner-offers.server";
import { listCampaigns, moveCampaign, type CampaignStep } from "#app/sponsored/sponsored.server";
import { sponsoredJobs } from "#app/worker/sponsored-jobs.server";
import { drainOnly } from "./jobs";
import { testPorts } from "./ports";
import { aCampaignForm } from "./sponsored";
import { aShop } from "./shop";

/** What each side did reaches the other. */
export const carry = () => drainOnly(sponsoredJobs(testPorts({ now: () => new Date() })));

export const aPartnerShop = () => aShop({}, { holdoutPercent: 0 });

export const invite = (from: Shop, to: Shop) =>
  inShop(from.id, (tx) => invitePartner(tx, from, to.domain, new Date()));

/** Of the only partner. */
export async function answer(shop: Shop, how: "accept" | "end") {
  const [link] = await inShop(shop.id, (tx) => listPartners(tx, shop.id));
  return inShop(shop.id, (tx) => answerPartner(tx, shop.id, link!.id, how, new Date()));
}

export async function partners(): Promise<[Shop, Shop]> {
  const [cups, coffee] = [await aPartnerShop(), await aPartnerShop()];
  await invite(cups, coffee);
  await carry();
  await answer(coffee, "accept");
  await carry();
  return [cups, coffee];
}

/** Each partner's domain with where the partnership stands. */
export async function stateAt(shop: Shop): Promise<string[][]> {
  const links = await inShop(shop.id, (tx) => listPartners(tx, shop.id));
  return links.map(({ partnerDomain, state }) => [partnerDomain, state]);
}

/** `from` lets its partner show an offer of its own; it has arrived there. */
export async function share(from: Shop, overrides: Parameters<typeof aCampaignForm>[0] = {}) {
  const [link] = await inShop(from.id, (tx) => listPartners(tx, from.id));
  const terms = aCampaignForm({ targetUrl: `https://${from.domain}/products/beans`, ...overrides });
  const shared = await inShop(from.id, (tx) => shareOffer(tx, from, link!.id, terms, new Date()));
  await carry();
  return shared;
}

/** What the shop hears of its newest shared offer. */
export async function theirState(shop: Shop): Promise<string> {
  return (await inShop(shop.id, (tx) => listSharedOffers(tx, shop, new Date())))[0]!.theirState;
}

/** The only campaign of the shop that shows a partner's offer. */
export async function campaignAt(shop: Shop, { archived = false } = {}) {
  const [campaign] = await inShop(shop.id, (tx) => listCampaigns(tx, shop.id, { archived }));
  return campaign!;
}

export async function move(shop: Shop, id: string, step: CampaignStep): Promise<string> {
  return (await inShop(shop.id, (tx) => moveCampaign(tx, shop.id, id, step, new Date()))).status;
}
