/** What the shop's own rules keep away: where a campaign leads counts as much as who it comes from. */
import { expect, test } from "vitest";
import { forgetShopMemory } from "#app/api/shop-memory.server";
import { inShop } from "#app/db/in-shop.server";
import type { Shop } from "#app/generated/prisma/client";
import { servedHotPaths } from "../../tests/factories/http";
import {
  aLiveCampaign,
  anAdvertiser,
  clickOn,
  clicksOf,
  ledgerOf,
  seeSponsored,
} from "../../tests/factories/sponsored";
import { aShop } from "../../tests/factories/shop";
import { objectionTo, standingUnder } from "./block-rules";
import { emptyCampaign } from "./campaign";
import { campaignById, moveCampaign } from "./sponsored.server";
import { DEFAULT_TERMS, type TermsForm } from "./terms";
import { saveTerms, sponsoredTerms } from "./terms.server";

const web = servedHotPaths();

async function block(shop: Shop, blockedDomains: string[]): Promise<void> {
  const form: TermsForm = { reserveMinor: 5, reserveSaleMinor: 50, blockedCategories: [], blockedDomains };
  await inShop(shop.id, (tx) => saveTerms(tx, shop.id, form, new Date()));
  forgetShopMemory();
}

test.each([
  ["brand.example", "https://brand.example/x", "brand.example", true],
  ["brand.example", "https://www.brand.example/x", "www.brand.example", true],
  ["brand.example", "https://brand.example/x", "www.brand.example", true],
  ["brand.example", "https://rival.brand.example/x", "rival.brand.example", true],
  ["brand.example", "https://eu.rival.brand.example/x", "rival.brand.example", true],
  ["brand.example", "https://RIVAL.brand.example./x", "rival.brand.example", true],
  ["brand.example", "https://brand.example/x", "rival.brand.example", false],
  ["shop.brand.example", "https://shop.brand.example/x", "brand.example", true],
  ["mybrand.example", "https://mybrand.example/x", "brand.example", false],
  ["brand.example", "https://brand.example/rival.example", "rival.example", false],
])("of %s, to %s, with %s blocked: %s", (domain, targetUrl, blocked, isBlocked) => {
  const campaign = { ...emptyCampaign("EUR"), targetUrl };
  const objection = objectionTo(campaign, domain, { ...DEFAULT_TERMS, blockedDomains: [blocked] });
  expect(objection?.kind ?? null).toBe(isBlocked ? "blocked" : null);
});

test("blocking where a campaign leads stops it, says why, and it is not approved; in another shop it goes on", async () => {
  const [shop, other] = [await aShop({}, { holdoutPercent: 0 }), await aShop({}, { holdoutPercent: 0 })];
  const target = { targetUrl: "https://outlet.northwind.example/autumn" };
  const id = await aLiveCampaign(shop, await anAdvertiser(shop), target);
  await aLiveCampaign(other, await anAdvertiser(other), target);
  const open = (await seeSponsored(web.url, shop))!;
  const openElsewhere = (await seeSponsored(web.url, other))!;
  await block(shop, ["outlet.northwind.example"]);
  expect(await seeSponsored(web.url, shop)).toBeNull();
  // Nor does a page that was open meanwhile lead there, and nothing is charged.
  expect((await clickOn(web.url, open.clickUrl)).status).toBe(410);
  expect([await clicksOf(shop), await ledgerOf(shop)]).toEqual([[], []]);
  expect((await clickOn(web.url, openElsewhere.clickUrl)).status).toBe(302);
  expect(await seeSponsored(web.url, other)).not.toBeNull();
  const stands = () =>
    inShop(shop.id, async (tx) => {
      const campaign = (await campaignById(tx, shop.id, id))!;
      return standingUnder(campaign, await sponsoredTerms(tx, shop.id), new Date());
    });
  const why = "You blocked outlet.northwind.example on the Rules page.";
  expect(await stands()).toEqual({ standing: "blocked", why });
  const move = async (step: "pause" | "resume") =>
    (await inShop(shop.id, (tx) => moveCampaign(tx, shop.id, id, step, new Date()))).status;
  expect([await move("pause"), await move("resume")]).toEqual(["moved", "blocked"]);
  await block(shop, []);
  expect(await move("resume")).toBe("moved");
  expect(await stands()).toEqual({ standing: "live", why: null });
});
