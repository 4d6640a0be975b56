/**
 * Journeys with a million people waiting in ten shops: what the scan for those who are due costs, and how fast people
 * enter and move on. Rows are written by the database; everything that is measured goes through the app's own functions.
 */
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { benchDatabase } from "./database.ts";
import { percentile, type Figure } from "./harness.ts";
import type * as App from "./journeys/app-entry.ts";
import { bundle } from "./servers/bundle.ts";

const SHOPS = 10;
const WAITING = Number(process.env.N ?? 1_000_000);
const SCANS = 300;
/** As many as one sweep takes. */
const SCAN_LIMIT = 1_000;
const CHUNK = 10;
const ORDERS = Number(process.env.ORDERS ?? 1_000);
/** Jobs that a worker has in hand at once. */
const AT_ONCE = 10;
const NOW = new Date("2026-11-22T12:00:00Z");
const MINUTE = 60_000;
const CONFIG = { appUrl: "http://localhost:4710", secret: "a-key-of-32-characters-for-benchmarks" };

const ENVIRONMENT = {
  NODE_ENV: "production",
  LOG_LEVEL: "error",
  SHOPIFY_APP_URL: CONFIG.appUrl,
  SHOPIFY_API_KEY: "0123456789abcdef0123456789abcdef",
  SHOPIFY_API_SECRET: "shpss_a_secret_for_the_benchmark",
  SCOPES: "read_orders",
  ENCRYPTION_KEY: CONFIG.secret,
  MAIL_FROM: "post@shop.example",
  SMTP_URL: "smtp://127.0.0.1:1",
};

/** Enter, wait an hour, ask about the order, wait for the next morning. */
const DEFINITION = {
  version: 1,
  trigger: {
    fact: "order.placed",
    filters: [{ attribute: "order.total", operator: "at-least", value: 100 }],
  },
  steps: [
    { id: "hour", type: "wait", mode: "duration", minutes: 60 },
    {
      id: "large",
      type: "branch",
      paths: [
        {
          id: "yes",
          name: "Large",
          when: [{ attribute: "order.total", operator: "at-least", value: 5_000 }],
          steps: [
            { id: "morning", type: "wait", mode: "local-time", time: "10:00", businessDaysOnly: false },
          ],
        },
      ],
      otherwise: [{ id: "day", type: "wait", mode: "duration", minutes: 1_440 }],
    },
  ],
  exits: [
    {
      id: "cancelled",
      type: "condition",
      when: [{ attribute: "order.cancelled", operator: "is", value: true }],
    },
  ],
  reentry: { rule: "per-order", afterDays: null },
  goal: null,
  holdoutPercent: 0,
};

export async function run(): Promise<Figure[]> {
  process.env.DATABASE_URL = await benchDatabase("journeys");
  Object.assign(process.env, ENVIRONMENT);
  const file = await bundle("bench/journeys/app-entry.ts", "journeys.mjs");
  const app = (await import(new URL(`../${file}`, import.meta.url).href)) as typeof App;
  await app.startQueue("web");
  try {
    const shops = await makeShops(app);
    const [shop] = shops as [Shop];
    const before = memory();
    const scans = await measureScans(app, shops);
    const entered = await measureEntering(app, shop);
    const moved = await measureMoving(app, shop);
    const growthMb = (memory() - before) / 2 ** 20;
    return figuresOf({ scans, entered, moved, growthMb });
  } finally {
    await app.stopQueue();
    await app.closeDatabase();
  }
}

type Measured = {
  scans: { idle: number[]; busy: number[]; bare: number[] };
  entered: number;
  moved: number;
  growthMb: number;
};

function figuresOf({ scans, entered, moved, growthMb }: Measured): Figure[] {
  const waiting = `${WAITING.toLocaleString("en")} waiting`;
  return [
    {
      key: "due_scan_p95_ms",
      title: `scan with ${waiting}, ${SCAN_LIMIT} found (p95)`,
      value: percentile(scans.busy, 0.95),
      unit: "ms",
      peer: { title: "asking for nothing", value: percentile(scans.bare, 0.95) },
      atMost: 20,
    },
    {
      key: "due_scan_idle_p95_ms",
      title: `scan with ${waiting}, nobody due (p95)`,
      value: percentile(scans.idle, 0.95),
      unit: "ms",
      atMost: 20,
    },
    { key: "entered_per_second", title: "people who enter, one worker process", value: entered, unit: "/s" },
    { key: "moved_per_second", title: "people who move on to their next wait", value: moved, unit: "/s" },
    { key: "growth_mb", title: "memory that it all left behind", value: growthMb, unit: "MB", atMost: 50 },
  ];
}

type Shop = { id: number; journeyId: string; version: number };

/** Ten shops, a tenth of the people in each, all of them due some time in the next three months. */
async function makeShops(app: typeof App): Promise<Shop[]> {
  const shops: Shop[] = [];
  for (let number = 1; number <= SHOPS; number++) {
    const domain = `bench-journeys-${number}.myshopify.com`;
    const { id } = await app.prisma.shop.upsert({
      where: { domain },
      create: { domain, currency: "EUR", timezone: "Europe/Berlin", country: "DE", installedAt: new Date(0) },
      update: {},
    });
    shops.push(await fill(app, id));
  }
  await app.prisma.$executeRawUnsafe(`ANALYZE "Enrolment"`);
  return shops;
}

