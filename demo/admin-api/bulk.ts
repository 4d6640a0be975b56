// Bulk operations: they run in the background at a visible pace, write a file, and announce their end.
// Files and the list of operations survive a restart; one that was running starts again.
import { once } from "node:events";
import { createWriteStream, mkdirSync, statSync } from "node:fs";
import path from "node:path";
import { finished } from "node:stream/promises";
import { setTimeout as delay } from "node:timers/promises";
import { GraphQLError } from "graphql";
import { secretToken } from "../store/ids.ts";
import { bulkLines } from "./bulk-lines.ts";
import { parseBulkQuery, type BulkQuery } from "./bulk-query.ts";
import type { AdminContext } from "./context.ts";

export type BulkOperation = {
  id: number;
  shop: string;
  query: string;
  grouped: boolean;
  scopes: string[];
  status: "CREATED" | "RUNNING" | "COMPLETED" | "FAILED" | "CANCELED";
  errorCode: "ACCESS_DENIED" | "INTERNAL_SERVER_ERROR" | null;
  objectCount: number;
  rootObjectCount: number;
  fileSize: number | null;
  file: string;
  createdAt: string;
  completedAt: string | null;
};

type StartResult = { operation: BulkOperation } | { problem: string; code: string };

export type BulkOperations = {
  folder: string;
  start(query: string, grouped: boolean, context: AdminContext): StartResult;
  find(shop: string, id: number): BulkOperation | undefined;
  cancel(operation: BulkOperation): void;
  all(): BulkOperation[];
  /** Takes up saved operations; unfinished ones run again with the given context. */
  restore(saved: BulkOperation[], contextFor: (operation: BulkOperation) => AdminContext | undefined): void;
  /** Cancels and forgets every operation. */
  clear(): void;
  stop(): void;
};

const MOST_RUNNING = 5;
const CHUNK = 400;

export function createBulkOperations(options: {
  folder: string;
  objectsPerSecond: number;
  onFinish: (operation: BulkOperation) => void;
  onChange: () => void;
  log: (shop: string, message: string) => void;
}): BulkOperations {
  const operations: BulkOperation[] = [];
  let stopped = false;

  function start(query: string, grouped: boolean, context: AdminContext): StartResult {
    const bulk = parseBulkQuery(query);
    if ("problem" in bulk) return { problem: bulk.problem, code: "INVALID" };
    const shop = context.store.shop().domain;
    const running = operations.filter((entry) => entry.shop === shop && isOpen(entry));
    if (running.length >= MOST_RUNNING) {
      return {
        problem: "A bulk query operation for this app and shop is already in progress.",
        code: "OPERATION_IN_PROGRESS",
      };
    }
    const operation: BulkOperation = {
      id: context.store.newId(),
      shop,
      query,
      grouped,
      scopes: [...context.scopes],
      status: "CREATED",
      errorCode: null,
      objectCount: 0,
      rootObjectCount: 0,
      fileSize: null,
      file: `bulk-${secretToken()}.jsonl`,
      createdAt: context.clock.iso(),
      completedAt: null,
    };
    operations.push(operation);
    options.onChange();
    void run(operation, bulk, context);
    return { operation };
  }

  async function run(operation: BulkOperation, bulk: BulkQuery, context: AdminContext): Promise<void> {
    await delay(20);
    if (operation.status === "CANCELED") return;
    Object.assign(operation, { status: "RUNNING", objectCount: 0, rootObjectCount: 0 });
    try {
      await writeLines(operation, bulk, context);
      if (operation.status !== "RUNNING") return;
      operation.status = "COMPLETED";
    } catch (error) {
      const denied = error instanceof GraphQLError && error.extensions.code === "ACCESS_DENIED";
      operation.status = "FAILED";
      operation.errorCode = denied ? "ACCESS_DENIED" : "INTERNAL_SERVER_ERROR";
      options.log(operation.shop, `bulk operation failed: ${(error as Error).message}`);
    }
    if (stopped) return;
    operation.completedAt = context.clock.iso();
    options.log(operation.shop, `bulk operation ${operation.status}, ${operation.objectCount} objects`);
    options.onChange();
    options.onFinish(operation);
  }

  async function writeLines(operation: BulkOperation, bulk: BulkQuery, context: AdminContext): Promise<void> {
    mkdirSync(options.folder, { recursive: true });
    const file = path.join(options.folder, operation.file);
    const output = createWriteStream(file);
    const startedAt = Date.now();
    let chunk: string[] = [];
    const flush = async () => {
      if (!output.write(chunk.join(""))) await once(output, "drain");
      chunk = [];
      const wanted = (operation.objectCount / options.objectsPerSecond) * 1000;
      await delay(Math.max(0, wanted - (Date.now() - startedAt)));
    };
    for (const line of bulkLines(bulk, operation.grouped, context)) {
      if (stopped || operation.status !== "RUNNING") break;
      chunk.push(`${line.json}\n`);
      operation.objectCount += 1;
      if (line.isRoot) operation.rootObjectCount += 1;
      if (chunk.length >= CHUNK) await flush();
    }
    await flush();
    output.end();
    await finished(output);
    operation.fileSize = statSync(file).size;
  }

  return {
    folder: options.folder,
    start,
    find: (shop, id) => operations.find((operation) => operation.shop === shop && operation.id === id),
    cancel(operation) {
      if (isOpen(operation)) operation.status = "CANCELED";
      options.onChange();
    },
    all: () => operations,
    restore(saved, contextFor) {
      for (const operation of saved) {
        operations.push(operation);
        const context = isOpen(operation) ? contextFor(operation) : undefined;
        const bulk = parseBulkQuery(operation.query);
        if (context && !("problem" in bulk)) void run(operation, bulk, context);
      }
    },
    clear() {
      for (const operation of operations.splice(0)) if (isOpen(operation)) operation.status = "CANCELED";
    },
    stop() {
      stopped = true;
    },
  };
}

function isOpen(operation: BulkOperation): boolean {
  return operation.status === "CREATED" || operation.status === "RUNNING";
}
