/** What the editor saves, and what it refuses and why: in a real database, for two shops. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { inShop } from "#app/db/in-shop.server";
import type { Shop } from "#app/generated/prisma/client";
import { EMPTY_OFFER, OfferFormSchema, type OfferForm } from "#app/offers/offer";
import { moveOffer, offerById } from "#app/offers/offers.server";
import { startQueue, stopQueue } from "#app/queue/queue.server";
import { aProduct } from "../../../tests/factories/catalogue";
import { aShop } from "../../../tests/factories/shop";
import { carryOut } from "./carry-out.server";

beforeAll(() => startQueue("web"));
afterAll(() => stopQueue());

const NOW = new Date("2026-11-22T12:00:00Z");
const LATER = new Date("2026-11-22T12:05:00Z");
const form: OfferForm = { ...EMPTY_OFFER, name: "Advent" };

type Wish = Partial<Parameters<typeof carryOut>[3]>;

function ask(shop: Shop, id: string | null, wish: Wish, now = NOW) {
  return inShop(shop.id, (tx) => carryOut(tx, shop, id, { intent: "save", form, seen: null, ...wish }, now));
}

async function anOffer(shop: Shop): Promise<string> {
  const result = await ask(shop, null, { intent: "publish" });
  if (!("created" in result)) throw new Error(JSON.stringify(result));
  return result.created;
}

const read = (shop: Shop, id: string) => inShop(shop.id, (tx) => offerById(tx, shop.id, id));

test("of two tabs, the second is told and loses nothing; it may insist", async () => {
  const shop = await aShop();
  const id = await anOffer(shop);
  const seen = (await read(shop, id))!.updatedAt;
  expect(await ask(shop, id, { form: { ...form, name: "First tab" }, seen }, LATER)).toMatchObject({
    saved: "Offer saved",
  });
  const second = { form: { ...form, name: "Second tab" } };
  expect(await ask(shop, id, { ...second, seen }, LATER)).toMatchObject({ isStale: true });
  expect(await read(shop, id)).toMatchObject({ name: "First tab" });
  expect(await ask(shop, id, { ...second, seen: null }, LATER)).toMatchObject({ saved: "Offer saved" });
  expect(await read(shop, id)).toMatchObject({ name: "Second tab" });
});

test("a live offer can be paused whatever is wrong with it; what is wrong is not saved, nor published", async () => {
  const [shop, other] = [await aShop(), await aShop()];
  const id = await anOffer(shop);
  const wrong = { form: { ...form, selection: "pinned" as const, productGid: "gid://shopify/Product/404" } };
  const refused = { problems: { productGid: expect.any(String) } };
  expect(await ask(other, id, { ...wrong, intent: "pause" })).toMatchObject(refused);
  expect(await ask(shop, id, { ...wrong, intent: "pause" })).toMatchObject({ saved: "Offer paused" });
  expect(await read(shop, id)).toMatchObject({ status: "paused", selection: "complementary" });
  expect(await ask(shop, id, { ...wrong, intent: "publish" })).toMatchObject(refused);
});

test("a country that no order comes from is refused beside its field; an offer that has one is paused all the same", async () => {
  const [shop, other] = [await aShop(), await aShop()];
  const fitFor = (...countries: string[]) => ({
    form: { ...form, targeting: { ...form.targeting, countries } },
  });
  expect(await ask(shop, null, fitFor("DE", "ZZ"))).toEqual({
    problems: { "targeting.countries": "ZZ is not a country that we know. Use its two letters, like DE." },
  });
  expect(await ask(shop, null, fitFor("UK"))).toEqual({
    problems: { "targeting.countries": "Use GB for the United Kingdom, not UK." },
  });
  const ids = [await anOffer(shop), await anOffer(other)];
  await inShop(shop.id, (tx) => tx.offer.updateMany({ data: { targeting: fitFor("UK").form.targeting } }));
  expect(await read(shop, ids[0]!)).toMatchObject({ targeting: { countries: ["UK"] } });
  expect(await ask(shop, ids[0]!, { ...fitFor("UK"), intent: "pause" })).toMatchObject({
    saved: "Offer paused",
  });
  expect(await ask(shop, ids[0]!, fitFor("GB"))).toMatchObject({ saved: "Offer saved" });
  expect(await read(other, ids[1]!)).toMatchObject({ status: "live", targeting: { countries: [] } });
});

test("an offer that was archived meanwhile, is gone, or is another shop's is not saved", async () => {
  const [shop, other] = [await aShop(), await aShop()];
  const id = await anOffer(shop);
  const theirs = { form: { ...form, name: "Theirs" } };
  expect(await ask(other, id, theirs)).toMatchObject({
    problems: { "": expect.stringContaining("no longer") },
  });
  await inShop(shop.id, (tx) => moveOffer(tx, shop.id, id, "archive", NOW));
  expect(await ask(shop, id, theirs)).toMatchObject({
    problems: { "": expect.stringContaining("archived") },
  });
  expect(await read(shop, id)).toMatchObject({ name: "Advent", status: "archived" });
});

test("products that are unknown, another shop's or archived are named beside their field", async () => {
  const [shop, other] = [await aShop(), await aShop()];
  const draft = await aProduct(shop, { status: "ARCHIVED" });
  const foreign = await aProduct(other);
  const pin = (productGid: string) => ({ form: { ...form, selection: "pinned" as const, productGid } });
  const problemsOf = async (wish: Wish) => {
    const result = await ask(shop, null, wish);
    return "problems" in result ? Object.keys(result.problems) : [];
  };
  expect(await problemsOf(pin(foreign.productGid))).toEqual(["productGid"]);
  expect(await problemsOf({ intent: "publish", ...pin(draft.productGid) })).toEqual(["productGid"]);
  expect(await problemsOf(pin(draft.productGid))).toEqual([]);
  const targeting = { ...form.targeting, productGids: ["gid://shopify/Product/404"] };
  expect(await problemsOf({ form: { ...form, targeting, excludedGids: [foreign.productGid] } })).toEqual([
    "excludedGids",
    "targeting.productGids",
  ]);
  expect(await problemsOf({ intent: "publish", form: { ...form, endsOn: "2026-11-21" } })).toEqual([
    "endsOn",
  ]);
  expect(await problemsOf({ intent: "publish", form: { ...form, endsOn: "2026-11-22" } })).toEqual([]);
});

test.each<[string, object, string]>([
  ["a number that is none", { discountPercent: "not a number" }, "discountPercent"],
  ["a limit that is none", { capTotal: "not a number" }, "capTotal"],
  ["a huge amount", { minimumMinor: 1e300 }, "minimumMinor"],
  ["a half percent", { discountPercent: 10.5 }, "discountPercent"],
  ["a place that is none", { surfaces: ["moon"] }, "surfaces.0"],
  ["days that overlap the wrong way", { startsOn: "2026-12-02", endsOn: "2026-12-01" }, "endsOn"],
  ["a day that is none", { startsOn: "2026-02-30" }, "startsOn"],
  [
    "a headline that is too long",
    { texts: { de: { headline: "😀".repeat(61), body: "" } } },
    "texts.de.headline",
  ],
  ["a plain link with a discount", { acceptBy: "cart" }, "acceptBy"],
])("%s is refused beside its field", (_name, change, field) => {
  const parsed = OfferFormSchema.safeParse({ ...form, ...change });
  expect(parsed.error?.issues.map(({ path }) => path.join("."))).toContain(field);
});

test("pasted markup and emoji are kept as the text they are", async () => {
  const shop = await aShop();
  const name = "<b>Advent</b> 🎄 {{customer}}";
  const result = await ask(shop, null, { form: { ...form, name } });
  expect(await read(shop, (result as { created: string }).created)).toMatchObject({ name });
});
