import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { inShop } from "#app/db/in-shop.server";
import { env } from "#app/env.server";
import type { Shop } from "#app/generated/prisma/client";
import { startQueue, stopQueue } from "#app/queue/queue.server";
import { sponsoredJobs } from "#app/worker/sponsored-jobs.server";
import { testPorts } from "../../tests/factories/ports";
import { aCampaignForm } from "../../tests/factories/sponsored";
import { aShop } from "../../tests/factories/shop";
import { listAdvertisers, makeSecret, moveAdvertiser, secretsOf } from "./advertisers.server";
import { proposeFeed } from "./feed.server";
import { createCampaign, formOf, listCampaigns, moveCampaign, saveCampaign } from "./sponsored.server";
import { saveTerms } from "./terms.server";
import type { CampaignForm } from "./campaign";

let server: Server;
let feedUrl: string;
let feed: { status: number; body: string };

beforeAll(async () => {
  await startQueue("web");
  server = createServer((_request, response) => response.writeHead(feed.status).end(feed.body));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  feedUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/feed.json`;
});
afterAll(async () => {
  await new Promise((resolve) => server.close(resolve));
  await stopQueue();
});

const SECRET = "a-secret-that-the-advertiser-chose";
const tell = (campaigns: { id: string; form: unknown }[]) =>
  (feed = {
    status: 200,
    body: JSON.stringify({
      advertisers: [
        { id: "nw", name: "Northwind", domain: "northwind.example", postbackSecret: SECRET, campaigns },
      ],
    }),
  });
const read = (shop: Shop) =>
  sponsoredJobs(testPorts({ sponsoredFeedUrl: feedUrl, now: () => new Date() }))["sponsored.read-feed"]({
    shopId: shop.id,
  });
const campaigns = (shop: Shop) => inShop(shop.id, (tx) => listCampaigns(tx, shop.id));
const advertisers = (shop: Shop) => inShop(shop.id, (tx) => listAdvertisers(tx, shop.id));

test("what the feed proposes waits for approval; read again, it is changed and not doubled", async () => {
  const [shop, other] = [await aShop(), await aShop()];
  tell([{ id: "a", form: aCampaignForm() }]);
  await read(shop);
  await read(shop);
  const [advertiser] = await advertisers(shop);
  expect(advertiser).toMatchObject({ name: "Northwind", source: "feed", status: "waiting", hasSecret: true });
  const [campaign, ...more] = await campaigns(shop);
  expect([campaign!.status, more]).toEqual(["waiting", []]);

  const now = new Date();
  await inShop(shop.id, (tx) => moveAdvertiser(tx, shop.id, advertiser!.id, "approve", now));
  await inShop(shop.id, (tx) => moveCampaign(tx, shop.id, campaign!.id, "approve", now));
  await read(shop);
  expect((await campaigns(shop))[0]!.status).toBe("live");
  tell([{ id: "a", form: aCampaignForm({ texts: { en: { title: "New words", body: "", action: "" } } }) }]);
  await read(shop);
  expect((await campaigns(shop))[0]).toMatchObject({
    status: "waiting",
    texts: { en: { title: "New words" } },
  });
  expect([await advertisers(other), await campaigns(other)]).toEqual([[], []]);
});

test("what is no longer in the feed is paused", async () => {
  const shop = await aShop();
  tell([
    { id: "a", form: aCampaignForm({ name: "A" }) },
    { id: "b", form: aCampaignForm({ name: "B" }) },
  ]);
  await read(shop);
  const now = new Date();
  await inShop(shop.id, async (tx) => {
    const { id: advertiserId } = await tx.advertiser.findFirstOrThrow();
    // The merchant may make one more for the same advertiser.
    await createCampaign(tx, shop, { advertiserId, form: aCampaignForm({ name: "Mine" }) }, now);
    await tx.advertiser.updateMany({ data: { status: "approved" } });
    await tx.sponsoredCampaign.updateMany({ data: { status: "live", updatedAt: now } });
  });
  tell([{ id: "b", form: aCampaignForm({ name: "B" }) }]);
  await read(shop);
  const states = (await campaigns(shop)).map(({ name, status }) => `${name} ${status}`);
  expect(states.sort()).toEqual(["A paused", "B live", "Mine live"]);
});

test("a secret that the merchant made is not overwritten", async () => {
  const shop = await aShop();
  const keys = { secret: env().ENCRYPTION_KEY };
  tell([]);
  await read(shop);
  const { id } = (await advertisers(shop))[0]!;
  const own = await inShop(shop.id, (tx) => makeSecret(tx, shop.id, id, keys, new Date()));
  await read(shop);
  expect(await inShop(shop.id, (tx) => secretsOf(tx, shop.id, id, keys, new Date()))).toEqual([own, SECRET]);
});

test("what cannot be shown here is left out, the rest is taken", async () => {
  const shop = await aShop();
  tell([
    { id: "nan", form: { ...aCampaignForm(), bidMinor: null } },
    { id: "negative", form: { ...aCampaignForm(), bidMinor: -5 } },
    { id: "dollars", form: aCampaignForm({ currency: "USD" }) },
    { id: "elsewhere", form: aCampaignForm({ targetUrl: "https://evil.example/" }) },
    { id: "cheap", form: aCampaignForm({ bidMinor: 1 }) },
    { id: "nothing", form: null },
    { id: "good", form: aCampaignForm({ name: "Good" }) },
  ]);
  await read(shop);
  expect((await campaigns(shop)).map(({ name }) => name)).toEqual(["Good"]);
});

/** Everything of the feed is approved and shown. */
const approveAll = (shop: Shop) =>
  inShop(shop.id, async (tx) => {
    await tx.advertiser.updateMany({ data: { status: "approved" } });
    await tx.sponsoredCampaign.updateMany({ data: { status: "live" } });
  });
/** The shop's campaigns as the page lists them: name, status and why they were paused. */
const states = async (shop: Shop) =>
  (await campaigns(shop))
    .map(({ name, status, heldBecause }) => [name, status, heldBecause])
    .sort(([a], [b]) => a!.localeCompare(b!));

test("what the merchant changed stays; the feed takes over only what it changed itself", async () => {
  const [shop, other] = [await aShop(), await aShop()];
  const en = { title: "Coffee", body: "Fresh", action: "Taste" };
  const de = { title: "Kaffee", body: "Frisch", action: "Probieren" };
  const told = aCampaignForm({ texts: { en, de }, bidMinor: 500, budgetMinor: 10_000 });
  tell([{ id: "a", form: told }]);
  await read(shop);
  await read(other);
  await approveAll(shop);
  const { id } = (await campaigns(shop))[0]!;
  const own = { texts: { en, de: { ...de, title: "Bohnen" } }, budgetMinor: 3_000, name: "Mine" };
  await inShop(shop.id, (tx) => saveCampaign(tx, shop, id, { ...told, ...own }, new Date()));
  const form = async (where: Shop) => formOf((await campaigns(where))[0]!, where.timezone);
  await read(shop);
  expect([await form(shop), await states(shop)]).toEqual([{ ...told, ...own }, [["Mine", "live", null]]]);

  const changed: Partial<CampaignForm> = {
    bidMinor: 600,
    texts: { en: { ...en, title: "Espresso" }, de },
    countries: ["DE"],
  };
  tell([{ id: "a", form: { ...told, ...changed } }]);
  await read(shop);
  await read(other);
  const texts = { en: { ...en, title: "Espresso" }, de: own.texts.de };
  expect(await form(shop)).toEqual({ ...told, ...own, ...changed, texts });
  expect(await states(shop)).toEqual([["Mine", "waiting", null]]);
  expect(await form(other)).toEqual({ ...told, ...changed });
});

test("a campaign that no longer fits is paused and says why; its terms stay as they were", async () => {
  const [shop, other] = [await aShop(), await aShop()];
  const form = (name: string, more = {}) => ({ id: name, form: { ...aCampaignForm({ name }), ...more } });
  tell(["broken", "cheap", "dollars", "over", "well"].map((name) => form(name)));
  for (const one of [shop, other]) {
    await read(one);
    await approveAll(one);
  }
  tell([
    form("broken", { bidMinor: -5 }),
    form("cheap", { bidMinor: 1 }),
    form("dollars", { currency: "USD" }),
    form("over", { endsOn: "2026-01-31" }),
    form("well"),
  ]);
  await read(shop);
  expect(await states(shop)).toEqual([
    ["broken", "paused", "The host's feed has a mistake in it: bidMinor: Use more than zero."],
    ["cheap", "paused", "The host's feed bids less for it than the least price on the Rules page."],
    ["dollars", "paused", "The host's feed bids for it in a currency that is not the shop's."],
    ["over", "paused", "The host's feed ended it: its last day is over."],
    ["well", "live", null],
  ]);
  expect(
    (await campaigns(shop)).every(({ bidMinor, currency }) => bidMinor === 500 && currency === "EUR"),
  ).toBe(true);
  expect((await states(other)).map(([, status]) => status)).toEqual(Array(5).fill("live"));
  // The merchant's own rules, with the feed as it was.
  const terms = { reserveMinor: 5, reserveSaleMinor: 50, blockedCategories: [] };
  await inShop(other.id, (tx) =>
    saveTerms(tx, other.id, { ...terms, blockedDomains: ["www.northwind.example"] }, new Date()),
  );
  tell([form("well")]);
  await read(other);
  const why = "You blocked www.northwind.example on the Rules page.";
  expect((await states(other)).at(-1)).toEqual(["well", "paused", why]);
  expect((await states(other))[0]).toEqual(["broken", "paused", "It is no longer in the host's feed."]);
});

test("what was paused for its mistake says that it fits again, and goes live by the merchant only", async () => {
  const shop = await aShop();
  tell([{ id: "a", form: aCampaignForm() }]);
  await read(shop);
  await approveAll(shop);
  tell([{ id: "a", form: null }]);
  await read(shop);
  expect((await states(shop))[0]![1]).toBe("paused");
  tell([{ id: "a", form: aCampaignForm() }]);
  await read(shop);
  const [campaign] = await campaigns(shop);
  expect(campaign).toMatchObject({ status: "paused", heldBecause: "It fits again. Resume it to show it." });
  await inShop(shop.id, (tx) => moveCampaign(tx, shop.id, campaign!.id, "resume", new Date()));
  expect(await states(shop)).toEqual([["Autumn roast", "live", null]]);
});

test("what the merchant paused is only paused, also after it left the feed and came back", async () => {
  const shop = await aShop();
  tell([{ id: "a", form: aCampaignForm() }]);
  await read(shop);
  await approveAll(shop);
  const { id } = (await campaigns(shop))[0]!;
  await inShop(shop.id, (tx) => moveCampaign(tx, shop.id, id, "pause", new Date()));
  for (const campaigns of [[], [{ id: "a", form: aCampaignForm() }]]) {
    tell(campaigns);
    await read(shop);
    expect(await states(shop)).toEqual([["Autumn roast", "paused", null]]);
  }
});

test("a budget that the feed cut below what is spent is said as what became of the campaign", async () => {
  const shop = await aShop();
  tell([{ id: "a", form: aCampaignForm() }]);
  await read(shop);
  await approveAll(shop);
  await inShop(shop.id, (tx) => tx.sponsoredCampaign.updateMany({ data: { spentMinor: 1_000 } }));
  tell([{ id: "a", form: aCampaignForm({ budgetMinor: 600 }) }]);
  await read(shop);
  const why = "The host's feed gives it a smaller budget than is spent already.";
  expect(await states(shop)).toEqual([["Autumn roast", "paused", why]]);
});

test("what the merchant saves while the feed is read stays", async () => {
  const shop = await aShop();
  tell([{ id: "a", form: aCampaignForm() }]);
  await read(shop);
  const { id } = (await campaigns(shop))[0]!;
  tell([{ id: "a", form: aCampaignForm({ bidMinor: 450 }) }]);
  const own = { name: "Mine", countries: ["DE"], dailyBudgetMinor: 600 };
  let reading: Promise<unknown> = Promise.resolve();
  await inShop(shop.id, async (tx) => {
    await saveCampaign(tx, shop, id, { ...aCampaignForm(), ...own }, new Date());
    reading = read(shop);
    await new Promise((resolve) => setTimeout(resolve, 500));
  });
  await reading;
  const form = formOf((await campaigns(shop))[0]!, shop.timezone);
  expect(form).toMatchObject({ ...own, bidMinor: 450 });
});

test("an editor left open does not take back what the feed changed, unless the merchant insists", async () => {
  const shop = await aShop();
  tell([{ id: "a", form: aCampaignForm() }]);
  await read(shop);
  const opened = (await campaigns(shop))[0]!;
  tell([{ id: "a", form: aCampaignForm({ bidMinor: 200 }) }]);
  await read(shop);
  const stale = { ...formOf(opened, shop.timezone), name: "Mine" };
  const save = async (seen?: Date) =>
    (await inShop(shop.id, (tx) => saveCampaign(tx, shop, opened.id, stale, new Date(), { seen }))).status;
  expect(await save(opened.updatedAt)).toBe("changed");
  const now = (await campaigns(shop))[0]!;
  expect([now.name, now.bidMinor]).toEqual(["Autumn roast", 200]);
  expect(await save(now.updatedAt)).toBe("saved");
  expect(await save(opened.updatedAt)).toBe("changed");
  expect(await save()).toBe("saved");
});

test("a bad entry is left out, be it an advertiser or a campaign; the rest of the feed is taken", async () => {
  const [shop, other] = [await aShop(), await aShop()];
  const advertiser = (id: string, more = {}) => ({
    ...{
      id,
      name: id,
      domain: "northwind.example",
      campaigns: [{ id: "a", form: aCampaignForm({ name: id }) }],
    },
    ...more,
  });
  const publishFeed = (...advertisers: unknown[]) =>
    (feed = { status: 200, body: JSON.stringify({ advertisers }) });
  publishFeed(advertiser("first"), advertiser("spoilt"), advertiser("refused"));
  await read(shop);
  await approveAll(shop);
  publishFeed(
    7,
    { name: "nobody" },
    advertiser("spoilt", { domain: "https://northwind.example" }),
    advertiser("first"),
    advertiser("first", { name: "Twice" }),
    advertiser("refused", {
      campaigns: [{ id: "a" }, null, { id: "b", form: aCampaignForm({ name: "new" }) }],
    }),
  );
  await read(shop);
  const mistake = "The host's feed has a mistake in it: ";
  expect(await states(shop)).toEqual([
    ["first", "live", null],
    ["new", "waiting", null],
    ["refused", "paused", expect.stringContaining(mistake)],
    ["spoilt", "paused", `${mistake}domain: Use a domain like brand.example, without https://.`],
  ]);
  expect(await states(other)).toEqual([]);
});

