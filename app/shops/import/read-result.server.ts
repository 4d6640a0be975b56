import type { PoolClient } from "pg";
import { parseStorable } from "#app/db/storable";
import type { ImportRun } from "#app/generated/prisma/client";
import type { ImportPorts, ImportShop } from "./import-port";
import { endRun } from "./import-runs.server";

/**
 * Reads the result of a bulk operation: JSON lines, objects and their children mixed (`__parentId` joins them). Two
 * passes over the stream, first the objects, then the children, so that a child never comes before its parent and
 * memory holds one batch. Progress is saved with each batch, in its transaction: a killed process loses nothing, and
 * the next one goes on after the last batch.
 */
const BATCH_SIZE = 2_000;
/** One turn; then others get theirs, and a worker that shall stop can. */
const TURN_MS = 20_000;

type Pass = "roots" | "children";
const PROGRESS = { roots: "objectsDone", children: "linesDone" } as const;

/** @returns true: it moved on; call again until the run is no longer "reading" */
export async function readResult(ports: ImportPorts, shop: ImportShop, run: ImportRun): Promise<boolean> {
  const writer = ports.writers[run.kind];
  const reading: Reading = { ports, shop, run, until: Infinity };
  if ((await readPass(reading, "roots", writer.writeRoots)) === "paused") return true;
  const { writeChildren } = writer;
  if (writeChildren && (await readPass(reading, "children", writeChildren)) === "paused") return true;

  await ports.inShopRaw(async (client) => writer.finish?.(client, shop));
  await ports.inShop((tx) => endRun(tx, run, { status: "done" }, ports.now()));
  return true;
}

type Reading = { ports: ImportPorts; shop: ImportShop; run: ImportRun; until: number };
type Write = (client: PoolClient, shop: ImportShop, rows: unknown[]) => Promise<void>;

async function readPass(reading: Reading, pass: Pass, write: Write): Promise<"complete" | "paused"> {
  const batchSize = reading.ports.batchSize ?? BATCH_SIZE;
  const alreadyDone = reading.run[PROGRESS[pass]];
  let seen = 0;
  let batch: string[] = [];
  for await (const lines of reading.ports.openLines(reading.run.resultUrl!)) {
    for (const line of lines) {
      if (isChild(line) !== (pass === "children")) continue;
      if (seen++ < alreadyDone) continue;
      batch.push(line);
      if (batch.length < batchSize) continue;
      if (!(await saveBatch(reading, pass, seen - batch.length, batch, write))) return "paused";
      batch = [];
      if (performance.now() > reading.until) return "paused";
    }
  }
  if (batch.length > 0 && !(await saveBatch(reading, pass, seen - batch.length, batch, write)))
    return "paused";
  return "complete";
}

/** In a text value the quotes would be escaped, so this finds the key only. */
function isChild(line: string): boolean {
  return line.includes('"__parentId":');
}

/** @returns false where another process has taken over, or the import was cancelled */
async function saveBatch(
  reading: Reading,
  pass: Pass,
  expected: number,
  batch: string[],
  write: Write,
): Promise<boolean> {
  const { ports, shop, run } = reading;
  const column = PROGRESS[pass];
  reading.until = Math.min(reading.until, performance.now() + TURN_MS);
  const rows = batch.map((line) => parseStorable(line));
  return ports.inShopRaw(async (client) => {
    const claimed = await client.query(
      `UPDATE "ImportRun" SET "${column}" = $3, "updatedAt" = $4
       WHERE "shopId" = $1 AND id = $2 AND status = 'reading' AND "${column}" = $5`,
      [shop.id, run.id, expected + batch.length, ports.now(), expected],
    );
    if (claimed.rowCount === 0) return false;
    await write(client, shop, rows);
    return true;
  });
}
