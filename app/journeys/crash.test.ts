import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdirSync } from "node:fs";
import { resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { build } from "esbuild";
import { afterAll, beforeAll, expect, test } from "vitest";
import { inShop } from "#app/db/in-shop.server";
import { newId } from "#app/db/id";
import type { Shop } from "#app/generated/prisma/client";
import { startQueue, stopQueue } from "#app/queue/queue.server";
import { aJourney, hears, onlyJourneys } from "../../tests/factories/journeys";
import { aProgram } from "../../tests/factories/loyalty";
import { anOrderToTell } from "../../tests/factories/messages";
import { aShop } from "../../tests/factories/shop";
import { figuresOf } from "./journeys.server";

const ROOT = resolve(import.meta.dirname, "../..");
const WORKER = resolve(ROOT, "node_modules/.cache/postlude/journey-worker.mjs");
const PEOPLE = 40;
/** So many people have been moved when a worker is killed: within the work on those that come next. */
const KILL_AT = [1, 12];
const MINUTE = 60_000;

const workers: ChildProcess[] = [];

beforeAll(async () => {
  await startQueue("web");
  mkdirSync(resolve(WORKER, ".."), { recursive: true });
  await build({
    entryPoints: [resolve(ROOT, "tests/factories/journey-worker-entry.ts")],
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
  await stopQueue();
});

async function startWorker(): Promise<ChildProcess> {
  const worker = spawn(process.execPath, [WORKER], {
    cwd: ROOT,
    env: process.env,
    stdio: ["ignore", "pipe", "inherit"],
  });
  workers.push(worker);
  await once(worker.stdout!, "data");
  return worker;
}

/** Everybody waits for the same minute; a worker takes them by the dozen. */
async function aWaitingCrowd(): Promise<{ shop: Shop; journeyId: string }> {
  const shop = await aShop();
  await onlyJourneys(shop);
  await aProgram(shop);
  const journeyId = await aJourney(shop, {
    steps: [
      { id: "wait", type: "wait", mode: "duration", minutes: 1 },
      { id: "points", type: "points", points: 10, reason: "Thanks" },
      { id: "mail", type: "send", template: "thank-you", channels: ["email"] },
      { id: "tag", type: "tag", tag: "thanked" },
    ],
  });
  const past = new Date(Date.now() - 60 * MINUTE);
  for (let person = 0; person < PEOPLE; person++) {
    const order = await anOrderToTell(shop, { placedAt: past });
    const { customerGid } = order;
    await inShop(shop.id, (tx) =>
      tx.loyaltyMember.create({
        data: {
          ...{ shopId: shop.id, id: newId(past), personKey: customerGid!, customerGid },
          ...{ joinedVia: "thank-you", consentText: "Yes", joinedAt: past },
        },
      }),
    );
    await hears(shop, { fact: "order.placed", orderGid: order.gid }, past);
  }
  return { shop, journeyId };
}

const waitingIn = (shop: Shop) =>
  inShop(shop.id, (tx) => tx.enrolment.count({ where: { state: "waiting" } }));

test(
  "a worker killed in the middle leaves nobody behind and does nothing twice; two at once share the rest",
  { timeout: 180_000 },
  async () => {
    const { shop, journeyId } = await aWaitingCrowd();
    for (const moved of KILL_AT) {
      const worker = await startWorker();
      while (PEOPLE - (await waitingIn(shop)) < moved) await sleep(2);
      worker.kill("SIGKILL");
      await once(worker, "exit");
    }
    const left = await waitingIn(shop);
    expect(left).toBeGreaterThan(0); // the kills did come in the middle

    const last = await Promise.all([startWorker(), startWorker()]);
    while ((await waitingIn(shop)) > 0) await sleep(50);
    for (const worker of last) worker.kill("SIGKILL");

    const rows = await inShop(shop.id, async (tx) => ({
      enrolments: await tx.enrolment.findMany(),
      messages: await tx.message.findMany(),
      points: await tx.ledgerEntry.findMany({ where: { kind: "goodwill" } }),
      tags: await tx.journeyIntent.findMany(),
      figures: await figuresOf(tx, shop.id, journeyId),
    }));
    expect(rows.enrolments.filter(({ state }) => state === "finished")).toHaveLength(PEOPLE);
    expect(new Set(rows.messages.map(({ orderGid }) => orderGid)).size).toBe(PEOPLE);
    expect([rows.messages.length, rows.points.length, rows.tags.length]).toEqual([PEOPLE, PEOPLE, PEOPLE]);
    expect(rows.figures).toMatchObject({
      ...{ entered: PEOPLE, onTheWay: 0, finished: PEOPLE },
      steps: { points: { done: PEOPLE }, mail: { done: PEOPLE }, tag: { done: PEOPLE } },
    });
  },
);
