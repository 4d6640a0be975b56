import type { ShopId, Tx } from "#app/db/tx";
import type { CompanionRule } from "./companions.server";
import { isCollection, MOST_RULES } from "./collection-shelf.server";

/**
 * What the merchant says by collection: beside a product, or beside what is in a collection, always or never offer a
 * product or what is in a collection. Rules of two products are in companions.server.ts and count more.
 */

/** A product or a collection, as it is shown. */
export type Side = { gid: string; title: string; isCollection: boolean };
export type CollectionRuleRow = { beside: Side; other: Side; rule: CompanionRule };

/**
 * The shop's rules, the newest first; those of things that are gone are left out.
 * @param productGid only those that hold beside this product
 */
export async function collectionRules(
  tx: Tx,
  shopId: ShopId,
  productGid?: string,
): Promise<CollectionRuleRow[]> {
  const rows = await tx.collectionRule.findMany({
    where: { shopId },
    orderBy: [{ setAt: "desc" }, { gid: "asc" }, { otherGid: "asc" }],
  });
  const around =
    productGid === undefined
      ? null
      : await tx.collectionProduct.findMany({
          where: { shopId, productGid },
          select: { collectionGid: true },
        });
  const about = around && new Set([productGid, ...around.map(({ collectionGid }) => collectionGid)]);
  const shown = about ? rows.filter(({ gid }) => about.has(gid)) : rows;
  const titles = await titlesOf(
    tx,
    shopId,
    shown.flatMap(({ gid, otherGid }) => [gid, otherGid]),
  );
  const side = (gid: string): Side | null => {
    const title = titles.get(gid);
    return title === undefined ? null : { gid, title, isCollection: isCollection(gid) };
  };
  return shown.flatMap(({ gid, otherGid, rule }) => {
    const [beside, other] = [side(gid), side(otherGid)];
    return beside && other ? [{ beside, other, rule: rule as CompanionRule }] : [];
  });
}

async function titlesOf(tx: Tx, shopId: ShopId, gids: string[]): Promise<Map<string, string>> {
  if (gids.length === 0) return new Map();
  const where = { shopId, gid: { in: gids } };
  const [products, collections] = [
    await tx.product.findMany({ where: { ...where, deletedAt: null }, select: { gid: true, title: true } }),
    await tx.collection.findMany({ where, select: { gid: true, title: true } }),
  ];
  return new Map([...products, ...collections].map(({ gid, title }) => [gid, title]));
}

export type SetCollectionRule = {
  /** Beside this product or collection … */
  gid: string;
  /** … this product or collection. At least one of them is a collection. */
  otherGid: string;
  /** Null takes the rule back. */
  rule: CompanionRule | null;
};

/** `unknown`: one side is not in the shop, or no side is a collection. `too-many`: the shop has as many as it may have. */
export async function setCollectionRule(
  tx: Tx,
  shopId: ShopId,
  { gid, otherGid, rule }: SetCollectionRule,
  now: Date,
): Promise<{ status: "set" | "unknown" | "too-many" }> {
  if (rule === null) {
    await tx.collectionRule.deleteMany({ where: { shopId, gid, otherGid } });
    return { status: "set" };
  }
  const known = await titlesOf(tx, shopId, [gid, otherGid]);
  const isByCollection = isCollection(gid) || isCollection(otherGid);
  if (!isByCollection || !known.has(gid) || !known.has(otherGid)) return { status: "unknown" };
  const others = await tx.collectionRule.count({ where: { shopId, NOT: { gid, otherGid } } });
  if (others >= MOST_RULES) return { status: "too-many" };
  await tx.collectionRule.upsert({
    where: { shopId_gid_otherGid: { shopId, gid, otherGid } },
    create: { shopId, gid, otherGid, rule, setAt: now },
    update: { rule, setAt: now },
  });
  return { status: "set" };
}
