import { acrossShops, inShop } from "#app/db/in-shop.server";
import type { ShopId, Tx } from "#app/db/tx";
import type { Shop } from "#app/generated/prisma/client";
import { enqueue, type JobHandlers } from "#app/queue/queue.server";
import { settle } from "#app/sponsored/ledger.server";
import { endPartnership, hearLink, shopOfPartner } from "#app/sponsored/partner-links.server";
import { hearEntry, notHeard, tellingOf, toldBefore } from "#app/sponsored/partner-money.server";
import { hearOffer, hearState, stateHere } from "#app/sponsored/partner-offers.server";
import type { Ports, Sweep } from "./ports.server";

export type PartnerJob =
  | "sponsored.collect-invitations"
  | "sponsored.tell-link"
  | "sponsored.tell-offer"
  | "sponsored.tell-state"
  | "sponsored.tell-charge";

/** What one partner does is told to the other: read in the one shop, written in the other, never both at once. */
export function partnerJobs(ports: Ports): Pick<JobHandlers, PartnerJob> {
  return {
    "sponsored.collect-invitations": ({ shopId }) => collectInvitations(shopId),
    "sponsored.tell-link": ({ shopId, linkId }) => tellLink(shopId, linkId, ports.now()),
    "sponsored.tell-offer": ({ shopId, offerId }) => tellOffer(shopId, offerId, ports.now()),
    "sponsored.tell-state": ({ shopId, campaignId }) => tellState(shopId, campaignId),
    "sponsored.tell-charge": ({ shopId, entryId }) => tellEntry(shopId, entryId, ports.now()),
  };
}

/** Others may have invited this shop before it installed the app. */
async function collectInvitations(shopId: ShopId): Promise<void> {
  const { domain } = await inShop(shopId, (tx) => shopOf(tx, shopId));
  const invitations = await acrossShops((tx) =>
    tx.partnerLink.findMany({
      where: { partnerDomain: domain, state: "invited" },
      select: { shopId: true, id: true },
    }),
  );
  for (const { shopId: inviter, id: linkId } of invitations) {
    await inShop(inviter, (tx) => enqueue(tx, "sponsored.tell-link", { shopId: inviter, linkId }));
  }
}

async function tellLink(shopId: ShopId, linkId: string, now: Date): Promise<void> {
  const [from, link] = await inShop(shopId, async (tx) => [
    await shopOf(tx, shopId),
    await tx.partnerLink.findUnique({ where: { shopId_id: { shopId, id: linkId } } }),
  ]);
  const partner =
    link && (await inShop(shopId, (tx) => tx.shop.findUnique({ where: { domain: link.partnerDomain } })));
  if (partner?.status !== "installed") return;
  await inShop(partner.id, (tx) => hearLink(tx, partner.id, { from, state: link!.state }, now));
}

async function tellOffer(shopId: ShopId, offerId: string, now: Date): Promise<void> {
  const { from, offer } = await inShop(shopId, async (tx) => ({
    from: await shopOf(tx, shopId),
    offer: await tx.partnerOffer.findUnique({
      where: { shopId_id: { shopId, id: offerId } },
      include: { link: true },
    }),
  }));
  const partnerShopId = offer?.link.partnerShopId;
  if (!offer || !partnerShopId) return;
  const { terms, withdrawn } = offer;
  const state = await inShop(partnerShopId, async (tx) =>
    hearOffer(
      tx,
      await shopOf(tx, partnerShopId),
      { fromDomain: from.domain, offerId, terms, withdrawn },
      now,
    ),
  );
  await inShop(shopId, (tx) => hearState(tx, shopId, offerId, state));
}

