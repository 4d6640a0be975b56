import { newId } from "#app/db/id";
import type { ShopId, Tx } from "#app/db/tx";
import { publish } from "#app/queue/queue.server";
import { addAdvertiser } from "./advertisers.server";
import { takeBackShared } from "./partner-end.server";
import { stateAfter, type PartnerLink, type PartnerState } from "./partner";

/**
 * Who is whose partner. Each shop has a link of its own and never sees the other's; what one side does is carried to the
 * other by a job, which works in one shop at a time. Nobody becomes a partner without having said so themselves, and
 * however a partnership ends, nothing that was shared goes on, in either direction: should they become partners again, each
 * offer is shared and approved anew.
 */
type Self = { id: ShopId; domain: string };

export async function listPartners(tx: Tx, shopId: ShopId): Promise<PartnerLink[]> {
  const rows = await tx.partnerLink.findMany({
    where: { shopId },
    orderBy: [{ state: "asc" }, { createdAt: "desc" }],
  });
  return rows.map(({ id, partnerDomain, partnerName, state, goneAt }) => ({
    ...{ id, partnerDomain, partnerName, state },
    isGone: goneAt !== null,
  }));
}

export async function partnerById(
  tx: Tx,
  shopId: ShopId,
  id: string,
): Promise<Omit<PartnerLink, "isGone"> | null> {
  return tx.partnerLink.findUnique({ where: { shopId_id: { shopId, id } } });
}

/** Asks another shop. Whether it exists is not told: that is nobody's business. */
export async function invitePartner(
  tx: Tx,
  self: Self,
  partnerDomain: string,
  now: Date,
): Promise<{ status: "invited" | "agreed" | "already" | "self" }> {
  if (partnerDomain === self.domain) return { status: "self" };
  const known = await tx.partnerLink.findUnique({
    where: { shopId_partnerDomain: { shopId: self.id, partnerDomain } },
  });
  if (known?.state === "active" || known?.state === "invited") return { status: "already" };
  // They asked before: then both want it.
  const state: PartnerState = known?.state === "asked" ? "active" : "invited";
  const id = await writeLink(tx, self.id, { partnerDomain, state, known }, now);
  await publish(tx, "partner.link-changed", { shopId: self.id, linkId: id });
  return { status: state === "active" ? "agreed" : "invited" };
}

export async function answerPartner(
  tx: Tx,
  shopId: ShopId,
  id: string,
  answer: "accept" | "end",
  now: Date,
): Promise<{ status: "done" | "not-possible" }> {
  const known = await tx.partnerLink.findUnique({ where: { shopId_id: { shopId, id } } });
  const possible = answer === "accept" ? known?.state === "asked" : known !== null && known.state !== "ended";
  if (!known || !possible) return { status: "not-possible" };
  const state = answer === "accept" ? "active" : "ended";
  await writeLink(tx, shopId, { partnerDomain: known.partnerDomain, state, known }, now);
  await publish(tx, "partner.link-changed", { shopId, linkId: id });
  return { status: "done" };
}

export type ToldLink = { from: { id: ShopId; domain: string; name: string }; state: PartnerState };

/** The other side's state arrives here, carried by the job. */
export async function hearLink(tx: Tx, shopId: ShopId, { from, state }: ToldLink, now: Date): Promise<void> {
  const known = await tx.partnerLink.findUnique({
    where: { shopId_partnerDomain: { shopId, partnerDomain: from.domain } },
  });
  const next = stateAfter(known?.state ?? null, state);
  if (!next || (next === known?.state && known.partnerShopId === from.id)) return;
  const link = {
    partnerDomain: from.domain,
    partnerName: from.name,
    partnerShopId: from.id,
    state: next,
    known,
  };
  const id = await writeLink(tx, shopId, link, now);
  // They only asked, and hear now that we had asked too.
  if (next === "active" && state === "invited")
    await publish(tx, "partner.link-changed", { shopId, linkId: id });
}

/**
 * One of the two uninstalled the app. Nothing is told: each side ends its own link.
 *
 * @param goneAt when the partner left; null where this shop did
 */
export async function endPartnership(
  tx: Tx,
  shopId: ShopId,
  id: string,
  goneAt: Date | null,
  now: Date,
): Promise<void> {
  const known = await tx.partnerLink.findUnique({ where: { shopId_id: { shopId, id } } });
  if (!known || known.state === "ended") return;
  const { partnerDomain } = known;
  await writeLink(tx, shopId, { partnerDomain, state: "ended", goneAt, known }, now);
}

type LinkChange = {
  partnerDomain: string;
  partnerName?: string;
  partnerShopId?: ShopId;
  state: PartnerState;
  goneAt?: Date | null;
  known: { id: string } | null;
};

async function writeLink(
  tx: Tx,
  shopId: ShopId,
  { known, goneAt = null, ...change }: LinkChange,
  now: Date,
): Promise<string> {
  const id = known?.id ?? newId(now);
  const link = await tx.partnerLink.upsert({
    where: { shopId_id: { shopId, id } },
    create: { shopId, id, createdAt: now, updatedAt: now, goneAt, ...change },
    update: { ...change, goneAt, updatedAt: now },
  });
  await trustAdvertiser(tx, shopId, link, now);
  if (link.state === "ended") await takeBackShared(tx, shopId, id, now);
  return id;
}

/** A partner stands among the advertisers: approved as long as both sides want it. */
async function trustAdvertiser(
  tx: Tx,
  shopId: ShopId,
  { id, state, partnerDomain, partnerName }: Omit<PartnerLink, "isGone">,
  now: Date,
): Promise<void> {
  const source = { source: "partner" as const, sourceKey: id };
  if (state === "active") {
    const name = partnerName || partnerDomain;
    await addAdvertiser(tx, shopId, { ...source, name, domain: partnerDomain, status: "approved" }, now);
  }
  await tx.advertiser.updateMany({
    where: { shopId, ...source, status: { not: "blocked" } },
    data: {
      status: state === "active" ? "approved" : "rejected",
      ...(partnerName ? { name: partnerName } : {}),
    },
  });
}

export type PartnerAdvertiser = { id: string; name: string };

/** Also of a partner of the past: what was shown before the end is settled after it. */
export async function advertiserOfPartner(
  tx: Tx,
  shopId: ShopId,
  domain: string,
): Promise<PartnerAdvertiser | null> {
  const link = await tx.partnerLink.findUnique({
    where: { shopId_partnerDomain: { shopId, partnerDomain: domain } },
  });
  if (!link) return null;
  const key = { shopId, source: "partner", sourceKey: link.id };
  return tx.advertiser.findUnique({ where: { shopId_source_sourceKey: key } });
}

/** The shop behind an advertiser; null for one that is no partner, or that never agreed. */
export async function shopOfPartner(
  tx: Tx,
  shopId: ShopId,
  { source, sourceKey }: { source: string; sourceKey: string },
): Promise<ShopId | null> {
  if (source !== "partner") return null;
  const link = await tx.partnerLink.findUnique({ where: { shopId_id: { shopId, id: sourceKey } } });
  return link?.partnerShopId ?? null;
}
