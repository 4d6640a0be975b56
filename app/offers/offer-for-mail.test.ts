/** The offer slot of a mail: decided when it is written, priced as charged, only for people who agreed. */
import { expect, test } from "vitest";
import { inShop } from "#app/db/in-shop.server";
import { mailsWithOffers, offerLink } from "../../tests/factories/mails-with-offers";
import { aShop } from "../../tests/factories/shop";
import { aTrackingServer, visitTracking } from "../../tests/factories/tracking";

const mails = mailsWithOffers();

test("the offer is decided for this order, priced as charged, with an exclusive code", async () => {
  const scene = await mails.aMailWithSlot();
  const { mail, shopify } = await mails.sendMail(scene);
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
  expect(await mails.placementOf(scene.shop)).toMatchObject({ impressionAt: null, acceptedAt: null });
});

test("a click by its signed link is told to the decision, once, as soon as it is settled that a person did it", async () => {
  const scene = await mails.aMailWithSlot();
  const { mail } = await mails.sendMail(scene);
  const link = offerLink(mail);
  expect(await mails.visit([link, link, `${link}x`])).toEqual([302, 302, 404]);
  expect(await mails.placementOf(scene.shop)).toMatchObject({ clickedAt: null, impressionAt: null });
  await mails.settle();
  const { clickedAt, impressionAt } = (await mails.placementOf(scene.shop))!;
  expect(clickedAt).toBeInstanceOf(Date);
  expect(impressionAt).toEqual(clickedAt);
  await mails.visit([link]);
  await mails.settle();
  expect(await mails.placementOf(scene.shop)).toMatchObject({ clickedAt });
});

test("an offer of a mail is declined on a page that asks once more, and is in no later mail", async () => {
  const scene = await mails.aMailWithSlot();
  const { mail } = await mails.sendMail(scene);
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
  expect((await mails.placementOf(shop))!.dismissedAt).toBeNull();
  const stranger = await aShop();
  expect((await visitTracking(pages.url, stranger, { below: "/decline", form })).status).toBe(404);
  const said = await visitTracking(pages.url, shop, { below: "/decline", form });
  expect([said.status, said.page]).toEqual([200, expect.stringContaining("Thank you, noted.")]);
  expect((await mails.placementOf(shop))!.dismissedAt).not.toBeNull();
  await pages.stop();
  // The same mail once more, as if it were the next.
  await inShop(shop.id, (tx) => tx.message.updateMany({ data: { dedupeKey: "earlier" } }));
  expect((await mails.sendMail(scene)).mail.text).not.toContain("Picked for you");
});

test.each([
  ["did not agree to marketing", { agreed: false }],
  ["is in the holdout", { settings: { holdoutPercent: 100 } }],
  ["gets nothing above the floor", { settings: { offerFloor: 0.2 } }],
])("who %s gets the mail without an offer", async (_, options) => {
  const scene = await mails.aMailWithSlot(options);
  const { mail } = await mails.sendMail(scene);
  expect(mail.text).not.toContain("Picked for you");
  expect(mail.text).toContain("Oak chair");
});

test("another shop's offer is in nobody else's mail", async () => {
  await mails.aMailWithSlot();
  const shop = await aShop({}, { holdoutPercent: 0 });
  const other = await mails.aMailWithSlot({ offer: { status: "paused" } });
  expect((await mails.sendMail(other)).mail.text).not.toContain("Picked for you");
  expect(await mails.placementOf(shop)).toBeNull();
});
