import { expect, test } from "vitest";
import { inShop } from "#app/db/in-shop.server";
import type { Shop } from "#app/generated/prisma/client";
import { aShop } from "../../tests/factories/shop";
import { EMPTY_OFFER, standingOf } from "./offer";
import {
  createOffer,
  duplicateOffer,
  formOf,
  offerById,
  publishStarterOffer,
  saveOffer,
  starterOffer,
} from "./offers.server";

const NOW = new Date("2026-11-22T12:00:00Z");
const NEW_YORK = "America/New_York";
const form = { ...EMPTY_OFFER, name: "Advent", startsOn: "2026-12-01", endsOn: "2026-12-24" };

const inNewYork = ({ id }: Shop) => ({ id, timezone: NEW_YORK });

test("first and last day are days in the shop's zone, and come back to the editor as they were", async () => {
  const shop = await aShop();
  const id = await inShop(shop.id, (tx) => createOffer(tx, inNewYork(shop), form, "live", NOW));
  const offer = (await inShop(shop.id, (tx) => offerById(tx, shop.id, id)))!;
  expect(offer.startsAt).toEqual(new Date("2026-12-01T05:00:00Z"));
  expect(offer.endsAt).toEqual(new Date("2026-12-25T05:00:00Z"));
  expect(formOf(offer, NEW_YORK)).toEqual(form);
  const at = (day: string, more = {}) =>
    standingOf({ ...offer, ...more }, new Date(`2026-12-${day}T12:00:00Z`));
  expect([standingOf(offer, NOW), at("02"), at("26")]).toEqual(["planned", "live", "over"]);
  expect(at("02", { capTotal: 5, taken: 5 })).toBe("used-up");
  expect(at("26", { status: "paused" })).toBe("paused");
  const copy = (await inShop(shop.id, (tx) => duplicateOffer(tx, inNewYork(shop), id, NOW)))!;
  expect(await inShop(shop.id, (tx) => offerById(tx, shop.id, copy))).toMatchObject({
    name: "Advent (copy)",
    status: "draft",
    endsAt: offer.endsAt,
  });
});

test("a first day whose midnight does not exist stays that day, however often it is saved", async () => {
  const shop = await aShop();
  const inSantiago = { id: shop.id, timezone: "America/Santiago" };
  const days = { ...form, startsOn: "2026-09-06", endsOn: "2026-09-06" };
  const id = await inShop(shop.id, (tx) => createOffer(tx, inSantiago, days, "draft", NOW));
  for (let times = 0; times < 2; times++) {
    const offer = (await inShop(shop.id, (tx) => offerById(tx, shop.id, id)))!;
    expect(offer.startsAt).toEqual(new Date("2026-09-06T04:00:00Z"));
    const read = formOf(offer, inSantiago.timezone);
    expect(read).toEqual(days);
    await inShop(shop.id, (tx) => saveOffer(tx, inSantiago, id, read, NOW));
  }
});

test("another shop neither changes nor copies an offer", async () => {
  const [shop, other] = [await aShop(), await aShop()];
  const id = await inShop(shop.id, (tx) => createOffer(tx, inNewYork(shop), form, "live", NOW));
  const changed = { ...form, name: "Mine now" };
  const saved = await inShop(other.id, (tx) => saveOffer(tx, inNewYork(other), id, changed, NOW));
  expect(saved.status).toBe("unknown");
  expect(await inShop(other.id, (tx) => duplicateOffer(tx, inNewYork(other), id, NOW))).toBeNull();
  expect(await inShop(shop.id, (tx) => offerById(tx, shop.id, id))).toMatchObject({ name: "Advent" });
});

test("the first offer is made once; coming back to it finds its discount and changes it, in this shop alone", async () => {
  const [shop, other] = [await aShop(), await aShop()];
  const starterOf = ({ id }: Shop) => inShop(id, (tx) => starterOffer(tx, id));
  const publish = (discount: number) =>
    inShop(shop.id, (tx) => publishStarterOffer(tx, inNewYork(shop), discount, NOW));
  expect(await starterOf(shop)).toBeNull();
  await publish(15);
  const first = await starterOf(shop);
  expect(first).toMatchObject({ discountPercent: 15 });
  await publish(20);
  expect(await starterOf(shop)).toEqual({ id: first!.id, discountPercent: 20 });
  expect(await starterOf(other)).toBeNull();
});
