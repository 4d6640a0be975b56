/** A partner that ends the partnership, uninstalls the app or is erased: nothing of it goes on, and it may ask again. */
import { expect, test } from "vitest";
import { forgetShopMemory } from "#app/api/shop-memory.server";
import { inShop } from "#app/db/in-shop.server";
import { prisma } from "#app/db/pool.server";
import type { Shop } from "#app/generated/prisma/client";
import { forgetShops } from "#app/shops/known-shops.server";
import { recordUninstall } from "#app/shops/shops.server";
import { sponsoredJobs, sponsoredSweeps } from "#app/worker/sponsored-jobs.server";
import { servedHotPaths } from "../../tests/factories/http";
import {
  answer,
  aPartnerShop,
  campaignAt,
  carry,
  invite,
  move,
  partners,
  share,
  stateAt,
  theirState,
} from "../../tests/factories/partners";
import { testPorts } from "../../tests/factories/ports";
import { seeSponsored } from "../../tests/factories/sponsored";
import { listPartners } from "./partner-links.server";
import { listSharedOffers, withdrawOffer } from "./partner-offers.server";

const web = servedHotPaths();

const sweep = () =>
  sponsoredSweeps
    .find(({ name }) => name === "sponsored.end-gone-partnerships")!
    .run(testPorts({ now: () => new Date() }));

async function uninstall(shop: Shop): Promise<void> {
  await inShop(shop.id, (tx) => recordUninstall(tx, shop.id, new Date(), new Date()));
  forgetShops();
  forgetShopMemory();
}

async function reinstall(shop: Shop): Promise<void> {
  const back = { status: "installed", installedAt: new Date(), uninstalledAt: null } as const;
  await prisma.shop.update({ where: { id: shop.id }, data: back });
  await sponsoredJobs(testPorts())["sponsored.collect-invitations"]({ shopId: shop.id });
  forgetShops();
}

const isGone = async (shop: Shop) =>
  (await inShop(shop.id, (tx) => listPartners(tx, shop.id))).map((one) => one.isGone);

/** Each shows an offer of the other. */
async function exchanging(): Promise<[Shop, Shop]> {
  const [cups, coffee] = await partners();
  for (const [from, to] of [
    [cups, coffee],
    [coffee, cups],
  ] as const) {
    await share(from);
    expect(await move(to, (await campaignAt(to)).id, "approve")).toBe("moved");
  }
  await carry();
  forgetShopMemory();
  return [cups, coffee];
}

test("a partner that uninstalls is shown no longer; the partnership ends on both sides, and others' stay", async () => {
  const [cups, coffee] = await exchanging();
  const [tea, milk] = await partners();
  expect(await seeSponsored(web.url, cups)).not.toBeNull();
  await uninstall(coffee);
  // At once, before anything was swept.
  expect(await seeSponsored(web.url, cups)).toBeNull();
  expect(await sweep()).toBe(2);
  expect(await sweep()).toBe(0);
  expect([await stateAt(cups), await isGone(cups)]).toEqual([[[coffee.domain, "ended"]], [true]]);
  expect([await stateAt(coffee), await isGone(coffee)]).toEqual([[[cups.domain, "ended"]], [false]]);
  const { id } = await campaignAt(cups, { archived: true });
  expect(await move(cups, id, "reconsider")).toBe("partner-gone");
  expect(await theirState(cups)).toBe("archived");
  expect([await stateAt(tea), await stateAt(milk)]).toEqual([
    [[milk.domain, "active"]],
    [[tea.domain, "active"]],
  ]);
});

