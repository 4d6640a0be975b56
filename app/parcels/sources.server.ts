import { createHash, randomBytes } from "node:crypto";
import { seal, unseal } from "#app/db/seal";
import type { ShopId, Tx } from "#app/db/tx";
import { aftership } from "./sources/aftership";
import { feed } from "./sources/feed";
import type { FeedRow } from "./sources/feed-fields";
import type { TrackingSource } from "./sources/source";

/** The tracking sources of a shop, and the secret by which each is known. Secrets are sealed, and shown once at most. */

export const SOURCES = { aftership, feed } satisfies Record<string, TrackingSource>;
export type SourceKey = keyof typeof SOURCES;

export function isSource(key: string): key is SourceKey {
  return Object.hasOwn(SOURCES, key);
}

/** What the source pushes is kept in the inbox under this topic. */
export function topicOf(key: SourceKey): string {
  return `carriers/${key}`;
}

/** Rows of uploaded files go the same way. */
export const FILE_TOPIC = "carriers/file";
const ROWS_AT_ONCE = 200;

/** Keeps the rows of a file, good and bad, for the worker. The same file twice changes nothing. */
export async function keepFile(
  tx: Pick<Tx, "webhookInbox">,
  shopDomain: string,
  rows: FeedRow[],
): Promise<void> {
  const name = createHash("sha256").update(JSON.stringify(rows)).digest("hex").slice(0, 16);
  const starts = Array.from(
    { length: Math.ceil(rows.length / ROWS_AT_ONCE) },
    (_, index) => index * ROWS_AT_ONCE,
  );
  await tx.webhookInbox.createMany({
    data: starts.map((start) => ({
      shopDomain,
      webhookId: `file:${name}:rows from ${start + 1}`,
      topic: FILE_TOPIC,
      apiVersion: "",
      body: JSON.stringify({ scans: rows.slice(start, start + ROWS_AT_ONCE) }),
    })),
    skipDuplicates: true,
  });
}

const PURPOSE = "tracking-source";

export type SourceState = { key: SourceKey; madeAt: Date; heardAt: Date | null };

export async function sourcesOf(tx: Tx, shopId: ShopId): Promise<SourceState[]> {
  const rows = await tx.trackingSource.findMany({ where: { shopId }, orderBy: { key: "asc" } });
  return rows.flatMap(({ key, madeAt, heardAt }) => (isSource(key) ? [{ key, madeAt, heardAt }] : []));
}

/** Null where the shop has not connected this source. */
export async function sourceSecret(
  tx: Tx,
  shopId: ShopId,
  key: SourceKey,
  keys: { secret: string },
): Promise<string | null> {
  const row = await tx.trackingSource.findUnique({ where: { shopId_key: { shopId, key } } });
  return row && unseal(keys.secret, PURPOSE, row.secret, `${shopId}:${key}`);
}

/** Connects a source, or gives it another secret; the former one is worthless from now on. */
export async function connectSource(
  tx: Tx,
  shopId: ShopId,
  key: SourceKey,
  secret: string,
  keys: { secret: string },
  now: Date,
): Promise<void> {
  const sealed = { secret: seal(keys.secret, PURPOSE, secret, `${shopId}:${key}`), madeAt: now };
  await tx.trackingSource.upsert({
    where: { shopId_key: { shopId, key } },
    create: { shopId, key, ...sealed },
    update: sealed,
  });
}

export async function disconnectSource(tx: Tx, shopId: ShopId, key: SourceKey): Promise<void> {
  await tx.trackingSource.deleteMany({ where: { shopId, key } });
}

export async function noteHeard(tx: Tx, shopId: ShopId, key: SourceKey, now: Date): Promise<void> {
  await tx.trackingSource.updateMany({ where: { shopId, key }, data: { heardAt: now } });
}

export function newSourceSecret(): string {
  return `plt_${randomBytes(24).toString("base64url")}`;
}
