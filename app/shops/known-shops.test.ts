import { expect, test } from "vitest";
import { aShop } from "../../tests/factories/shop";
import { forgetShops, installedShop } from "./known-shops.server";

test("all who ask at a moment share one look-up, each shop its own; then it is known without waiting", async () => {
  const [tea, lamps] = [await aShop(), await aShop()];
  forgetShops();
  const asked = Array.from({ length: 40 }, (_, index) => installedShop((index % 2 ? tea : lamps).domain));
  const [aLamp, aTea] = [asked[0], asked[1]];
  expect(asked.every((one, index) => one === (index % 2 ? aTea : aLamp))).toBe(true);
  expect([(await aTea)?.id, (await aLamp)?.id]).toEqual([tea.id, lamps.id]);
  expect(installedShop(tea.domain)).toMatchObject({ id: tea.id });
});

test("a shop that is not installed is none", async () => {
  expect(await installedShop("nobody.myshopify.com")).toBeNull();
  expect(installedShop("nobody.myshopify.com")).toBeNull();
});