/** Only a partner's campaign has somebody who waits to hear of it. */
async function tellState(shopId: ShopId, campaignId: string): Promise<void> {
  const found = await inShop(shopId, async (tx) => {
    const campaign = await tx.sponsoredCampaign.findUnique({
      where: { shopId_id: { shopId, id: campaignId } },
      include: { advertiser: true },
    });
    const partnerShopId = campaign && (await shopOfPartner(tx, shopId, campaign.advertiser));
    if (!partnerShopId) return null;
    const state = (await stateHere(tx, shopId, campaignId))!;
    return { offerId: campaign.sourceKey, partnerShopId, state };
  });
  if (!found) return;
  const { offerId, partnerShopId, state } = found;
  await inShop(partnerShopId, (tx) => hearState(tx, partnerShopId, offerId, state));
}

/** Jobs may overtake one another, so what the partner must know before is told first. */
async function tellEntry(shopId: ShopId, entryId: string, now: Date): Promise<void> {
  const { partnerShopId, earlier, chargeId } = await inShop(shopId, async (tx) => ({
    partnerShopId: (await tellingOf(tx, shopId, entryId))?.partnerShopId,
    ...(await toldBefore(tx, shopId, entryId)),
  }));
  if (!partnerShopId) return;
  // Also one that was told: whether our ledger followed the answer is not known.
  if (chargeId) await tellEntry(shopId, chargeId, now);
  const missing = await inShop(partnerShopId, (tx) => notHeard(tx, partnerShopId, shopId, earlier));
  for (const one of missing) await tellWithCharge(shopId, one, now);
  await tellOne(shopId, entryId, now);
}

/** What was booked before it is told already. */
async function tellWithCharge(shopId: ShopId, entryId: string, now: Date): Promise<void> {
  const { chargeId } = await inShop(shopId, (tx) => toldBefore(tx, shopId, entryId));
  if (chargeId) await tellOne(shopId, chargeId, now);
  await tellOne(shopId, entryId, now);
}

/** The partner answers what it agreed to, and our own ledger follows. Told again, neither side books anything. */
async function tellOne(shopId: ShopId, entryId: string, now: Date): Promise<void> {
  const [telling, from] = await inShop(shopId, async (tx) => [
    await tellingOf(tx, shopId, entryId),
    await shopOf(tx, shopId),
  ]);
  if (!telling) return;
  const { partnerShopId, told } = telling;
  const agreedMinor = await inShop(partnerShopId, (tx) =>
    hearEntry(tx, partnerShopId, { ...told, fromDomain: from.domain }, now),
  );
  if (agreedMinor === null) return;
  const toldMinor = told.amountMinor;
  await inShop(shopId, (tx) => settle(tx, shopId, entryId, { toldMinor, agreedMinor }, now));
}

function shopOf(tx: Tx, shopId: ShopId): Promise<Shop> {
  return tx.shop.findUniqueOrThrow({ where: { id: shopId } });
}

type GoneLink = { shopId: ShopId; id: string; leftAt: Date | null };

/**
 * Partnerships of which one side uninstalled the app, be it gone, erased or back again: who comes back starts anew. An
 * invitation that nobody answered waits on for a shop that may install the app later.
 */
const endGonePartnerships: Sweep = {
  name: "sponsored.end-gone-partnerships",
  everySeconds: 60,
  run: async (ports) => {
    const due = await acrossShops(
      (tx) => tx.$queryRaw<GoneLink[]>`
        SELECT link."shopId", link.id, coalesce(partner."uninstalledAt", partner."installedAt") AS "leftAt"
        FROM "PartnerLink" link
        JOIN "Shop" own ON own.id = link."shopId"
        LEFT JOIN "Shop" partner ON partner.id = link."partnerShopId" AND link.state <> 'invited'
          AND (partner.status <> 'installed' OR partner."installedAt" > link."updatedAt")
        WHERE link.state <> 'ended'
          AND (partner.id IS NOT NULL OR own.status <> 'installed' OR own."installedAt" > link."updatedAt")
        LIMIT 500`,
    );
    for (const { shopId, id, leftAt } of due) {
      await inShop(shopId, (tx) => endPartnership(tx, shopId, id, leftAt, ports.now()));
    }
    return due.length;
  },
};

export const partnerSweeps: Sweep[] = [endGonePartnerships];
