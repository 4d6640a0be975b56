import { newId } from "#app/db/id";
import type { ShopId, Tx } from "#app/db/tx";
import type { OfferCode, OfferDiscount } from "#app/generated/prisma/client";
import type { AdminClient } from "#app/shops/admin-client";
import { randomCode } from "./give-code.server";
import { addCodes, createDiscount, findDiscountByCode, type AddedCodes } from "./shopify-discounts.server";
import { takeBack } from "./taken.server";

/**
 * Makes the codes that shoppers were promised. Shopify knows no idempotency for discounts, so every request is noted
 * as "unknown" first; what is unknown is looked up by its code before it is asked for again. Running twice, at the same
 * time or after a crash gives each shopper one code and each set of terms one discount.
 */

/** Codes kept ready for the next shoppers: as many as a quarter of a day took, within these bounds. */
const LEAST_AHEAD = 10;
const MOST_AHEAD = 250;
const DAY = 24 * 60 * 60 * 1000;

/** How a step is stored: in a transaction of its own, so that a crash leaves a trace. */
type InShop = <Result>(work: (tx: Tx) => Promise<Result>) => Promise<Result>;

export type CodePorts = {
  admin: AdminClient;
  inShop: InShop;
  now: Date;
  currency: string;
  /** Shown in the merchant's list of discounts. */
  title: (offerName: string) => string;
};

/** @throws where Shopify could not be reached or was not done yet; the job is then tried again */
export async function createCode(shopId: ShopId, codeId: string, ports: CodePorts): Promise<void> {
  const discount = await ports.inShop((tx) => discountOf(tx, shopId, codeId));
  if (!discount) return;
  const made = await ensureDiscount(shopId, discount, ports);
  if (!made) return;
  await ensureCodes(shopId, made, ports);
}

/**
 * A code was given: more are made before the last one is gone, in one request each time half of them are used up.
 * @throws as `createCode`
 */
export async function refillCodes(shopId: ShopId, discountId: string, ports: CodePorts): Promise<void> {
  const discount = await ports.inShop(async (tx) => {
    const found = await tx.offerDiscount.findUnique({ where: { shopId_id: { shopId, id: discountId } } });
    if (!found?.discountGid || found.endsAt <= ports.now) return null;
    const ready = await readyCodes(tx, shopId, discountId);
    const wanted = await wantedAhead(tx, shopId, discountId, ports.now);
    return ready * 2 > wanted ? null : (found as MadeDiscount);
  });
  if (discount) await ensureCodes(shopId, discount, ports);
}

function readyCodes(tx: Tx, shopId: ShopId, discountId: string): Promise<number> {
  return tx.offerCode.count({
    where: { shopId, discountId, decisionId: null, state: { in: ["pending", "unknown", "created"] } },
  });
}

/** Ids of codes tell when they were made, not when they were given; the decision's id tells that. */
async function wantedAhead(tx: Tx, shopId: ShopId, discountId: string, now: Date): Promise<number> {
  const [row] = await tx.$queryRaw<{ given: number }[]>`
    SELECT count(*)::int AS given FROM "OfferCode" c
    JOIN "Decision" d ON d."shopId" = c."shopId" AND d.id = c."decisionId"
    WHERE c."shopId" = ${shopId} AND c."discountId" = ${discountId}::uuid
      AND d."decidedAt" > ${new Date(now.getTime() - DAY)}`;
  return Math.min(MOST_AHEAD, Math.max(LEAST_AHEAD, Math.ceil((row?.given ?? 0) / 4)));
}

async function discountOf(tx: Tx, shopId: ShopId, codeId: string) {
  const code = await tx.offerCode.findUnique({ where: { shopId_id: { shopId, id: codeId } } });
  if (!code?.discountId || code.state === "created" || code.state === "used" || code.state === "failed")
    return null;
  return tx.offerDiscount.findUnique({
    where: { shopId_id: { shopId, id: code.discountId } },
    include: { offer: { select: { name: true } } },
  });
}

type Discount = OfferDiscount & { offer: { name: string } };
type MadeDiscount = OfferDiscount & { discountGid: string };

