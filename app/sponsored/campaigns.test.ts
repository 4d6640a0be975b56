import { expect, test } from "vitest";
import { forgetShopMemory } from "#app/api/shop-memory.server";
import { inShop } from "#app/db/in-shop.server";
import { aProduct } from "../../tests/factories/catalogue";
import { callAsExtension, servedHotPaths } from "../../tests/factories/http";
import { aCampaignForm, aLiveCampaign, anAdvertiser, seeSponsored } from "../../tests/factories/sponsored";
import { aShop } from "../../tests/factories/shop";
import { CampaignFormSchema, standingOf, type CampaignForm } from "./campaign";
import { isOnPace } from "./pacing";
import {
  campaignById,
  createCampaign,
  formOf,
  listCampaigns,
  moveCampaign,
  saveCampaign,
} from "./sponsored.server";
import { DEFAULT_TERMS, TermsFormSchema } from "./terms";
import { saveTerms } from "./terms.server";

const web = servedHotPaths();

const aQuietShop = () => aShop({}, { holdoutPercent: 0, locales: ["en", "de"] });

test("nothing is shown before advertiser and campaign are approved", async () => {
  const shop = await aQuietShop();
  const advertiser = await anAdvertiser(shop, { approved: false });
  const now = new Date();
  const saved = await inShop(shop.id, (tx) =>
    createCampaign(tx, shop, { advertiserId: advertiser.id, form: aCampaignForm() }, now),
  );
  if (saved.status !== "saved") throw new Error(saved.status);
  expect(await seeSponsored(web.url, shop)).toBeNull();
  const early = await inShop(shop.id, (tx) => moveCampaign(tx, shop.id, saved.id, "approve", now));
  expect(early.status).toBe("advertiser-not-approved");
  expect(await seeSponsored(web.url, shop)).toBeNull();
});

test.each<[string, Partial<CampaignForm>, Record<string, unknown>, boolean]>([
  ["another country", { countries: ["FR"] }, { country: "DE" }, false],
  ["its country", { countries: ["FR", "DE"] }, { country: "DE" }, true],
  ["a country that is not told", { countries: ["DE"] }, {}, false],
  ["a first order, for returning buyers", buyers("returning"), { isFirstOrder: true }, false],
  ["a later order, for returning buyers", buyers("returning"), { isFirstOrder: false }, true],
  ["an unknown buyer, for new ones", buyers("new"), {}, false],
  ["a small order", { audience: { ...aCampaignForm().audience, leastOrderMinor: 2_001 } }, {}, false],
  ["a large order", { audience: { ...aCampaignForm().audience, mostOrderMinor: 1_999 } }, {}, false],
  ["a day too early", { startsOn: "2099-01-01" }, {}, false],
])("%s: shown or not by the campaign's rules", async (_name, rules, moment, shown) => {
  const shop = await aQuietShop();
  await aLiveCampaign(shop, await anAdvertiser(shop), rules);
  expect((await seeSponsored(web.url, shop, moment)) !== null).toBe(shown);
});

test("after its last day it is not shown", async () => {
  const shop = await aQuietShop();
  const id = await aLiveCampaign(shop, await anAdvertiser(shop));
  expect(await seeSponsored(web.url, shop)).not.toBeNull();
  const endsAt = new Date(Date.now() - 1_000);
  await inShop(shop.id, (tx) =>
    tx.sponsoredCampaign.update({ where: { shopId_id: { shopId: shop.id, id } }, data: { endsAt } }),
  );
  forgetShopMemory();
  expect(await seeSponsored(web.url, shop)).toBeNull();
});

function buyers(who: "new" | "returning"): Partial<CampaignForm> {
  return { audience: { ...aCampaignForm().audience, buyers: who } };
}

test("before the purchase nothing leads a shopper away from it", async () => {
  const shop = await aQuietShop();
  await aLiveCampaign(shop, await anAdvertiser(shop));
  for (const surface of ["cart", "checkout"] as const) {
    expect(await seeSponsored(web.url, shop, { surface, orderId: undefined })).toBeNull();
  }
  expect(await seeSponsored(web.url, shop, { surface: "order-status" })).not.toBeNull();
});

test("product types of the order are looked at", async () => {
  const shop = await aQuietShop();
  const audience = { ...aCampaignForm().audience, productTypes: ["Cups"] };
  await aLiveCampaign(shop, await anAdvertiser(shop), { audience });
  const [cup, lamp] = [
    await aProduct(shop, { category: "Cups" }),
    await aProduct(shop, { category: "Lamps" }),
  ];
  expect(await seeSponsored(web.url, shop, { product: cup })).not.toBeNull();
  expect(await seeSponsored(web.url, shop, { product: lamp })).toBeNull();
});

