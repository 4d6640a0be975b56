/** What was taken from a mail, and by whom: a code that was used, a click by a person, never a machine's visit. */
import { expect, test } from "vitest";
import { inShop } from "#app/db/in-shop.server";
import { teachModel } from "#app/decisions/teach.server";
import type { Shop } from "#app/generated/prisma/client";
import { recordOrder } from "#app/orders/orders.server";
import {
  allLinks,
  mailsWithOffers,
  offerLink,
  type MailScene,
} from "../../tests/factories/mails-with-offers";
import { aLine, anOrderSnapshot } from "../../tests/factories/orders";
import { attributeOrder } from "./attribution.server";
import { openCodes } from "./open-codes.server";
import { offerResults } from "./results.server";

const mails = mailsWithOffers();
const DAY = 86_400_000;
let orders = 8_000_000;

/** The mail's reader orders the cushion in a minute, with a code or without. */
async function buyCushion({ shop, order, cushion }: MailScene, code?: string): Promise<void> {
  const number = ++orders;
  const discountMinor = code ? 599 : 0;
  const snapshot = anOrderSnapshot({
    gid: `gid://shopify/Order/${number}`,
    name: `#${number}`,
    discountCodes: code ? [{ code, amountMinor: discountMinor }] : [],
    placedAt: new Date(Date.now() + 60_000),
    updatedAt: new Date(),
    customer: { ...anOrderSnapshot().customer!, gid: order.customerGid! },
    lines: [aLine(number, { ...cushion, discountMinor })],
  });
  await inShop(shop.id, async (tx) => {
    await recordOrder(tx, shop.id, snapshot, new Date());
    await attributeOrder(tx, shop.id, snapshot.gid);
  });
}

function figuresOf({ id }: Shop) {
  const span = { from: new Date(Date.now() - 5 * DAY), to: new Date(Date.now() + DAY) };
  return inShop(id, (tx) => offerResults(tx, id, span));
}

const teach = ({ id }: Shop) => inShop(id, (tx) => teachModel(tx, id, new Date()));
const offersOf = ({ id }: Shop) => inShop(id, (tx) => tx.offer.findMany({ where: { shopId: id } }));

test("who orders with the mail's code took its offer, and the model learns a yes", async () => {
  const [scene, other] = [await mails.aMailWithSlot(), await mails.aMailWithSlot()];
  const { mail, shopify } = await mails.sendMail(scene);
  await mails.sendMail(other);
  await mails.visit([offerLink(mail)]);
  await mails.settle();
  // What was seen counts as a no until it was taken.
  await teach(scene.shop);
  expect(await mails.placementOf(scene.shop)).toMatchObject({ taught: 1 });
  await buyCushion(scene, shopify.discounts[0]!.codes[0]!);
  await teach(scene.shop);
  expect(await mails.placementOf(scene.shop)).toMatchObject({ taught: 2, revenueMinor: 3_396 });
  expect(await figuresOf(scene.shop)).toMatchObject([{ views: 1, accepts: 1, orders: 1 }]);
  expect(await mails.placementOf(other.shop)).toMatchObject({ acceptedAt: null, convertedAt: null });
});

test("an offer without a discount has no code: who clicked it and buys took it", async () => {
  const [clicked, unread] = [await withoutDiscount(), await withoutDiscount()];
  await mails.visit([offerLink(clicked.mail)]);
  await mails.settle();
  for (const { scene } of [clicked, unread]) await buyCushion(scene);
  expect(await mails.placementOf(clicked.scene.shop)).toMatchObject({ revenueMinor: 3_995 });
  expect(await figuresOf(clicked.scene.shop)).toMatchObject([{ accepts: 1, orders: 1 }]);
  expect(await mails.placementOf(unread.scene.shop)).toMatchObject({ acceptedAt: null, convertedAt: null });
});

async function withoutDiscount() {
  const scene = await mails.aMailWithSlot({ offer: { discountPercent: 0 } });
  return { scene, mail: (await mails.sendMail(scene)).mail };
}

test("a machine that follows every link has seen nothing and taken nothing", async () => {
  const scene = await mails.aMailWithSlot();
  const { mail } = await mails.sendMail(scene);
  const links = allLinks(mail);
  expect(links.length).toBeGreaterThan(2);
  await mails.visit(links);
  await mails.settle();
  expect(await mails.placementOf(scene.shop)).toMatchObject({ impressionAt: null, clickedAt: null });
  const touches = await inShop(scene.shop.id, (tx) => tx.touch.count({ where: { kind: "offer" } }));
  expect(touches).toBe(0);
});

test("a scanner's visit to the offer is no click, also where a person followed another link", async () => {
  const scene = await mails.aMailWithSlot();
  const { mail } = await mails.sendMail(scene);
  const other = allLinks(mail).find((link) => link !== offerLink(mail))!;
  await mails.visit([other]);
  await mails.visit([offerLink(mail)], "Barracuda Link Protection");
  await mails.settle();
  const placement = (await mails.placementOf(scene.shop))!;
  expect([placement.clickedAt, placement.impressionAt]).toEqual([null, expect.any(Date)]);
});

test("an offer that one shopper may take is in one mail at a time, and in none once its code was used", async () => {
  const scene = await mails.aMailWithSlot({ offer: { capTotal: 1 } });
  const { mail, shopify } = await mails.sendMail(scene);
  expect(mail.text).toContain("Picked for you");
  expect((await nextMail(scene)).text).not.toContain("Picked for you");
  await buyCushion(scene, shopify.discounts[0]!.codes[0]!);
  expect(await offersOf(scene.shop)).toMatchObject([{ taken: 1 }]);
  expect((await nextMail(scene)).text).not.toContain("Picked for you");
});

test("a code that nobody used in time gives its place back", async () => {
  const scene = await mails.aMailWithSlot({ offer: { capTotal: 1 } });
  await mails.sendMail(scene);
  const { id: shopId } = scene.shop;
  await inShop(shopId, (tx) =>
    tx.offerCode.updateMany({ where: { shopId }, data: { expiresAt: new Date(Date.now() - DAY) } }),
  );
  expect((await nextMail(scene)).text).toContain("Picked for you");
});

test("a code that came too late for its mail is the next one's", async () => {
  const scene = await mails.aMailWithSlot({ offer: { capTotal: 1 } });
  expect((await mails.sendTooLate(scene)).text).not.toContain("Picked for you");
  expect((await nextMail(scene)).text).toContain("Picked for you");
});

test("a mail's code stands nowhere else, also once its reader bought without it, and goes on holding its place", async () => {
  const scene = await mails.aMailWithSlot({ offer: { capTotal: 2 } });
  const { mail } = await mails.sendMail(scene);
  await mails.visit([offerLink(mail)]);
  await mails.settle();
  await buyCushion(scene);
  const { shop, order } = scene;
  const owner = { orderGid: null, customerGid: order.customerGid };
  expect(await inShop(shop.id, (tx) => openCodes(tx, shop, owner, new Date()))).toEqual([]);
  expect(await offersOf(shop)).toMatchObject([{ taken: 1 }]);
  expect((await nextMail(scene)).text).not.toContain("Picked for you");
});

/** To somebody else, about an order of their own. */
async function nextMail(scene: MailScene) {
  const order = await mails.anOrderOf(scene.shop, scene.chair);
  return (await mails.sendMail({ ...scene, order })).mail;
}
