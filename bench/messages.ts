/**
 * Mails of a campaign, from the outbox to a local mail server: claimed, judged by contact policy, rendered, handed over
 * by nodemailer and recorded one by one, beside a bare loop of the same mailer that sends one ready string. Both go to
 * the same sink, in turns, in the same run. And how long it takes to plan a campaign to 100,000 customers.
 */
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { startNode } from "../scripts/processes/run.ts";
import { benchDatabase } from "./database.ts";
import { median, type Figure } from "./harness.ts";
import { bundle } from "./servers/bundle.ts";
import type * as App from "./messages/app-entry.ts";

const CUSTOMERS = 100_000;
/** Memory is looked at for each part of the campaign: flat means that the last has no more than the first. */
const QUARTERS = 4;
const MAILS_PER_ROUND = 1_000;
const ROUNDS = 5;
const BARE_AT_ONCE = 40;

const ENVIRONMENT = {
  NODE_ENV: "production",
  LOG_LEVEL: "error",
  SHOPIFY_APP_URL: "http://localhost:4710",
  SHOPIFY_API_KEY: "0123456789abcdef0123456789abcdef",
  SHOPIFY_API_SECRET: "shpss_a_secret_for_the_benchmark",
  SCOPES: "read_orders",
  ENCRYPTION_KEY: "a-key-of-32-characters-for-benchmarks",
  MAIL_FROM: "post@shop.example",
};

export async function run(): Promise<Figure[]> {
  const sink = await startSink();
  process.env.DATABASE_URL = await benchDatabase("messages");
  Object.assign(process.env, ENVIRONMENT, { SMTP_URL: sink.url });
  const file = await bundle("bench/messages/app-entry.ts", "messages.mjs");
  const app = (await import(new URL(`../${file}`, import.meta.url).href)) as typeof App;
  await app.startQueue("web");
  try {
    const shopId = await makeShop(app);
    const planning = await planCampaign(app, shopId);
    const rates = await measureSending(app, shopId, sink);
    return [
      {
        key: "ratio_to_bare",
        title: "mails rendered, handed over and recorded, share of a bare loop of the mailer",
        value: median(rates.map(({ ours, bare }) => ours / bare)),
        unit: "",
        atLeast: 0.6,
      },
      {
        key: "per_second",
        title: "mails per second, one worker process",
        value: median(rates.map(({ ours }) => ours)),
        unit: "/s",
        peer: { title: "bare loop", value: median(rates.map(({ bare }) => bare)) },
      },
      {
        key: "plan_seconds_100k",
        title: "a campaign to 100,000 customers planned within",
        value: planning.seconds,
        unit: "s",
        atMost: 60,
      },
      {
        key: "plan_growth_mb",
        title: "memory that planning it added at most, garbage and all",
        value: Math.max(...planning.growthMb),
        unit: "MB",
        atMost: 150,
      },
      ...planning.growthMb.map((value, quarter) => ({
        key: `plan_growth_mb_${(quarter + 1) * 25}k`,
        title: `… up to customer ${((quarter + 1) * CUSTOMERS) / QUARTERS}`,
        value,
        unit: "MB",
      })),
      ...planning.heldMb.map((value, quarter) => ({
        key: `plan_held_mb_${(quarter + 1) * 25}k`,
        title: `of it held after customer ${((quarter + 1) * CUSTOMERS) / QUARTERS}`,
        value,
        unit: "MB",
        atMost: 20,
      })),
      {
        key: "plan_kept_mb",
        title: "memory that planning it left behind",
        value: planning.keptMb,
        unit: "MB",
        atMost: 20,
      },
    ];
  } finally {
    app.closeSmtp();
    sink.stop();
    await app.stopQueue();
    await app.closeDatabase();
  }
}