test("an entry that the database refuses leaves nothing behind and stops none of the others", async () => {
  const [shop, other] = [await aShop(), await aShop()];
  const form = (name: string) => ({ id: name, form: aCampaignForm({ name }) });
  const advertiser = { id: "nw", name: "Northwind", domain: "northwind.example", campaigns: [form("good")] };
  const propose = (advertisers: unknown[]) =>
    inShop(shop.id, (tx) =>
      proposeFeed(tx, shop, { advertisers }, { secret: env().ENCRYPTION_KEY }, new Date()),
    );
  await propose([advertiser]);
  await approveAll(shop);
  // No text of Postgres can hold a NUL.
  const unstorable = { ...form("good"), form: aCampaignForm({ name: "go\0od" }) };
  const outcome = await propose([
    { ...advertiser, id: "bad", name: "No\0body" },
    { ...advertiser, campaigns: [unstorable, form("other")] },
  ]);
  expect(outcome).toEqual({ proposed: 1, changed: 0, skipped: 2 });
  expect(await states(shop)).toEqual([
    ["good", "paused", "The host's feed has something in it that cannot be stored."],
    ["other", "waiting", null],
  ]);
  expect((await advertisers(shop)).map(({ name }) => name)).toEqual(["Northwind"]);
  expect(await states(other)).toEqual([]);
});

test("a feed that is away or no feed changes nothing and is tried again; without one nothing is asked", async () => {
  const shop = await aShop();
  feed = { status: 503, body: "" };
  await expect(read(shop)).rejects.toThrow("answered 503");
  feed = { status: 200, body: "<html>" };
  await expect(read(shop)).rejects.toThrow();
  feed = { status: 200, body: '{"advertisers":7}' };
  await expect(read(shop)).rejects.toThrow();
  await sponsoredJobs(testPorts())["sponsored.read-feed"]({ shopId: shop.id });
  expect(await advertisers(shop)).toEqual([]);
});