test("blocked categories and domains and the least price keep campaigns away, here and not in another shop", async () => {
  const terms = { reserveMinor: 5, reserveSaleMinor: 50, blockedCategories: [], blockedDomains: [] };
  const cases = [
    { ...terms, blockedCategories: ["food" as const] },
    { ...terms, blockedDomains: ["northwind.example"] },
    { ...terms, reserveMinor: 501 },
  ];
  const other = await aQuietShop();
  await aLiveCampaign(other, await anAdvertiser(other));
  for (const form of cases) {
    const shop = await aQuietShop();
    await aLiveCampaign(shop, await anAdvertiser(shop));
    expect(await seeSponsored(web.url, shop)).not.toBeNull();
    await inShop(shop.id, (tx) => saveTerms(tx, shop.id, form, new Date()));
    forgetShopMemory();
    expect(await seeSponsored(web.url, shop)).toBeNull();
  }
  expect(await seeSponsored(web.url, other)).not.toBeNull();
});

test("“not for me” means the advertiser, for this person", async () => {
  const shop = await aQuietShop();
  const customerGid = "gid://shopify/Customer/55";
  const advertiser = await anAdvertiser(shop);
  await aLiveCampaign(shop, advertiser);
  await aLiveCampaign(shop, advertiser, { name: "Winter roast" });
  const seen = (await seeSponsored(web.url, shop, { customerGid }))!;
  await callAsExtension(
    web.url,
    shop,
    "/api/outcomes",
    { decisionId: seen.decisionId, position: 1, outcome: "dismissal" },
    { customerGid },
  );
  expect(await seeSponsored(web.url, shop, { customerGid })).toBeNull();
  expect(await seeSponsored(web.url, shop, { customerGid: "gid://shopify/Customer/56" })).not.toBeNull();
});

test("another currency than the shop's is never shown", async () => {
  const shop = await aQuietShop();
  await aLiveCampaign(shop, await anAdvertiser(shop));
  expect(await seeSponsored(web.url, shop, { currency: "USD" })).toBeNull();
});

test.each<[string, Record<string, unknown>, string]>([
  ["a bid that is no number", { bidMinor: NaN }, "bidMinor"],
  ["a negative bid", { bidMinor: -1 }, "bidMinor"],
  ["no bid", { bidMinor: 0 }, "bidMinor"],
  ["half a cent", { bidMinor: 0.5 }, "bidMinor"],
  ["a budget below the bid", { budgetMinor: 499 }, "budgetMinor"],
  ["a daily budget below the bid", { dailyBudgetMinor: 499 }, "dailyBudgetMinor"],
  ["a bid without end", { bidMinor: Infinity }, "bidMinor"],
  ["no words", { texts: { de: { title: " ", body: "", action: "" } } }, "texts"],
  ["a script as an address", { targetUrl: "javascript:alert(1)" }, "targetUrl"],
  ["an open address", { targetUrl: "http://northwind.example/" }, "targetUrl"],
  ["an end before the start", { startsOn: "2026-02-01", endsOn: "2026-01-01" }, "endsOn"],
  ["a category that is none", { category: "magic" }, "category"],
  ["a country that is none", { countries: ["Germany"] }, "countries.0"],
])("%s is a problem beside its field", (_name, change, field) => {
  const read = CampaignFormSchema.safeParse({ ...aCampaignForm(), ...change });
  expect(read.error?.issues.map(({ path }) => path.join("."))).toContain(field);
});

test("a campaign leads to its advertiser's domain, bids in the shop's currency and not below the least price", async () => {
  const shop = await aQuietShop();
  const { id: advertiserId } = await anAdvertiser(shop);
  const create = (form: CampaignForm) =>
    inShop(shop.id, (tx) => createCampaign(tx, shop, { advertiserId, form }, new Date()));
  const wrong = await create(
    aCampaignForm({ targetUrl: "https://northwind.example.evil.example/", currency: "USD", bidMinor: 4 }),
  );
  expect(wrong).toEqual({
    status: "invalid",
    problems: { targetUrl: expect.any(String), currency: expect.any(String), bidMinor: expect.any(String) },
  });
  expect((await inShop(shop.id, (tx) => listCampaigns(tx, shop.id))).length).toBe(0);
});

test("what the advertiser's side changes in the words is approved anew; a merchant's own change is not", async () => {
  const shop = await aQuietShop();
  const other = await aQuietShop();
  const id = await aLiveCampaign(shop, await anAdvertiser(shop));
  const now = new Date();
  const save = (form: CampaignForm, byOther: boolean) =>
    inShop(shop.id, (tx) => saveCampaign(tx, shop, id, form, now, { byOther }));
  const state = async () => (await inShop(shop.id, (tx) => campaignById(tx, shop.id, id)))!.status;
  const form = aCampaignForm();
  await save({ ...form, bidMinor: 600 }, true);
  expect(await state()).toBe("live");
  await save({ ...form, targetUrl: "https://northwind.example/other" }, false);
  expect(await state()).toBe("live");
  await save({ ...form, targetUrl: "https://northwind.example/third" }, true);
  expect(await state()).toBe("waiting");
  const stolen = await inShop(other.id, (tx) => saveCampaign(tx, other, id, form, now));
  expect(stolen.status).toBe("unknown");
  expect(await inShop(other.id, (tx) => campaignById(tx, other.id, id))).toBeNull();
});

