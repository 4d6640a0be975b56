import type { PoolClient } from "pg";
import type { ShopId } from "#app/db/tx";
import { emptyModel, onlyBelieved, type Model } from "./model";
import { LAYOUT, unpackModel } from "./state";

/**
 * The model of a shop, for processes that only read it. A model that did not change since it was last asked for is not
 * read again; at most so many are kept, those that were asked for longest ago leave first.
 */
export type LoadedModel = { model: Model; keptShare: number; usualOrderMinor: number | null };

/** Half a megabyte each, as long as one width is believed. */
const MOST_KEPT = 200;

const kept = new Map<string, { version: string; model: Model }>();
const UNTAUGHT = emptyModel();

/** @param client in a transaction bound to the shop */
export async function loadModel(client: PoolClient, shopId: ShopId): Promise<LoadedModel> {
  const own = await client.query<Version & { keptShare: number; usualOrderMinor: number | null }>(
    `SELECT "keptShare", "usualOrderMinor", ${VERSION} FROM "DecisionModel" WHERE "shopId" = $1 AND layout = $2`,
    [shopId, LAYOUT],
  );
  const row = own.rows[0];
  if (row) {
    const { keptShare, usualOrderMinor } = row;
    return { model: await stateOf(client, String(shopId), row.version, shopId), keptShare, usualOrderMinor };
  }
  return { model: await sharedModel(client), keptShare: 1, usualOrderMinor: null };
}

/** What a shop starts from that has learnt nothing itself. Must not be changed: copy it. */
export async function sharedModel(client: PoolClient): Promise<Model> {
  const { rows } = await client.query<Version>(`SELECT ${VERSION} FROM "SharedModel" WHERE layout = $1`, [
    LAYOUT,
  ]);
  return rows[0] ? stateOf(client, "shared", rows[0].version, null) : UNTAUGHT;
}

type Version = { version: string };
/** Changes with every row that is written in its place. */
const VERSION = `xmin::text || ' ' || "updatedAt"::text AS version`;

async function stateOf(
  client: PoolClient,
  key: string,
  version: string,
  shopId: ShopId | null,
): Promise<Model> {
  const known = kept.get(key);
  kept.delete(key);
  if (known?.version === version) {
    kept.set(key, known);
    return known.model;
  }
  const { rows } = await (shopId === null
    ? client.query<State>(`SELECT state FROM "SharedModel" WHERE layout = $1`, [LAYOUT])
    : client.query<State>(`SELECT state FROM "DecisionModel" WHERE "shopId" = $1 AND layout = $2`, [
        shopId,
        LAYOUT,
      ]));
  const model = onlyBelieved(await unpackModel(rows[0]!.state));
  kept.set(key, { version, model });
  if (kept.size > MOST_KEPT) kept.delete(kept.keys().next().value!);
  return model;
}

type State = { state: Buffer };
