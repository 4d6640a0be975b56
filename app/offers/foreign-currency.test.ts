/** Who paid in another currency than the shop's is shown no price of ours: it would not be the one that is charged. */
import { expect, test } from "vitest";
import { inShop } from "#app/db/in-shop.server";
import { drainEverything, inboxRow } from "../../tests/factories/inbox";
import { aFurnitureShop } from "../../tests/factories/furniture-shop";
import { servedHotPaths } from "../../tests/factories/http";
import { mailsWithOffers } from "../../tests/factories/mails-with-offers";
import { aLiveOffer, aMoment, askForOffers } from "../../tests/factories/offers";
import { linePayload, orderPayload } from "../../tests/factories/webhooks-payloads";

const web = servedHotPaths();
const mails = mailsWithOffers();

test("in the account, where nothing but the last order tells it; another shop's buyers see their offer", async () => {
  const shown = async (presentment_currency: string) => {
    const { shop, chair } = await aFurnitureShop();
    await aLiveOffer(shop, { surfaces: ["account"] });
    const line_items = [linePayload(1, { product_id: Number(chair.productGid.split("/").at(-1)) })];
    await inboxRow(shop, "orders/create", orderPayload(1, { presentment_currency, line_items }));
    await drainEverything();
    const order = await inShop(shop.id, (tx) => tx.order.findFirstOrThrow());
    const account = { ...aMoment([]), surface: "account", orderId: undefined, currency: undefined } as const;
    return (await askForOffers(web.url, shop, account, order.customerGid!)).placements.length;
  };
  expect([await shown("USD"), await shown("EUR")]).toEqual([0, 1]);
});

test("in mails", async () => {
  const [abroad, here] = [await mails.aMailWithSlot(), await mails.aMailWithSlot()];
  const data = { presentmentCurrency: "USD" };
  await inShop(abroad.shop.id, (tx) => tx.order.updateMany({ where: { shopId: abroad.shop.id }, data }));
  expect((await mails.sendMail(abroad)).mail.text).not.toContain("Picked for you");
  expect((await mails.sendMail(here)).mail.text).toContain("Picked for you");
});
