import { spawn, type ChildProcess } from "node:child_process";
import { mkdirSync } from "node:fs";
import { resolve } from "node:path";
import { build } from "esbuild";
import { afterAll, beforeAll, expect, test } from "vitest";
import { inShop } from "#app/db/in-shop.server";
import type { Shop } from "#app/generated/prisma/client";
import { startQueue, stopQueue } from "#app/queue/queue.server";
import { messagesSweeps } from "#app/worker/messages-jobs.server";
import { anOrderToTell, aMailServer, type TestMailServer } from "../../tests/factories/messages";
import { testPorts } from "../../tests/factories/ports";
import { aShop } from "../../tests/factories/shop";
import { queueMessage, sendAgain, unknownMessages } from "./messages.server";

const ROOT = resolve(import.meta.dirname, "../..");
const WORKER = resolve(ROOT, "node_modules/.cache/postlude/mail-worker.mjs");
const ORDERS = 40;
/** The worker is killed when it has handed over the n-th mail of its life and waits for the answer. */
const KILL_AFTER = [1, 4, 9];

let server: TestMailServer;
const workers: ChildProcess[] = [];

beforeAll(async () => {
  await startQueue("web");
  server = await aMailServer();
  mkdirSync(resolve(WORKER, ".."), { recursive: true });
  await build({
    entryPoints: [resolve(ROOT, "tests/factories/mail-worker-entry.ts")],
    outfile: WORKER,
    bundle: true,
    platform: "node",
    format: "esm",
    packages: "external",
    tsconfig: resolve(ROOT, "tsconfig.json"),
    logLevel: "error",
  });
});
afterAll(async () => {
  for (const worker of workers) worker.kill("SIGKILL");
  await server.stop();
  await stopQueue();
});

function startWorker(): ChildProcess {
  const worker = spawn(process.execPath, [WORKER], {
    cwd: ROOT,
    env: { ...process.env, SMTP_URL: server.url },
    stdio: ["ignore", "ignore", "inherit"],
  });
  workers.push(worker);
  return worker;
}

/** Runs a worker until it has handed over `count` mails, and kills it before it hears that the last was accepted. */
async function runUntilKilled(count: number): Promise<void> {
  const worker = startWorker();
  const gone = new Promise<void>((done) => worker.once("exit", () => done()));
  let handedOver = 0;
  server.rules.onMail = () => {
    if (++handedOver < count) return null;
    if (handedOver === count) worker.kill("SIGKILL");
    return gone; // no answer before the worker is dead
  };
  await gone;
  server.rules = {};
}

async function runUntilDone(shop: Shop): Promise<void> {
  const worker = startWorker();
  const waiting = () => inShop(shop.id, (tx) => tx.message.count({ where: { state: "queued" } }));
  while ((await waiting()) > 0) await new Promise((next) => setTimeout(next, 50));
  const inHand = () => server.mails.length;
  for (let before = -1; before !== inHand();) {
    before = inHand();
    await new Promise((next) => setTimeout(next, 200));
  }
  worker.kill("SIGKILL");
}

test(
  "a worker killed between hand-over and record loses no mail, repeats none, and leaves a complete list of doubts",
  { timeout: 180_000 },
  async () => {
    const shop = await aShop();
    const ports = testPorts();
    const now = new Date();
    for (let i = 0; i < ORDERS; i++) {
      const order = await anOrderToTell(shop);
      await inShop(shop.id, (tx) =>
        queueMessage(
          tx,
          shop.id,
          {
            dedupeKey: order.gid,
            templateKey: "thank-you",
            orderGid: order.gid,
            customerGid: order.customerGid,
            recipient: order.email,
            locale: "en",
          },
          { secret: ports.secret, now },
        ),
      );
    }
    for (const count of KILL_AFTER) await runUntilKilled(count);
    await runUntilDone(shop);

    const later = testPorts({ now: () => new Date(Date.now() + 11 * 60_000) });
    for (const sweep of messagesSweeps) await sweep.run(later);

    const rows = await inShop(shop.id, (tx) => tx.message.findMany());
    const unknown = await inShop(shop.id, (tx) => unknownMessages(tx, shop.id));
    const received = new Map<string, number>();
    for (const mail of server.mails) {
      const id = /<([0-9a-f-]{36})\./.exec(mail.messageId!)![1]!;
      received.set(id, (received.get(id) ?? 0) + 1);
    }
    expect(rows).toHaveLength(ORDERS);
    const twice = [...received.values()].filter((count) => count > 1);
    expect(twice).toEqual([]);
    const doubtful = new Set(unknown.map((message) => message.id));
    const lost = rows.filter((row) => !received.has(row.id) && !doubtful.has(row.id));
    expect(lost).toEqual([]);
    const claimed = rows.filter((row) => row.state === "sent");
    expect(claimed.every((row) => received.get(row.id) === 1)).toBe(true);
    expect(claimed.length + unknown.length).toBe(ORDERS);
    // The kills did hit: at least the mail of each kill was handed over without being recorded.
    const handedOverInDoubt = unknown.filter((message) => received.has(message.id));
    expect(handedOverInDoubt.length).toBeGreaterThanOrEqual(KILL_AFTER.length);
    expect(unknown.length).toBeLessThan(ORDERS);

    const [first] = unknown;
    const again = () => inShop(shop.id, (tx) => sendAgain(tx, shop.id, first!.id, now));
    expect([(await again()).status, (await again()).status]).toEqual(["queued", "not-unknown"]);
    expect(await inShop(shop.id, (tx) => unknownMessages(tx, shop.id))).toHaveLength(unknown.length - 1);
    const other = await aShop();
    expect(await inShop(other.id, (tx) => unknownMessages(tx, other.id))).toEqual([]);
  },
);