test("the form comes back as it was saved", async () => {
  const shop = await aQuietShop();
  const form = aCampaignForm({
    startsOn: "2026-11-01",
    endsOn: "2026-12-24",
    dailyBudgetMinor: 900,
    countries: ["DE"],
  });
  const id = await aLiveCampaign(shop, await anAdvertiser(shop), form);
  const campaign = (await inShop(shop.id, (tx) => campaignById(tx, shop.id, id)))!;
  expect(formOf(campaign, shop.timezone)).toEqual(form);
});

test("spending is spread over the day and over the days that are left", () => {
  const campaign = {
    ...{ bidMinor: 100, budgetMinor: 100_000, dailyBudgetMinor: 2_400, spentMinor: 0, endsAt: null },
    ...{ spentOn: "2026-11-22", spentTodayMinor: 0 },
  };
  const at = (hour: number) => new Date(Date.UTC(2026, 10, 22, hour));
  const spent = (spentTodayMinor: number) => ({ ...campaign, spentMinor: spentTodayMinor, spentTodayMinor });
  expect(isOnPace(campaign, "UTC", at(0))).toBe(true);
  expect([isOnPace(spent(1_400), "UTC", at(12)), isOnPace(spent(1_300), "UTC", at(12))]).toEqual([
    false,
    true,
  ]);
  expect([isOnPace(spent(2_300), "UTC", at(23)), isOnPace(spent(2_400), "UTC", at(23))]).toEqual([
    true,
    false,
  ]);
  // Four days left, 100.00 each; and what was spent yesterday does not count today.
  const ending = {
    ...campaign,
    dailyBudgetMinor: null,
    budgetMinor: 40_000,
    endsAt: new Date("2026-11-26T00:00:00Z"),
  };
  expect(isOnPace({ ...ending, spentTodayMinor: 10_000, spentMinor: 10_000 }, "UTC", at(23))).toBe(false);
  expect(
    isOnPace(
      { ...ending, spentOn: "2026-11-21", spentTodayMinor: 10_000, spentMinor: 10_000 },
      "UTC",
      at(12),
    ),
  ).toBe(true);
  expect(
    isOnPace({ ...ending, endsAt: null, spentTodayMinor: 39_900, spentMinor: 39_900 }, "UTC", at(0)),
  ).toBe(true);
  expect(
    isOnPace({ ...ending, endsAt: null, spentTodayMinor: 39_901, spentMinor: 39_901 }, "UTC", at(0)),
  ).toBe(false);
});

test("the last day may spend what is left, also where it has twenty-five hours", () => {
  const campaign = {
    bidMinor: 10,
    budgetMinor: 1_000,
    dailyBudgetMinor: null,
    spentMinor: 500,
    spentTodayMinor: 500,
  };
  const lastHour = (day: string) => ({
    at: new Date(`${day}T22:30:00Z`),
    campaign: { ...campaign, spentOn: day, endsAt: new Date(`${day}T23:00:00Z`) },
  });
  for (const day of ["2026-11-01", "2026-10-25"]) {
    const { at, campaign: ending } = lastHour(day);
    expect(isOnPace(ending, "Europe/Berlin", at)).toBe(true);
  }
});

test("a live campaign that cannot be shown any more, or not yet, says so", () => {
  const campaign = { status: "live" as const, startsAt: null, endsAt: null };
  const money = { bidMinor: 300, budgetMinor: 400, spentMinor: 100 };
  const now = new Date("2026-11-22T12:00:00Z");
  const [before, after] = [new Date("2026-11-21T00:00:00Z"), new Date("2026-11-23T00:00:00Z")];
  const stands = (more = {}) => standingOf({ ...campaign, ...money, ...more }, now);
  expect([stands(), stands({ spentMinor: 101 })]).toEqual(["live", "used-up"]);
  expect([stands({ endsAt: before }), stands({ startsAt: after })]).toEqual(["over", "planned"]);
  expect(stands({ status: "paused", endsAt: before })).toBe("paused");
});

test("terms say what is wrong beside the field", () => {
  const wrong = TermsFormSchema.safeParse({
    ...DEFAULT_TERMS,
    reserveMinor: NaN,
    blockedDomains: ["https://a.example"],
  });
  expect(wrong.error!.issues.map(({ path }) => path.join(".")).sort()).toEqual([
    "blockedDomains.0",
    "reserveMinor",
  ]);
});
