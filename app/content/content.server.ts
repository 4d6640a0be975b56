import { newId } from "#app/db/id";
import type { ShopId, Tx } from "#app/db/tx";
import type { Tip as TipRow } from "#app/generated/prisma/client";
import type { Locale } from "#app/shops/settings";
import {
  TIP_KINDS,
  tipIn,
  tipsOf,
  type Tip,
  type TipForm,
  type TipKind,
  type TippedProduct,
  type ToldTip,
} from "./tip";

/**
 * The content library: what a shop has to say about its products, written once and told wherever it helps (tracking
 * page, mails, account). The most specific tip speaks: one about the product itself stands before one about its type.
 */

/** What a shopper is told, and about which of the products that were asked for. */
export type TipFor = ToldTip & { productGids: string[] };

/** A shop has no more tips than a page can list. */
const MOST_TIPS = 500;

/**
 * The tips for these products in one language, each tip once: first steps, then how-tos, then care.
 * @param asked `kind` left out: all kinds
 */
export async function contentFor(
  tx: Tx,
  shopId: ShopId,
  asked: { productGids: string[]; kind?: TipKind },
  locale: Locale,
): Promise<TipFor[]> {
  if (asked.productGids.length === 0) return [];
  const products = await productsWith(tx, shopId, asked.productGids);
  const keys = products.flatMap(({ gid, collections, tags, productType }) => [
    gid,
    ...collections,
    ...tags,
    productType,
  ]);
  const rows = await tx.tip.findMany({
    where: {
      ...{ shopId, kind: asked.kind, archivedAt: null },
      OR: [{ scope: "everything" }, { keys: { hasSome: keys } }],
    },
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
    take: MOST_TIPS,
  });
  const tips = rows.map(readTip);
  const told = new Map<string, TipFor>();
  for (const product of products) {
    for (const tip of tipsOf(product, tips)) {
      const text = told.get(tip.id) ?? tipIn(tip, locale);
      if (text) told.set(tip.id, { ...text, productGids: [...aboutSoFar(told, tip.id), product.gid] });
    }
  }
  return [...told.values()].sort((a, b) => TIP_KINDS.indexOf(a.kind) - TIP_KINDS.indexOf(b.kind));
}

function aboutSoFar(told: Map<string, TipFor>, id: string): string[] {
  return told.get(id)?.productGids ?? [];
}

/** What is asked of the products, in the order in which they were named. */
async function productsWith(tx: Tx, shopId: ShopId, gids: string[]): Promise<TippedProduct[]> {
  const products = await tx.product.findMany({
    where: { shopId, gid: { in: gids } },
    select: { gid: true, tags: true, productType: true },
  });
  const memberships = await tx.collectionProduct.findMany({ where: { shopId, productGid: { in: gids } } });
  return products
    .sort((a, b) => gids.indexOf(a.gid) - gids.indexOf(b.gid))
    .map((product) => ({
      ...product,
      collections: memberships
        .filter(({ productGid }) => productGid === product.gid)
        .map(({ collectionGid }) => collectionGid),
    }));
}

/** Titles of the shop's collections by gid, by title. */
export async function collectionTitles(tx: Tx, shopId: ShopId): Promise<Record<string, string>> {
  const rows = await tx.collection.findMany({ where: { shopId }, orderBy: { title: "asc" }, take: 500 });
  return Object.fromEntries(rows.map(({ gid, title }) => [gid, title]));
}

/** All tips, newest first; the archived ones only on request. */
export async function listTips(tx: Tx, shopId: ShopId, { archived = false } = {}): Promise<Tip[]> {
  const rows = await tx.tip.findMany({
    where: { shopId, archivedAt: archived ? { not: null } : null },
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
    take: MOST_TIPS,
  });
  return rows.map(readTip);
}

export async function tipById(
  tx: Tx,
  shopId: ShopId,
  id: string,
): Promise<(Tip & { isArchived: boolean; updatedAt: Date }) | null> {
  const row = await tx.tip.findUnique({ where: { shopId_id: { shopId, id } } });
  return row && { ...readTip(row), isArchived: row.archivedAt !== null, updatedAt: row.updatedAt };
}

export type TipSaved =
  | { status: "saved"; id: string }
  | { status: "invalid"; problems: Record<string, string> }
  | { status: "unknown" }
  /** Somebody saved it since `seen`. */
  | { status: "changed" };

/**
 * Writes a tip; shoppers see it from now on.
 * @param id null for a new one
 * @param seen when it was last changed, as far as the writer knows; left out: whatever is stored is replaced
 */
export async function saveTip(
  tx: Tx,
  shopId: ShopId,
  id: string | null,
  form: TipForm,
  now: Date,
  seen?: Date,
): Promise<TipSaved> {
  if (form.scope === "products" && !(await areOurs(tx, shopId, form.keys)))
    return { status: "invalid", problems: { keys: "One of these products is gone. Take it away." } };
  const data = { ...form, ...keysAndTexts(form), updatedAt: now };
  if (id) {
    const { count } = await tx.tip.updateMany({
      where: { shopId, id, ...(seen && { updatedAt: seen }) },
      data,
    });
    if (count > 0) return { status: "saved", id };
    return { status: (await tx.tip.count({ where: { shopId, id } })) > 0 ? "changed" : "unknown" };
  }
  if ((await tx.tip.count({ where: { shopId, archivedAt: null } })) >= MOST_TIPS)
    return { status: "invalid", problems: { "": `A library holds ${MOST_TIPS} tips. Archive some first.` } };
  const created = await tx.tip.create({ data: { ...data, shopId, id: newId(now), createdAt: now } });
  return { status: "saved", id: created.id };
}

async function areOurs(tx: Tx, shopId: ShopId, gids: string[]): Promise<boolean> {
  const wanted = new Set(gids);
  return (await tx.product.count({ where: { shopId, gid: { in: [...wanted] } } })) === wanted.size;
}

/** Languages that were opened and left empty are not kept, nor keys of a scope that has none. */
function keysAndTexts({ scope, keys, texts }: TipForm): Pick<TipForm, "keys" | "texts"> {
  return {
    keys: scope === "everything" ? [] : [...new Set(keys)],
    texts: Object.fromEntries(Object.entries(texts).filter(([, { title }]) => title !== "")),
  };
}

/** Takes a tip from all pages and mails; `restoreTip` brings it back. */
export async function archiveTip(
  tx: Tx,
  shopId: ShopId,
  id: string,
  now: Date,
): Promise<{ status: "moved" | "unknown" }> {
  return move(tx, shopId, id, now, now);
}

export async function restoreTip(
  tx: Tx,
  shopId: ShopId,
  id: string,
  now: Date,
): Promise<{ status: "moved" | "unknown" }> {
  return move(tx, shopId, id, null, now);
}

async function move(tx: Tx, shopId: ShopId, id: string, archivedAt: Date | null, now: Date) {
  const { count } = await tx.tip.updateMany({ where: { shopId, id }, data: { archivedAt, updatedAt: now } });
  return { status: count > 0 ? ("moved" as const) : ("unknown" as const) };
}

function readTip({ id, kind, scope, keys, imageUrl, texts }: TipRow): Tip {
  return { id, keys, imageUrl, kind, scope, texts } as Tip;
}
