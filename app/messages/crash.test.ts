import { spawn, type ChildProcess } from "node:child_process";
import { mkdirSync } from "node:fs";
import { resolve } from "node:path";
import { build } from "esbuild";
import { afterAll, beforeAll, expect, test } from "vitest";
import { DEFAULT_LIMITS } from "#app/contact-policy/contact";
import { saveContactSettings } from "#app/contact-policy/contact-policy.server";
import { inShop } from "#app/db/in-shop.server";
import { addressHash } from "#app/db/seal";
import type { Shop } from "#app/generated/prisma/client";
import { startQueue, stopQueue } from "#app/queue/queue.server";
import { messagesSweeps } from "#app/worker/messages-jobs.server";
import { anOrderToTell, aMailServer, type TestMailServer } from "../../tests/factories/messages";
import { testPorts } from "../../tests/factories/ports";
import { aShop } from "../../tests/factories/shop";
import { anHttpStandIn } from "../../tests/factories/http-stand-in";
import { aChannel } from "../../tests/factories/channels";
import {
  createTemplate,
  queueCampaign,
  queueMessage,
  queueWebhook,
  sendAgain,
  unknownMessages,
} from "./messages.server";

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

/** Customers who agreed to marketing, and a campaign to all of them. */
async function aCampaign(shop: Shop, count: number, dueAt: Date): Promise<void> {
  const { secret } = testPorts();
  const now = new Date();
  await inShop(shop.id, async (tx) => {
    const buyers = Array.from({ length: count }, (_, n) => ({
      gid: `gid://shopify/Customer/${1_000_000 + n}`,
      email: `buyer-${n}@buyer.example`,
    }));
    const createdAt = new Date(now.getTime() - 60_000);
    const rows = buyers.map((buyer) => ({ ...buyer, hash: addressHash(secret, shop.id, buyer.email) }));
    await tx.$executeRaw`
      WITH r AS (
        SELECT * FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS r(gid text, email text, hash text)
      ), customers AS (
        INSERT INTO "Customer" ("shopId", gid, email, "createdAt")
        SELECT ${shop.id}, gid, email, ${createdAt} FROM r
      )
      INSERT INTO "Consent" ("shopId", channel, "addressHash", state, "customerGid", "changedAt")
      SELECT ${shop.id}, 'email', hash, 'subscribed', gid, ${createdAt} FROM r`;
    // No hour is quiet: the test runs at any time of the day.
    const quiet = { startHour: 0, endHour: 0 };
    const rules = { limits: { ...DEFAULT_LIMITS, quiet }, doubleOptIn: "nobody", countries: {} } as const;
    await saveContactSettings(tx, shop.id, rules, now);
    const template = { name: "News", purpose: "marketing", from: null } as const;
    const made = await createTemplate(tx, shop.id, template, { author: "Ada", now });
    if (made.status !== "created") throw new Error(made.status);
    const campaign = { dedupeKey: "news", templateKey: made.key, channels: ["email"], audience: {} } as const;
    await queueCampaign(tx, shop.id, { ...campaign, dueAt }, now);
  });
}

test(
  "a planner killed at any point leaves nobody out of a campaign and plans nobody twice",
  { timeout: 180_000 },
  async () => {
    const CUSTOMERS = 5_000;
    const shop = await aShop();
    // Soon enough to be planned, too late to be sent here.
    await aCampaign(shop, CUSTOMERS, new Date(Date.now() + 10 * 60_000));
    const planned = () => inShop(shop.id, (tx) => tx.message.count());
    for (const share of [0, 0.4]) {
      const worker = startWorker();
      while ((await planned()) <= CUSTOMERS * share) await new Promise((next) => setTimeout(next, 5));
      const gone = new Promise<void>((done) => worker.once("exit", () => done()));
      worker.kill("SIGKILL");
      await gone;
    }
    const halfway = await planned();
    const worker = startWorker();
    const isDone = () =>
      inShop(shop.id, (tx) => tx.messageCampaign.count({ where: { finishedAt: { not: null } } }));
    while ((await isDone()) === 0) await new Promise((next) => setTimeout(next, 50));
    worker.kill("SIGKILL");

    const rows = await inShop(shop.id, (tx) =>
      tx.message.findMany({ select: { customerGid: true, state: true } }),
    );
    expect(halfway).toBeLessThan(CUSTOMERS);
    expect(rows).toHaveLength(CUSTOMERS);
    expect(new Set(rows.map(({ customerGid }) => customerGid)).size).toBe(CUSTOMERS);
    expect(rows.every(({ state }) => state === "queued")).toBe(true);
    const [campaign] = await inShop(shop.id, (tx) => tx.messageCampaign.findMany());
    expect(campaign).toMatchObject({ planned: CUSTOMERS, suppressed: 0 });
  },
);