/** A shop with customers of whom nine in ten agreed to marketing, and a template of its own. */
async function makeShop(app: typeof App): Promise<number> {
  const now = new Date();
  const shop = await app.prisma.shop.create({
    data: {
      domain: "bench.myshopify.com",
      name: "Tea House",
      email: "owner@shop.example",
      currency: "EUR",
      timezone: "Europe/Berlin",
      country: "DE",
      installedAt: now,
    },
  });
  const { id: shopId } = shop;
  await app.inShop(shopId, (tx) => tx.shopSettings.create({ data: { shopId } }));
  const born = new Date(now.getTime() - 24 * 60 * 60 * 1000);
  for (let at = 0; at < CUSTOMERS; at += 5_000) {
    const rows = Array.from({ length: 5_000 }, (_, n) => ({
      gid: gidOf(at + n),
      email: addressOf(at + n),
      hash: app.addressHash(ENVIRONMENT.ENCRYPTION_KEY, shopId, addressOf(at + n)),
      state: n % 10 === 0 ? "unsubscribed" : "subscribed",
    }));
    await app.inShop(
      shopId,
      (tx) => tx.$executeRaw`
      WITH r AS (
        SELECT * FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
          AS r(gid text, email text, hash text, state text)
      ), customers AS (
        INSERT INTO "Customer" ("shopId", gid, email, "firstName", locale, country, "createdAt")
        SELECT ${shopId}, gid, email, 'Ada', 'en', 'DE', ${born} FROM r
      )
      INSERT INTO "Consent" ("shopId", channel, "addressHash", state, "customerGid", "changedAt")
      SELECT ${shopId}, 'email', hash, state::"ConsentState", gid, ${born} FROM r`,
    );
  }
  await app.prisma.$executeRaw`ANALYZE`;
  return shopId;
}

const gidOf = (n: number) => `gid://shopify/Customer/${1_000_000 + n}`;
const addressOf = (n: number) => `buyer-${n}@buyer.example`;

const ONE_DAY = new Date("2099-01-01T11:00:00Z");

/** Noon in Berlin, so that no quiet hour is in the way. */
function noon(): Date {
  return new Date(new Date().toISOString().slice(0, 10) + "T11:00:00Z");
}

type Planning = {
  seconds: number;
  /** How much larger than before the process was at most, in each quarter of the campaign, garbage and all. */
  growthMb: number[];
  /** How much more it held after each quarter, once garbage was collected. */
  heldMb: number[];
  /** What it held on to in the end. */
  keptMb: number;
};

async function planCampaign(app: typeof App, shopId: number): Promise<Planning> {
  const now = noon();
  const campaignId = await aCampaign(app, shopId, now);
  const heldBefore = heldMb();
  const startMb = memoryMb();
  const most: number[] = [];
  const held: number[] = [];
  let done = 0;
  const began = performance.now();
  const config = { secret: ENVIRONMENT.ENCRYPTION_KEY, now };
  for (;;) {
    const planned = await app.inShop(shopId, (tx) => app.planCampaignBatch(tx, shopId, campaignId, config));
    if (planned === 0) break;
    const quarter = Math.floor((done / CUSTOMERS) * QUARTERS);
    most[quarter] = Math.max(most[quarter] ?? 0, memoryMb() - startMb);
    done += planned;
    if (Math.floor((done / CUSTOMERS) * QUARTERS) > quarter) held.push(heldMb() - heldBefore);
  }
  const seconds = (performance.now() - began) / 1000;
  const rows = await app.inShop(shopId, (tx) => tx.message.count());
  if (rows !== CUSTOMERS) throw new Error(`${rows} rows planned instead of ${CUSTOMERS}`);
  return { seconds, growthMb: most, heldMb: held, keptMb: heldMb() - heldBefore };
}

/** Due one day, so that each round can take its share of it. */
async function aCampaign(app: typeof App, shopId: number, now: Date): Promise<string> {
  return app.inShop(shopId, async (tx) => {
    const wanted = { name: "News", purpose: "marketing", from: "thank-you" } as const;
    const template = await app.createTemplate(tx, shopId, wanted, { author: "bench", now });
    if (template.status !== "created") throw new Error(template.status);
    const queued = await app.queueCampaign(
      tx,
      shopId,
      {
        ...{ dedupeKey: "news", templateKey: template.key, channels: ["email"], audience: {} },
        dueAt: ONE_DAY,
      },
      new Date(),
    );
    if (queued.status !== "queued") throw new Error(queued.status);
    return queued.campaignId;
  });
}

type Sink = { url: string; mails: () => Promise<number>; stop: () => void };

