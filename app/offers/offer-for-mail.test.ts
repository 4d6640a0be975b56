/** The offer slot of a mail: decided when it is written, priced as charged, only for people who agreed. */
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { recordConsent } from "#app/contact-policy/contact-policy.server";
import { inShop } from "#app/db/in-shop.server";
import type { Order, Shop } from "#app/generated/prisma/client";
import { handleMailLink } from "#app/http/mail-links.server";
import { closeSmtp, liveTemplate, saveTemplate } from "#app/messages/messages.server";
import { startQueue, stopQueue } from "#app/queue/queue.server";
import { offersJobs } from "#app/worker/offers-jobs.server";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { aProduct, boughtTogether, type TestProduct } from "../../tests/factories/catalogue";
import { drainOnly } from "../../tests/factories/jobs";
import { aMailServer, anOrderToTell, type TestMailServer } from "../../tests/factories/messages";
import { aLiveOffer } from "../../tests/factories/offers";
import { queueMail, sendQueued } from "../../tests/factories/outbox";
import { testPorts } from "../../tests/factories/ports";
import { aShop } from "../../tests/factories/shop";
import { aTrackingServer, visitTracking } from "../../tests/factories/tracking";
import { shopifyDiscounts } from "../../tests/factories/shopify-discounts";

let server: TestMailServer;
beforeAll(async () => {
  await startQueue("web");
  server = await aMailServer();
});
beforeEach(() => void (server.mails.length = 0));
afterAll(async () => {
  closeSmtp();
  await server.stop();
  await stopQueue();
});

/** Clicks come by the real clock, and one before its mail was sent would be a machine's. */
const NOW = new Date(Date.now() - 3 * 3_600_000);
const ports = (now = NOW) => testPorts({ smtpUrl: server.url, now: () => now });

type Scene = { shop: Shop; order: Order; cushion: TestProduct };

/** A thank-you mail with a slot, an order of a chair, and a cushion that goes with it. */
async function aMailWithSlot({ agreed = true, offer = {}, settings = {} } = {}): Promise<Scene> {
  const shop = await aShop({}, { holdoutPercent: 0, ...settings });
  const chair = await aProduct(shop, { title: "Oak chair", priceMinor: 12_900 });
  const cushion = await aProduct(shop, { title: "Wool cushion", priceMinor: 3_995 });
  await boughtTogether(shop, chair, cushion);
  await aLiveOffer(shop, { discountPercent: 15, surfaces: ["message"], createdAt: NOW, ...offer });
  const line = { title: "Oak chair", quantity: 1, priceMinor: 12_900, productGid: chair.productGid };
  const order = await anOrderToTell(shop, { lines: [line] });
  await inShop(shop.id, async (tx) => {
    const { content } = await liveTemplate(tx, shop.id, "thank-you");
    const fields = { heading: { en: "Picked for you" }, button: { en: "Have a look" } };
    const blocks = [...content.blocks, { id: "slot", type: "offer" as const, fields }];
    await saveTemplate(tx, shop.id, "thank-you", { content: { ...content, blocks }, author: "", now: NOW });
    if (agreed) {
      const consent = { customerGid: order.customerGid, channel: "email", address: order.email! } as const;
      await recordConsent(
        tx,
        shop.id,
        { ...consent, state: "subscribed", source: "shopify", changedAt: NOW, sourceKey: order.gid },
        ports(),
      );
    }
  });
  return { shop, order, cushion };
}

/** Sends the mail; where its code is still being made, a moment later once more. */
async function sendMail({ shop, order }: Scene) {
  const queued = await queueMail(shop, order, { now: NOW });
  const shopify = shopifyDiscounts();
  const first = await sendQueued(shop, queued, ports()).catch((error: Error) => error);
  if (first instanceof Error) {
    expect(first.message).toContain("being made");
    const jobs = offersJobs(testPorts({ adminFor: async () => shopify.admin, now: () => NOW }));
    await drainOnly({ "offers.create-code": jobs["offers.create-code"] });
    await sendQueued(shop, queued, ports(new Date(NOW.getTime() + 5_000)));
  }
  return { mail: server.mails.at(-1)!, shopify };
}

function placementOf(shop: Shop) {
  return inShop(shop.id, (tx) => tx.placement.findFirst({ where: { shopId: shop.id } }));
}

