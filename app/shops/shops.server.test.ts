import { afterAll, beforeAll, expect, test } from "vitest";
import { bindToShop, inShop } from "#app/db/in-shop.server";
import { prisma } from "#app/db/pool.server";
import { startQueue, stopQueue } from "#app/queue/queue.server";
import { aShop } from "../../tests/factories/shop";
import { nextStep } from "./onboarding";
import { nearestLocale, spokenLocale } from "./settings";
import {
  changeSettings,
  completeInstall,
  findShop,
  markStep,
  recordInstall,
  recordUninstall,
  saveProfile,
  settingsOf,
} from "./shops.server";

beforeAll(() => startQueue("web"));
afterAll(() => stopQueue());

const MORNING = new Date("2026-11-22T08:00:00Z");
const EVENING = new Date("2026-11-22T20:00:00Z");

/** Installing as the border does it: both halves in one transaction. */
async function install(domain: string, now: Date) {
  return prisma.$transaction(async (tx) => {
    const result = await recordInstall(tx, domain, "read_orders", now);
    if (result.installed) {
      await bindToShop(tx, result.shop.id);
      await completeInstall(tx, result.shop.id);
    }
    return result;
  });
}

test("the first token exchange installs; later ones change nothing", async () => {
  const first = await install("first.myshopify.com", MORNING);
  const second = await install("first.myshopify.com", EVENING);
  expect([first.installed, second.installed]).toEqual([true, false]);
  expect(second.shop).toMatchObject({ id: first.shop.id, installedAt: MORNING });
});

test("an uninstall told after the next token exchange is history, also where it was never heard of before", async () => {
  const { shop } = await install("late.myshopify.com", MORNING);
  await install("late.myshopify.com", EVENING);
  const noon = new Date("2026-11-22T12:00:00Z");
  await inShop(shop.id, (tx) => recordUninstall(tx, shop.id, noon, EVENING));
  expect(await findShop(prisma, shop.domain)).toMatchObject({ status: "installed" });
  await inShop(shop.id, (tx) => recordUninstall(tx, shop.id, EVENING, EVENING));
  expect(await findShop(prisma, shop.domain)).toMatchObject({ status: "uninstalled" });
});

test("two token exchanges at once install once", async () => {
  const both = await Promise.all([
    install("twice.myshopify.com", MORNING),
    install("twice.myshopify.com", MORNING),
  ]);
  expect(both.filter(({ installed }) => installed)).toHaveLength(1);
});

test("uninstalling removes the sessions; installing again finds the same shop and settings", async () => {
  const { shop } = await install("back.myshopify.com", MORNING);
  await prisma.session.create({
    data: { id: "offline_back", shop: shop.domain, state: "", accessToken: "sealed" },
  });
  await inShop(shop.id, (tx) => changeSettings(tx, shop.id, { holdoutPercent: 20 }));
  await inShop(shop.id, (tx) => recordUninstall(tx, shop.id, EVENING, EVENING));
  expect(await findShop(prisma, shop.domain)).toMatchObject({
    status: "uninstalled",
    uninstalledAt: EVENING,
  });
  expect(await prisma.session.count({ where: { shop: shop.domain } })).toBe(0);

  const again = await install("back.myshopify.com", new Date("2026-11-23T08:00:00Z"));
  expect(again).toMatchObject({
    installed: true,
    shop: { id: shop.id, status: "installed", uninstalledAt: null },
  });
  expect((await inShop(shop.id, (tx) => settingsOf(tx, shop.id))).holdoutPercent).toBe(20);
});

test("steps of the onboarding are done or skipped, in any order; what is done stays done", async () => {
  const shop = await aShop();
  await inShop(shop.id, async (tx) => {
    await markStep(tx, shop.id, "brand", "done");
    await markStep(tx, shop.id, "offer", "skipped");
    await markStep(tx, shop.id, "brand", "skipped");
  });
  const { onboarding } = await inShop(shop.id, (tx) => settingsOf(tx, shop.id));
  expect(onboarding).toEqual({ brand: "done", offer: "skipped" });
  expect(nextStep(onboarding)).toBe("surfaces");
  expect(nextStep(onboarding, "survey")).toBe("loyalty");
  expect(nextStep({ ...onboarding, loyalty: "done" }, "survey")).toBe("surfaces");
  expect(
    nextStep({ brand: "done", surfaces: "done", offer: "done", survey: "done", loyalty: "skipped" }),
  ).toBeNull();
});

test("settings of one shop do not touch another's", async () => {
  const [one, other] = [await aShop(), await aShop()];
  const before = await inShop(other.id, (tx) => settingsOf(tx, other.id));
  await inShop(one.id, (tx) => changeSettings(tx, one.id, { offerFloor: 0.1 }));
  expect(await inShop(other.id, (tx) => settingsOf(tx, other.id))).toEqual(before);
  await expect(inShop(one.id, (tx) => changeSettings(tx, other.id, { offerFloor: 0.1 }))).rejects.toThrow();
});

test.each([
  ["de-AT", "de"],
  ["FR", "fr"],
  ["pt-BR", "en"],
  [null, "en"],
])("the nearest language to %s is %s", (wanted, expected) => {
  expect(nearestLocale(wanted)).toBe(expected);
});

test("a new shop speaks its own language; once it is set up, only the merchant changes that", async () => {
  const [paris, other] = [await aShop(), await aShop()];
  const localesOf = async (id: number) => (await inShop(id, (tx) => settingsOf(tx, id))).locales;
  await inShop(paris.id, (tx) => saveProfile(tx, paris.id, { primaryLocale: "fr-CA" }));
  expect([await localesOf(paris.id), await localesOf(other.id)]).toEqual([["fr"], ["en"]]);
  await inShop(paris.id, async (tx) => {
    await markStep(tx, paris.id, "brand", "done");
    await changeSettings(tx, paris.id, { locales: ["en"] });
    await saveProfile(tx, paris.id, { primaryLocale: "fr" });
  });
  expect(await localesOf(paris.id)).toEqual(["en"]);
});

test("shoppers get their language where it is switched on, else the shop's first", () => {
  expect(spokenLocale(["en", "de"], "de-AT")).toBe("de");
  expect(spokenLocale(["de", "fr"], "es")).toBe("de");
  expect(spokenLocale([], "fr")).toBe("en");
});