test("back again, it is no partner until both agree, and nothing is shown until it is shared and approved anew", async () => {
  const [cups, coffee] = await exchanging();
  await uninstall(coffee);
  await reinstall(coffee);
  // It was away for less than the sweep's pause.
  await sweep();
  expect([await stateAt(cups), await stateAt(coffee)]).toEqual([
    [[coffee.domain, "ended"]],
    [[cups.domain, "ended"]],
  ]);
  expect((await invite(coffee, cups)).status).toBe("invited");
  await carry();
  expect([await stateAt(cups), await isGone(cups)]).toEqual([[[coffee.domain, "asked"]], [false]]);
  await answer(cups, "accept");
  await carry();
  expect(await sweep()).toBe(0);
  forgetShopMemory();
  expect([await seeSponsored(web.url, cups), await seeSponsored(web.url, coffee)]).toEqual([null, null]);
  const [offer] = await inShop(coffee.id, (tx) => listSharedOffers(tx, coffee, new Date()));
  expect(offer!.withdrawn).toBe(true);
  await inShop(coffee.id, (tx) => withdrawOffer(tx, coffee.id, offer!.id, false, new Date()));
  await carry();
  expect(await theirState(coffee)).toBe("waiting");
  await move(cups, (await campaignAt(cups)).id, "approve");
  forgetShopMemory();
  expect(await seeSponsored(web.url, cups)).not.toBeNull();
});

test("a partner whose data was erased before anybody noticed ends the partnership too", async () => {
  const [cups, coffee] = await exchanging();
  await uninstall(coffee);
  await inShop(coffee.id, async (tx) => {
    await tx.partnerOffer.deleteMany();
    await tx.partnerLink.deleteMany();
    await tx.advertiser.deleteMany();
  });
  await sweep();
  expect([await stateAt(cups), await isGone(cups)]).toEqual([[[coffee.domain, "ended"]], [true]]);
  await reinstall(coffee);
  expect((await invite(coffee, cups)).status).toBe("invited");
  await carry();
  expect([await stateAt(cups), await stateAt(coffee)]).toEqual([
    [[coffee.domain, "asked"]],
    [[cups.domain, "invited"]],
  ]);
});

test("an invitation waits on for a shop that uninstalled before it answered", async () => {
  const [cups, coffee] = [await aPartnerShop(), await aPartnerShop()];
  await invite(cups, coffee);
  await carry();
  await uninstall(coffee);
  await sweep();
  expect([await stateAt(cups), await stateAt(coffee)]).toEqual([
    [[coffee.domain, "invited"]],
    [[cups.domain, "ended"]],
  ]);
  await reinstall(coffee);
  await carry();
  expect(await stateAt(coffee)).toEqual([[cups.domain, "asked"]]);
});

test.each([
  ["by the shop that shows the offer", true],
  ["by the shop whose offer it is", false],
])(
  "ended by hand %s and taken up again, nothing is shown before it is shared and approved anew",
  async (_who, isHost) => {
    const [cups, coffee] = await exchanging();
    const [tea, milk] = await exchanging();
    await answer(isHost ? cups : coffee, "end");
    await carry();
    expect([await theirState(cups), await theirState(coffee)]).toEqual(["archived", "archived"]);
    await invite(cups, coffee);
    await carry();
    await answer(coffee, "accept");
    await carry();
    expect(await stateAt(cups)).toEqual([[coffee.domain, "active"]]);
    forgetShopMemory();
    expect([await seeSponsored(web.url, cups), await seeSponsored(web.url, coffee)]).toEqual([null, null]);
    const { id, status } = await campaignAt(cups, { archived: true });
    expect([status, await move(cups, id, "reconsider")]).toEqual(["archived", "partner-gone"]);
    const [offer] = await inShop(coffee.id, (tx) => listSharedOffers(tx, coffee, new Date()));
    await inShop(coffee.id, (tx) => withdrawOffer(tx, coffee.id, offer!.id, false, new Date()));
    await carry();
    expect((await campaignAt(cups)).status).toBe("waiting");
    expect(await move(cups, id, "approve")).toBe("moved");
    forgetShopMemory();
    expect(await seeSponsored(web.url, cups)).not.toBeNull();
    // Others' partnerships stay as they are.
    expect([await theirState(tea), await theirState(milk)]).toEqual(["live", "live"]);
  },
);
