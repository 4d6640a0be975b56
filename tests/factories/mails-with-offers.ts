import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, beforeEach, expect } from "vitest";
import { recordConsent } from "#app/contact-policy/contact-policy.server";
import { inShop } from "#app/db/in-shop.server";
import type { Order, Shop } from "#app/generated/prisma/client";
import { handleMailLink } from "#app/http/mail-links.server";
import { closeSmtp, liveTemplate, saveTemplate } from "#app/messages/messages.server";
import { startQueue, stopQueue } from "#app/queue/queue.server";
import { mailOfferOutcomes } from "#app/worker/mail-offer-outcomes.server";
import { offersJobs } from "#app/worker/offers-jobs.server";
import { aProduct, boughtTogether, type TestProduct } from "./catalogue";
import { drainOnly } from "./jobs";
import { aMailServer, anOrderToTell, type TestMailServer } from "./messages";
import { aLiveOffer } from "./offers";
import { queueMail, sendQueued } from "./outbox";
import { testPorts } from "./ports";
import { aShop } from "./shop";
import { shopifyDiscounts } from "./shopify-discounts";

/** Clicks come by the real clock, and one before its mail was sent would be a machine's. */
const NOW = new Date(Date.now() - 3 * 3_600_000);
const PERSON = "Mozilla/5.0 (Macintosh) AppleWebKit/605 Safari/605";

export type MailScene = { shop: Shop; order: Order; chair: TestProduct; cushion: TestProduct };

/** Mails with an offer, their server, and who follows their links; for the whole test file. */
export function mailsWithOffers() {
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
  const ports = (now = NOW) => testPorts({ smtpUrl: server.url, now: () => now });

  return {
    aMailWithSlot,
    anOrderOf,
    placementOf,
    /** Sends the mail; where its code is still being made, a moment later once more. */
    async sendMail({ shop, order }: MailScene) {
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
    },
    /** Shopify makes the code when the mail has long gone without it. */
    async sendTooLate({ shop, order }: MailScene) {
      const queued = await queueMail(shop, order, { now: NOW });
      await expect(sendQueued(shop, queued, ports())).rejects.toThrow("being made");
      await sendQueued(shop, queued, ports(new Date(NOW.getTime() + 180_000)));
      const { admin } = shopifyDiscounts();
      const jobs = offersJobs(testPorts({ adminFor: async () => admin, now: () => NOW }));
      await drainOnly({ "offers.create-code": jobs["offers.create-code"] });
      return server.mails.at(-1)!;
    },
    /** Somebody follows links of a mail. @returns the statuses of the answers */
    async visit(links: string[], userAgent = PERSON): Promise<number[]> {
      const web = createServer((request, response) => void handleMailLink(request, response));
      await new Promise<void>((resolve) => web.listen(0, "127.0.0.1", resolve));
      const { port } = web.address() as AddressInfo;
      const statuses: number[] = [];
      for (const link of links) {
        const url = `http://127.0.0.1:${port}${new URL(link).pathname}`;
        statuses.push(
          (await fetch(url, { redirect: "manual", headers: { "user-agent": userAgent } })).status,
        );
      }
      await new Promise((resolve) => web.close(resolve));
      return statuses;
    },
    /** A quarter of a minute later it is settled who was a person. */
    async settle(): Promise<void> {
      await mailOfferOutcomes.run(ports(new Date(Date.now() + 15_000)));
    },
  };
}

/** The link of the offer's button. */
export function offerLink(mail: { text?: string }): string {
  return /Have a look: (\S+)/.exec(mail.text!)![1]!;
}

/** Every link of a mail that is counted, also the one that nobody can see. */
export function allLinks(mail: { html?: string | false }): string[] {
  return [...new Set([...String(mail.html).matchAll(/https?:[^"]*\/m\/c\/[\w.-]+/g)].map(([link]) => link))];
}

/** A thank-you mail with a slot, an order of a chair, and a cushion that goes with it. */
async function aMailWithSlot({ agreed = true, offer = {}, settings = {} } = {}): Promise<MailScene> {
  const shop = await aShop({}, { holdoutPercent: 0, ...settings });
  const chair = await aProduct(shop, { title: "Oak chair", priceMinor: 12_900 });
  const cushion = await aProduct(shop, { title: "Wool cushion", priceMinor: 3_995 });
  await boughtTogether(shop, chair, cushion);
  await aLiveOffer(shop, { discountPercent: 15, surfaces: ["message"], createdAt: NOW, ...offer });
  await inShop(shop.id, async (tx) => {
    const { content } = await liveTemplate(tx, shop.id, "thank-you");
    const fields = { heading: { en: "Picked for you" }, button: { en: "Have a look" } };
    const blocks = [...content.blocks, { id: "slot", type: "offer" as const, fields }];
    await saveTemplate(tx, shop.id, "thank-you", { content: { ...content, blocks }, author: "", now: NOW });
  });
  return { shop, chair, cushion, order: await anOrderOf(shop, chair, agreed) };
}

/** Of the chair, by somebody new. */
async function anOrderOf(shop: Shop, chair: TestProduct, agreed = true): Promise<Order> {
  const line = { title: "Oak chair", quantity: 1, priceMinor: 12_900, productGid: chair.productGid };
  const order = await anOrderToTell(shop, { lines: [line] });
  if (!agreed) return order;
  const { customerGid, email, gid: sourceKey } = order;
  const consent = { customerGid, channel: "email", address: email!, state: "subscribed" } as const;
  await inShop(shop.id, (tx) =>
    recordConsent(tx, shop.id, { ...consent, source: "shopify", changedAt: NOW, sourceKey }, testPorts()),
  );
  return order;
}

function placementOf(shop: Shop) {
  return inShop(shop.id, (tx) => tx.placement.findFirst({ where: { shopId: shop.id } }));
}