/** Rounds in turns; each of ours sends mails of the planned campaign that no round has sent before. */
async function measureSending(
  app: typeof App,
  shopId: number,
  sink: Sink,
): Promise<{ ours: number; bare: number }[]> {
  const sweep = app.messagesSweeps.find(({ name }) => name === "messages.send-campaigns")!;
  const now = noon();
  const ports = {
    adminFor: () => Promise.reject(new Error("not needed here")),
    now: () => now,
    random: Math.random,
    appUrl: ENVIRONMENT.SHOPIFY_APP_URL,
    secret: ENVIRONMENT.ENCRYPTION_KEY,
    smtpUrl: sink.url,
    mailFrom: ENVIRONMENT.MAIL_FROM,
    vapidKeys: () => Promise.reject(new Error("not needed here")),
  };
  const ours = async (): Promise<number> => {
    await makeDue(app, shopId, now);
    return rateOf(sink, async () => {
      while ((await sweep.run(ports)) > 0);
    });
  };
  await ours();
  const ready = await aReadyMail(app, shopId);
  const bare = () => rateOf(sink, () => bareLoop(app, sink, ready));
  await bare();
  const rates: { ours: number; bare: number }[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const first = round % 2 === 0 ? await ours() : await bare();
    const second = round % 2 === 0 ? await bare() : await ours();
    rates.push(round % 2 === 0 ? { ours: first, bare: second } : { ours: second, bare: first });
  }
  return rates;
}

async function makeDue(app: typeof App, shopId: number, now: Date): Promise<void> {
  await app.inShop(
    shopId,
    (tx) => tx.$executeRaw`
    UPDATE "Message" SET "dueAt" = ${now} WHERE id IN (
      SELECT id FROM "Message" WHERE state = 'queued' AND "dueAt" > ${now} ORDER BY id LIMIT ${MAILS_PER_ROUND})`,
  );
}

/** Mails per second that the sink took; all of them must have come. */
async function rateOf(sink: Sink, send: () => Promise<void>): Promise<number> {
  const before = await sink.mails();
  const began = performance.now();
  await send();
  const seconds = (performance.now() - began) / 1000;
  const taken = (await sink.mails()) - before;
  if (taken !== MAILS_PER_ROUND) throw new Error(`${taken} mails came instead of ${MAILS_PER_ROUND}`);
  return taken / seconds;
}

type ReadyMail = Parameters<ReturnType<typeof App.smtpChannel>>[0];

/** A mail as long as ours. */
async function aReadyMail(app: typeof App, shopId: number): Promise<ReadyMail> {
  const ids = await app.inShop(shopId, (tx) =>
    tx.message.findMany({ where: { state: "queued" }, take: 1, select: { id: true } }),
  );
  const now = ONE_DAY;
  const config = {
    appUrl: "http://localhost:4710",
    secret: ENVIRONMENT.ENCRYPTION_KEY,
    mailFrom: "post@shop.example",
    now,
  };
  const [made] = await app.inShop(shopId, (tx) =>
    app.writeBulk(
      tx,
      shopId,
      ids.map(({ id }) => id),
      config,
    ),
  );
  if (!made) throw new Error("no mail to copy");
  return made.mail;
}

async function bareLoop(app: typeof App, sink: Sink, mail: ReadyMail): Promise<void> {
  const send = app.smtpChannel(sink.url);
  let left = MAILS_PER_ROUND;
  const lane = async () => {
    while (left-- > 0) await send(mail);
  };
  await Promise.all(Array.from({ length: BARE_AT_ONCE }, lane));
}

/** After a thorough clean-up. */
function heldMb(): number {
  setFlagsFromString("--expose-gc");
  (runInNewContext("gc") as () => void)();
  return process.memoryUsage().heapUsed / 2 ** 20;
}

function memoryMb(): number {
  return process.memoryUsage().rss / 2 ** 20;
}

async function startSink(): Promise<Sink> {
  const port = 20_000 + Math.floor(Math.random() * 10_000);
  const child = startNode(["bench/messages/sink.ts"], {
    stdio: ["ignore", "inherit", "inherit", "ipc"],
    env: { PORT: String(port) },
  });
  await sleep(1_000);
  return {
    url: `smtp://127.0.0.1:${port}`,
    mails: async () => {
      const answered = once(child, "message");
      child.send("count");
      const [{ mails }] = (await answered) as [{ mails: number }];
      return mails;
    },
    stop: () => child.kill(),
  };
}