async function ensureDiscount(
  shopId: ShopId,
  discount: Discount,
  ports: CodePorts,
): Promise<MadeDiscount | null> {
  const where = { shopId_id: { shopId, id: discount.id } };
  if (discount.discountGid) return discount as MadeDiscount;
  if (discount.state === "failed") {
    await ports.inShop((tx) => failCodes(tx, shopId, discount.id, discount.error ?? ""));
    return null;
  }
  const known =
    discount.state === "unknown" ? await findDiscountByCode(ports.admin, discount.firstCode) : null;
  const answer = known ? ({ status: "created", gid: known } as const) : await ask();
  if (answer.status === "refused") {
    await ports.inShop(async (tx) => {
      await tx.offerDiscount.update({ where, data: { state: "failed", error: answer.problem } });
      await failCodes(tx, shopId, discount.id, answer.problem);
    });
    return null;
  }
  return ports.inShop(async (tx) => {
    const { firstCode } = discount;
    await tx.offerCode.updateMany({
      where: { shopId, discountId: discount.id, code: firstCode, state: { in: ["pending", "unknown"] } },
      data: { state: "created" },
    });
    const made = await tx.offerDiscount.update({
      where,
      data: { state: "created", discountGid: answer.gid },
    });
    return made as MadeDiscount;
  });

  async function ask() {
    await ports.inShop((tx) => tx.offerDiscount.update({ where, data: { state: "unknown" } }));
    return createDiscount(ports.admin, {
      title: ports.title(discount.offer.name),
      code: discount.firstCode,
      productGid: discount.productGid,
      percent: discount.discountPercent,
      minimumMinor: discount.minimumMinor,
      currency: ports.currency,
      startsAt: discount.createdAt,
      endsAt: discount.endsAt,
    });
  }
}

async function failCodes(tx: Tx, shopId: ShopId, discountId: string, error: string): Promise<void> {
  const failed = await tx.offerCode.updateManyAndReturn({
    where: { shopId, discountId, state: { in: ["pending", "unknown"] } },
    data: { state: "failed", error },
  });
  for (const { offerId, decisionId, position } of failed) {
    if (decisionId && position !== null) await takeBack(tx, shopId, { offerId, decisionId, position });
  }
}

/** Makes the codes that wait, and some ahead. */
async function ensureCodes(shopId: ShopId, discount: MadeDiscount, ports: CodePorts): Promise<void> {
  const open = await ports.inShop((tx) => openCodes(tx, shopId, discount, ports.now));
  const missing: OfferCode[] = [];
  for (const code of open) {
    const isThere = code.state === "unknown" && (await findDiscountByCode(ports.admin, code.code)) !== null;
    if (isThere) await ports.inShop((tx) => settle(tx, shopId, [code.code], null));
    else missing.push(code);
  }
  if (missing.length === 0) return;

  const codes = missing.map(({ code }) => code);
  await ports.inShop((tx) =>
    tx.offerCode.updateMany({
      where: { shopId, code: { in: codes }, state: "pending" },
      data: { state: "unknown" },
    }),
  );
  const added = await addCodes(ports.admin, discount.discountGid, codes);
  const { known, refused } = await lookUp(discount.discountGid, added.refused, ports.admin);
  await ports.inShop(async (tx) => {
    await settle(tx, shopId, [...added.created, ...known], null);
    for (const { code, problem } of refused) await settle(tx, shopId, [code], problem);
  });
  if (!added.done) throw new Error("Shopify is still making the codes");
}

/** A code that is taken may be ours: another worker asked at the same time. */
async function lookUp(discountGid: string, refused: AddedCodes["refused"], admin: AdminClient) {
  const known: string[] = [];
  for (const { code } of refused) {
    if ((await findDiscountByCode(admin, code)) === discountGid) known.push(code);
  }
  return { known, refused: refused.filter(({ code }) => !known.includes(code)) };
}

/** Codes of this discount that Shopify has not confirmed, filled up with some for the next shoppers. */
async function openCodes(tx: Tx, shopId: ShopId, discount: OfferDiscount, now: Date): Promise<OfferCode[]> {
  // Two jobs for one discount must not both make codes ahead.
  await tx.$queryRaw`SELECT 1 FROM "OfferDiscount" WHERE "shopId" = ${shopId} AND id = ${discount.id}::uuid FOR UPDATE`;
  const ready = await readyCodes(tx, shopId, discount.id);
  const wanted = await wantedAhead(tx, shopId, discount.id, now);
  const sample = await tx.offerCode.findFirstOrThrow({ where: { shopId, discountId: discount.id } });
  const ahead = Array.from({ length: Math.max(0, wanted - ready) }, () => ({
    shopId,
    id: newId(now),
    offerId: discount.offerId,
    discountId: discount.id,
    productGid: discount.productGid,
    variantGid: sample.variantGid,
    code: randomCode(),
    state: "pending" as const,
    expiresAt: discount.endsAt,
    createdAt: now,
  }));
  await tx.offerCode.createMany({ data: ahead, skipDuplicates: true });
  return tx.offerCode.findMany({
    where: { shopId, discountId: discount.id, state: { in: ["pending", "unknown"] } },
    orderBy: { id: "asc" },
    take: 250,
  });
}

/** What was made stays made, whatever another worker was told about it. */
async function settle(tx: Tx, shopId: ShopId, codes: string[], error: string | null): Promise<void> {
  const open: OfferCode["state"][] = ["pending", "unknown"];
  await tx.offerCode.updateMany({
    where: { shopId, code: { in: codes }, state: { in: error === null ? [...open, "failed"] : open } },
    data: error === null ? { state: "created" } : { state: "failed", error },
  });
}
