import { randomBytes } from "node:crypto";
import { seal, unseal } from "#app/db/seal";
import { newId } from "#app/db/id";
import type { ShopId, Tx } from "#app/db/tx";
import { publish } from "#app/queue/queue.server";
import {
  readAdvertiser,
  type Advertiser,
  type AdvertiserForm,
  type AdvertiserSource,
  type ApprovalStatus,
} from "./advertiser";

/**
 * Advertisers and the secrets that sign their postbacks. A secret is told once, when it is made; the one before it works
 * for another day, so that an advertiser can change over without losing a sale.
 */
type Keys = { secret: string };

const PURPOSE = "postback-secret";
const OVERLAP_MS = 24 * 60 * 60 * 1000;

export async function listAdvertisers(tx: Tx, shopId: ShopId): Promise<Advertiser[]> {
  const rows = await tx.advertiser.findMany({
    where: { shopId },
    orderBy: [{ status: "asc" }, { createdAt: "desc" }],
    take: 300,
  });
  return rows.map(readAdvertiser);
}

export async function advertiserById(tx: Tx, shopId: ShopId, id: string): Promise<Advertiser | null> {
  const row = await tx.advertiser.findUnique({ where: { shopId_id: { shopId, id } } });
  return row && readAdvertiser(row);
}

export type NewAdvertiser = AdvertiserForm & {
  source?: AdvertiserSource;
  sourceKey?: string;
  status?: ApprovalStatus;
};

/** @returns the advertiser's id; told again under the same source key, that of the one there is */
export async function addAdvertiser(
  tx: Tx,
  shopId: ShopId,
  advertiser: NewAdvertiser,
  now: Date,
): Promise<string> {
  const id = newId(now);
  const { name, domain, source = "merchant", sourceKey = id, status = "waiting" } = advertiser;
  await tx.advertiser.createMany({
    data: [{ shopId, id, name, domain, source, sourceKey, status, createdAt: now, updatedAt: now }],
    skipDuplicates: true,
  });
  const row = await tx.advertiser.findUniqueOrThrow({
    where: { shopId_source_sourceKey: { shopId, source, sourceKey } },
  });
  return row.id;
}

const STEPS = {
  approve: { from: ["waiting", "rejected"], to: "approved" },
  reject: { from: ["waiting", "approved"], to: "rejected" },
  block: { from: ["waiting", "approved", "rejected"], to: "blocked" },
  /** Takes a rejection or a block back: it waits for approval again. */
  reconsider: { from: ["rejected", "blocked"], to: "waiting" },
} as const satisfies Record<string, { from: readonly ApprovalStatus[]; to: ApprovalStatus }>;
export type AdvertiserStep = keyof typeof STEPS;

export async function moveAdvertiser(
  tx: Tx,
  shopId: ShopId,
  id: string,
  step: AdvertiserStep,
  now: Date,
): Promise<{ status: "moved" | "not-possible" | "partner-gone" }> {
  const { from, to } = STEPS[step];
  if (to === "approved" && (await isPartnerGone(tx, shopId, id))) return { status: "partner-gone" };
  const moved = await tx.advertiser.updateMany({
    where: { shopId, id, status: { in: [...from] } },
    data: { status: to, updatedAt: now },
  });
  if (moved.count === 0) return { status: "not-possible" };
  await tellPartners(tx, shopId, { id });
  return { status: "moved" };
}

/** What speaks for or against an advertiser does so for its campaigns; a partner hears what became of its offers. */
export async function tellPartners(tx: Tx, shopId: ShopId, { id }: { id?: string } = {}): Promise<void> {
  const campaigns = await tx.sponsoredCampaign.findMany({
    where: {
      shopId,
      status: { in: ["waiting", "live", "paused"] },
      advertiser: { source: "partner", ...(id ? { id } : {}) },
    },
    select: { id: true },
  });
  for (const campaign of campaigns) await publish(tx, "campaign.judged", { shopId, campaignId: campaign.id });
}

/** True of a partner that is none any more: one side ended it, and one side alone cannot take it up again. */
export async function isPartnerGone(tx: Tx, shopId: ShopId, id: string): Promise<boolean> {
  const advertiser = await tx.advertiser.findUnique({ where: { shopId_id: { shopId, id } } });
  if (advertiser?.source !== "partner") return false;
  const link = await tx.partnerLink.findUnique({
    where: { shopId_id: { shopId, id: advertiser.sourceKey } },
  });
  return link?.state !== "active";
}

/** @returns the new secret, to be shown once; null where the advertiser is not ours */
export async function makeSecret(
  tx: Tx,
  shopId: ShopId,
  id: string,
  keys: Keys,
  now: Date,
): Promise<string | null> {
  const secret = `pls_${randomBytes(32).toString("base64url")}`;
  return (await setSecret(tx, shopId, id, secret, keys, now)) ? secret : null;
}

/** For a secret that the other side chose. */
export async function setSecret(
  tx: Tx,
  shopId: ShopId,
  id: string,
  secret: string,
  keys: Keys,
  now: Date,
): Promise<boolean> {
  const sealed = seal(keys.secret, PURPOSE, secret, contextOf(shopId, id));
  const changed = await tx.$executeRaw`
    UPDATE "Advertiser" SET "previousSecret" = secret, secret = ${sealed}, "secretMadeAt" = ${now}, "updatedAt" = ${now}
    WHERE "shopId" = ${shopId} AND id = ${id}::uuid`;
  return changed > 0;
}

/** Secrets that a postback may be signed with now. */
export async function secretsOf(
  tx: Tx,
  shopId: ShopId,
  id: string,
  keys: Keys,
  now: Date,
): Promise<string[]> {
  const row = await tx.advertiser.findUnique({ where: { shopId_id: { shopId, id } } });
  if (!row?.secret) return [];
  const overlaps = row.secretMadeAt !== null && now.getTime() - row.secretMadeAt.getTime() < OVERLAP_MS;
  const sealed = [row.secret, ...(overlaps && row.previousSecret ? [row.previousSecret] : [])];
  return sealed.map((one) => unseal(keys.secret, PURPOSE, one, contextOf(shopId, id)));
}

/** A secret sealed for one advertiser opens for no other. */
function contextOf(shopId: ShopId, id: string): string {
  return `${shopId}:${id}`;
}
