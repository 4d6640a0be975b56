// What survives a restart: changed rows of every shop, installations, webhook log, bulk operations. Written a
// moment after a change, as a whole and in one step, so that a crash leaves the last good state.
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { BulkOperation } from "./admin-api/bulk.ts";
import type { InstallationsSnapshot } from "./oauth/installations.ts";
import type { StoreSnapshot } from "./store/state.ts";
import type { Delivery } from "./webhooks/sender.ts";

/** A snapshot belongs to the history it was made on; another history starts afresh. */
export type HistorySource = { kind: "generated"; orders: number } | { kind: "files"; folder: string };

export type DemoSnapshot = {
  version: 1;
  source: HistorySource;
  /** The day on which the history ends; keeps it the same at every start. */
  anchor: string;
  stores: Record<string, StoreSnapshot>;
  installations: InstallationsSnapshot;
  deliveries: Delivery[];
  bulk: BulkOperation[];
};

const WRITE_AFTER_MS = 300;

export function readSnapshot(file: string, source: HistorySource): DemoSnapshot | undefined {
  if (!existsSync(file)) return undefined;
  const snapshot = JSON.parse(readFileSync(file, "utf8")) as DemoSnapshot;
  const fits = snapshot.version === 1 && JSON.stringify(snapshot.source) === JSON.stringify(source);
  return fits ? snapshot : undefined;
}

export type SnapshotWriter = { schedule(): void; writeNow(): void };

/** `take` is asked for the state when it is time to write. Without a file nothing is written. */
export function createSnapshotWriter(file: string | undefined, take: () => DemoSnapshot): SnapshotWriter {
  let timer: NodeJS.Timeout | undefined;

  function writeNow(): void {
    clearTimeout(timer);
    timer = undefined;
    if (!file) return;
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(`${file}.new`, JSON.stringify(take()));
    renameSync(`${file}.new`, file);
  }

  return {
    schedule() {
      timer ??= setTimeout(writeNow, WRITE_AFTER_MS);
      timer.unref();
    },
    writeNow,
  };
}