test("the offer is decided for this order, priced as charged, with an exclusive code", async () => {
  const scene = await aMailWithSlot();
  const { mail, shopify } = await sendMail(scene);
  expect(mail.text).toContain("Picked for you");
  expect(mail.text).toContain("Wool cushion: €33.96");
  expect(mail.text).toContain("Goes with the Oak chair you bought");
  expect(mail.html).toContain("<s>€39.95</s>");
  const links = await inShop(scene.shop.id, (tx) =>
    tx.messageLink.findMany({ where: { shopId: scene.shop.id, role: "offer" } }),
  );
  const [code] = shopify.discounts[0]!.codes;
  const variant = scene.cushion.variantGid.split("/").at(-1);
  expect(links.map(({ url }) => url)).toEqual([
    `https://${scene.shop.domain}/cart/${variant}:1?discount=${code}`,
  ]);
  expect(
    await inShop(scene.shop.id, (tx) => tx.decision.findMany({ where: { shopId: scene.shop.id } })),
  ).toMatchObject([{ surface: "message", orderGid: scene.order.gid }]);
  expect(await placementOf(scene.shop)).toMatchObject({ impressionAt: null, acceptedAt: null });
});

test("a click by its signed link is told to the decision, once", async () => {
  const scene = await aMailWithSlot();
  const { mail } = await sendMail(scene);
  const link = /Have a look: (\S+)/.exec(mail.text!)![1]!;
  const web = createServer((request, response) => void handleMailLink(request, response));
  await new Promise<void>((resolve) => web.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(web.address() as AddressInfo).port}${new URL(link).pathname}`;
  const headers = { "user-agent": "Mozilla/5.0 (Macintosh) AppleWebKit/605 Safari/605" };
  for (let time = 0; time < 2; time++) await fetch(url, { redirect: "manual", headers });
  const clicked = await placementOf(scene.shop);
  expect(clicked!.clickedAt).not.toBeNull();
  expect(clicked!.impressionAt).not.toBeNull();
  expect((await fetch(`${url}x`, { redirect: "manual" })).status).toBe(404);
  await new Promise((resolve) => web.close(resolve));
});

test("an offer of a mail is declined on a page that asks once more, and is in no later mail", async () => {
  const scene = await aMailWithSlot();
  const { mail } = await sendMail(scene);
  const { shop } = scene;
  expect(mail.text).toMatch(/Not for me: \S+/);
  const { url } = await inShop(shop.id, (tx) =>
    tx.messageLink.findFirstOrThrow({ where: { shopId: shop.id, url: { contains: "/decline?" } } }),
  );
  const { host, pathname, searchParams } = new URL(url);
  expect([host, pathname]).toEqual([shop.domain, "/apps/postlude/track/decline"]);
  const form = Object.fromEntries(searchParams);
  const pages = await aTrackingServer();
  const asked = await visitTracking(pages.url, shop, { below: "/decline", query: form });
  expect([asked.status, asked.page]).toEqual([200, expect.stringContaining("Not for me")]);
  expect((await placementOf(shop))!.dismissedAt).toBeNull();
  const stranger = await aShop();
  expect((await visitTracking(pages.url, stranger, { below: "/decline", form })).status).toBe(404);
  const said = await visitTracking(pages.url, shop, { below: "/decline", form });
  expect([said.status, said.page]).toEqual([200, expect.stringContaining("Thank you, noted.")]);
  expect((await placementOf(shop))!.dismissedAt).not.toBeNull();
  await pages.stop();
  // The same mail once more, as if it were the next.
  await inShop(shop.id, (tx) => tx.message.updateMany({ data: { dedupeKey: "earlier" } }));
  expect((await sendMail(scene)).mail.text).not.toContain("Picked for you");
});

test.each([
  ["did not agree to marketing", { agreed: false }],
  ["is in the holdout", { settings: { holdoutPercent: 100 } }],
  ["gets nothing above the floor", { settings: { offerFloor: 0.2 } }],
])("who %s gets the mail without an offer", async (_, options) => {
  const scene = await aMailWithSlot(options);
  const { mail } = await sendMail(scene);
  expect(mail.text).not.toContain("Picked for you");
  expect(mail.text).toContain("Oak chair");
});

test("another shop's offer is in nobody else's mail", async () => {
  await aMailWithSlot();
  const shop = await aShop({}, { holdoutPercent: 0 });
  const other = await aMailWithSlot({ offer: { status: "paused" } });
  expect((await sendMail(other)).mail.text).not.toContain("Picked for you");
  expect(await placementOf(shop)).toBeNull();
});
