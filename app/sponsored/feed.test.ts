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
import { createCampaign, listCampaigns, moveCampaign } from "./sponsored.server";

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