async function fill(app: typeof App, shopId: number): Promise<Shop> {
  return app.inShop(shopId, async (tx) => {
    await tx.$executeRaw`DELETE FROM "Enrolment"`;
    await tx.$executeRaw`DELETE FROM "Order"`;
    for (const { id } of await app.journeysOf(tx, shopId, NOW)) {
      await app.switchJourney(tx, shopId, id, false, NOW);
    }
    const form = { name: "Bench", definition: DEFINITION, author: "", now: NOW };
    const saved = await app.saveJourney(tx, shopId, form);
    if (saved.status !== "saved") throw new Error(JSON.stringify(saved));
    const { id: journeyId, version } = saved;
    await app.switchJourney(tx, shopId, journeyId, true, NOW);
    await tx.$executeRaw`
      INSERT INTO "Enrolment" ("shopId", id, "journeyId", version, "personKey", "orderGid", subject, occurrence, state,
        position, "dueAt", "enteredAt")
      SELECT ${shopId}, gen_random_uuid(), ${journeyId}::uuid, ${version}, 'gid://shopify/Customer/' || n,
        'waiting ' || n, 'waiting ' || n, 'waiting ' || n, 'waiting',
        'hour', ${NOW}::timestamptz + (n * 997 % 129600 + 5) * interval '1 minute', ${NOW}
      FROM generate_series(1, ${WAITING / SHOPS}::int) n`;
    return { id: shopId, journeyId, version };
  });
}

async function measureScans(app: typeof App, shops: Shop[]): Promise<Measured["scans"]> {
  const scanAt = async (now: Date) => {
    const started = performance.now();
    const rows = await app.acrossShops((tx) => app.dueEnrolments(tx, now, SCAN_LIMIT));
    return { took: performance.now() - started, found: rows.length };
  };
  const bareAt = async () => {
    const started = performance.now();
    await app.acrossShops((tx) => tx.$queryRaw`SELECT 1`);
    return performance.now() - started;
  };
  const [idle, busy, bare]: [number[], number[], number[]] = [[], [], []];
  const later = new Date(NOW.getTime() + 24 * 60 * MINUTE);
  for (let scan = -20; scan < SCANS; scan++) {
    const [nobody, many] = [await scanAt(NOW), await scanAt(later)];
    if (nobody.found > 0 || many.found < SCAN_LIMIT) throw new Error(`found ${nobody.found}, ${many.found}`);
    if (scan < 0) continue;
    idle.push(nobody.took);
    busy.push(many.took);
    bare.push(await bareAt());
  }
  if (shops.length !== SHOPS) throw new Error("not all shops took part");
  return { idle, busy, bare };
}

async function measureEntering(app: typeof App, { id: shopId }: Shop): Promise<number> {
  await app.inShop(
    shopId,
    (tx) => tx.$executeRaw`
      INSERT INTO "Order" ("shopId", gid, name, "customerGid", currency, "totalMinor", "placedAt", "shopifyUpdatedAt")
      SELECT ${shopId}, 'gid://shopify/Order/' || n, '#' || n, 'gid://shopify/Customer/7' || n, 'EUR', n % 9000 + 1000,
        ${NOW}, ${NOW}
      FROM generate_series(1, ${ORDERS}::int) n`,
  );
  let next = 1;
  const started = performance.now();
  const worker = async () => {
    for (let n = next++; n <= ORDERS; n = next++) {
      const telling = { fact: "order.placed", orderGid: `gid://shopify/Order/${n}` };
      await app.inShop(shopId, (tx) => app.hear(tx, shopId, telling, { ...CONFIG, now: NOW }));
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  const rate = ORDERS / ((performance.now() - started) / 1000);
  const entered = await app.inShop(shopId, (tx) =>
    tx.enrolment.count({ where: { orderGid: { startsWith: "gid://" } } }),
  );
  if (entered !== ORDERS) throw new Error(`${entered} entered`);
  return rate;
}

/** Those who entered before; in chunks, one after another, as one sweep does. */
async function measureMoving(app: typeof App, { id: shopId }: Shop): Promise<number> {
  const now = new Date(NOW.getTime() + 60 * MINUTE);
  const due = await app.inShop(shopId, (tx) =>
    tx.enrolment.findMany({
      where: { state: "waiting", dueAt: now, orderGid: { startsWith: "gid://" } },
      select: { id: true },
      take: ORDERS,
    }),
  );
  let moved = 0;
  const started = performance.now();
  for (let at = 0; at < due.length; at += CHUNK) {
    const ids = due.slice(at, at + CHUNK).map(({ id }) => id);
    const result = await app.inShop(shopId, (tx) => app.moveDue(tx, shopId, ids, { ...CONFIG, now }));
    if (result.failures.length > 0) throw new Error(result.failures[0]!.error);
    moved += result.moved;
  }
  if (moved !== ORDERS) throw new Error(`${moved} moved`);
  return moved / ((performance.now() - started) / 1000);
}

/** What is held on to, after a thorough clean-up. */
function memory(): number {
  setFlagsFromString("--expose-gc");
  (runInNewContext("gc") as () => void)();
  return process.memoryUsage().heapUsed;
}