test(
  "a worker killed while it sends a campaign loses no mail, repeats none, and doubts only those in flight",
  { timeout: 180_000 },
  async () => {
    const CUSTOMERS = 150;
    const shop = await aShop();
    server.mails.length = 0;
    await aCampaign(shop, CUSTOMERS, new Date(Date.now() - 1_000));
    // What was written ahead is due again once its lease has ended.
    const endLeases = () =>
      inShop(shop.id, (tx) =>
        tx.message.updateMany({ where: { state: "queued" }, data: { dueAt: new Date(Date.now() - 1_000) } }),
      );
    for (const count of [5, 30]) {
      await endLeases();
      await runUntilKilled(count);
    }
    await endLeases();
    await runUntilDone(shop);
    const later = testPorts({ now: () => new Date(Date.now() + 11 * 60_000) });
    for (const sweep of messagesSweeps) while ((await sweep.run(later)) > 0);

    const rows = await inShop(shop.id, (tx) => tx.message.findMany());
    const received = server.mails.map((mail) => /<([0-9a-f-]{36})\./.exec(mail.messageId!)![1]!);
    expect(new Set(received).size).toBe(received.length);
    const sent = rows.filter(({ state }) => state === "sent");
    const unknown = rows.filter(({ state }) => state === "unknown");
    const others = rows.filter(({ state }) => state !== "sent" && state !== "unknown");
    expect(others.map(({ state, reason }) => `${state} ${reason}`)).toEqual([]);
    expect(sent.every(({ id }) => received.includes(id))).toBe(true);
    expect(unknown.length).toBeGreaterThan(0);
    expect(unknown.length).toBeLessThanOrEqual(2 * 20);
  },
);

test(
  "with a provider that keeps idempotency keys, a killed worker loses nothing and repeats nothing",
  { timeout: 180_000 },
  async () => {
    const CALLS = 40;
    const shop = await aShop();
    const done = new Map<string, number>();
    const provider = await anHttpStandIn(() => ({ status: 200 }));
    await aChannel(shop, "webhook", { config: { url: `${provider.url}/hook` } });
    const now = new Date();
    for (let n = 0; n < CALLS; n++) {
      const call = { dedupeKey: `call-${n}`, customerGid: null, orderGid: null, data: { n } };
      await inShop(shop.id, (tx) => queueWebhook(tx, shop.id, call, { secret: testPorts().secret, now }));
    }
    /** Does the work of a key once, whatever it answers and however often it is asked. */
    const work = (key: string) => void (done.has(key) || done.set(key, 1));
    for (const count of KILL_AFTER) {
      const worker = startWorker();
      const gone = new Promise<void>((exit) => worker.once("exit", () => exit()));
      let taken = 0;
      provider.answer = async ({ headers }) => {
        work(String(headers["idempotency-key"]));
        if (++taken < count) return { status: 200 };
        if (taken === count) worker.kill("SIGKILL");
        await gone; // no answer before the worker is dead
        return "drop";
      };
      await gone;
    }
    provider.answer = ({ headers }) => (work(String(headers["idempotency-key"])), { status: 200 });
    await runUntilDone(shop);
    const later = testPorts({ now: () => new Date(Date.now() + 11 * 60_000) });
    for (let round = 0; round < 2; round++) for (const sweep of messagesSweeps) await sweep.run(later);

    const rows = await inShop(shop.id, (tx) => tx.message.findMany());
    expect(rows.filter(({ state }) => state !== "sent")).toEqual([]);
    expect([...done.keys()].sort()).toEqual(rows.map(({ id }) => id).sort());
    // The kills did hit: some calls came twice and were told apart by their key alone.
    expect(provider.calls.length).toBeGreaterThan(CALLS);
    await provider.stop();
  },
);
