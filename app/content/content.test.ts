import { expect, test } from "vitest";
import { inShop } from "#app/db/in-shop.server";
import type { Shop } from "#app/generated/prisma/client";
import type { Locale } from "#app/shops/settings";
import { aProduct } from "../../tests/factories/catalogue";
import { aShop } from "../../tests/factories/shop";
import { archiveTip, contentFor, listTips, restoreTip, saveTip, tipById } from "./content.server";
import { EXAMPLES, formFrom } from "./examples";
import { TipFormSchema, type TipForm, type TipKind } from "./tip";

const NOW = new Date("2026-11-22T12:00:00Z");

function aTip(change: Partial<TipForm> = {}): TipForm {
  return {
    kind: "care",
    scope: "everything",
    keys: [],
    imageUrl: "",
    texts: { en: { title: "Wash cold", body: "At 30 degrees.\n\nNo dryer.", videoUrl: "" } },
    ...change,
  };
}

function called(title: string, change: Partial<TipForm> = {}): TipForm {
  return aTip({ texts: { en: { title, body: "Words.", videoUrl: "" } }, ...change });
}

async function has(shop: Shop, ...tips: TipForm[]): Promise<string[]> {
  const ids = [];
  for (const tip of tips) {
    const saved = await inShop(shop.id, (tx) => saveTip(tx, shop.id, null, tip, NOW));
    if (saved.status !== "saved") throw new Error(JSON.stringify(saved));
    ids.push(saved.id);
  }
  return ids;
}

function told(shop: Shop, productGids: string[], locale: Locale = "en", kind?: TipKind) {
  return inShop(shop.id, (tx) => contentFor(tx, shop.id, { productGids, kind }, locale));
}

function isInCollection(shop: Shop, productGid: string, gid: string): Promise<unknown> {
  const products = { create: { productGid } };
  return inShop(shop.id, (tx) =>
    tx.collection.create({ data: { shopId: shop.id, gid, title: "Autumn", products } }),
  );
}

const titles = async (...asked: Parameters<typeof told>) => (await told(...asked)).map(({ title }) => title);

test("the most specific tip of each kind speaks, in another shop none of them", async () => {
  const [shop, other] = [await aShop(), await aShop()];
  const mug = await aProduct(shop, { category: "Mugs" });
  const cup = await aProduct(shop, { category: "Mugs" });
  const bowl = await aProduct(shop, { category: "Mugs" });
  await isInCollection(shop, bowl.productGid, "gid://shopify/Collection/1");
  const soap = await aProduct(shop, { category: "Bath" });
  await has(
    shop,
    called("All care"),
    called("Mug care", { scope: "types", keys: ["Mugs"] }),
    called("Autumn care", { scope: "collections", keys: ["gid://shopify/Collection/1"] }),
    called("This mug's care", { scope: "products", keys: [mug.productGid] }),
    called("Begin", { kind: "quick-start" }),
  );
  expect(await titles(shop, [mug.productGid])).toEqual(["Begin", "This mug's care"]);
  expect(await titles(shop, [cup.productGid])).toEqual(["Begin", "Mug care"]);
  expect(await titles(shop, [soap.productGid], "en", "care")).toEqual(["All care"]);
  expect(await titles(shop, [bowl.productGid], "en", "care")).toEqual(["Autumn care"]);
  expect(await titles(other, [mug.productGid])).toEqual([]);
  const both = await told(shop, [mug.productGid, cup.productGid]);
  expect(both.map(({ title, productGids }) => [title, productGids.length])).toEqual([
    ["Begin", 2],
    ["This mug's care", 1],
    ["Mug care", 1],
  ]);
});

test("a tip speaks the shopper's language, or English, or what there is; paragraphs are apart", async () => {
  const shop = await aShop();
  const { productGid } = await aProduct(shop);
  const text = (title: string) => ({ title, body: "One.\n\nTwo.\nStill two.", videoUrl: "" });
  await has(shop, aTip({ texts: { en: text("Care"), de: text("Pflege") } }), {
    ...aTip({ kind: "how-to" }),
    texts: { fr: { title: "Mode d’emploi", body: "", videoUrl: "https://video.example/1" } },
  });
  expect(await titles(shop, [productGid], "de")).toEqual(["Mode d’emploi", "Pflege"]);
  expect(await titles(shop, [productGid], "es")).toEqual(["Mode d’emploi", "Care"]);
  expect(await told(shop, [productGid], "de")).toMatchObject([
    { paragraphs: [], videoUrl: "https://video.example/1", imageUrl: null },
    { paragraphs: ["One.", "Two.\nStill two."], videoUrl: null },
  ]);
});

test("an archived tip is told nowhere until it is brought back; another shop moves and changes nothing", async () => {
  const [shop, other] = [await aShop(), await aShop()];
  const { productGid } = await aProduct(shop);
  const [id] = (await has(shop, called("Care"))) as [string];
  expect(await inShop(other.id, (tx) => archiveTip(tx, other.id, id, NOW))).toEqual({ status: "unknown" });
  expect(await inShop(other.id, (tx) => saveTip(tx, other.id, id, called("Theirs"), NOW))).toEqual({
    status: "unknown",
  });
  const stale = new Date(NOW.getTime() - 1);
  expect(await inShop(shop.id, (tx) => saveTip(tx, shop.id, id, called("Old tab"), NOW, stale))).toEqual({
    status: "changed",
  });
  expect(await titles(shop, [productGid])).toEqual(["Care"]);
  await inShop(shop.id, (tx) => archiveTip(tx, shop.id, id, NOW));
  expect(await titles(shop, [productGid])).toEqual([]);
  expect(await inShop(shop.id, (tx) => listTips(tx, shop.id, { archived: true }))).toHaveLength(1);
  await inShop(shop.id, (tx) => restoreTip(tx, shop.id, id, NOW));
  expect(await titles(shop, [productGid])).toEqual(["Care"]);
  expect(await inShop(other.id, (tx) => tipById(tx, other.id, id))).toBeNull();
});

test("products of another shop are refused beside their field", async () => {
  const [shop, other] = [await aShop(), await aShop()];
  const { productGid } = await aProduct(other);
  const form = called("Care", { scope: "products", keys: [productGid] });
  expect(await inShop(shop.id, (tx) => saveTip(tx, shop.id, null, form, NOW))).toMatchObject({
    status: "invalid",
    problems: { keys: expect.stringContaining("gone") },
  });
});

test.each<[string, Partial<TipForm>, string]>([
  ["about nothing", { scope: "types", keys: [] }, "keys"],
  ["in no language", { texts: {} }, "texts"],
  ["without a title", { texts: { de: { title: "", body: "Text", videoUrl: "" } } }, "texts.de.title"],
  ["with a title alone", { texts: { de: { title: "Titel", body: " ", videoUrl: "" } } }, "texts.de.body"],
  [
    "with a video that is a script",
    { texts: { en: { title: "Watch", body: "", videoUrl: "javascript:alert(1)" } } },
    "texts.en.videoUrl",
  ],
  ["with a picture that is sent in the clear", { imageUrl: "http://pictures.example/1.png" }, "imageUrl"],
])("a tip %s is refused beside its field", (_name, change, field) => {
  const parsed = TipFormSchema.safeParse(aTip(change));
  expect(parsed.error?.issues.map(({ path }) => path.join("."))).toContain(field);
});

test("every example can be saved as it is, in four languages, about the types that it fits", async () => {
  const shop = await aShop();
  const candle = await aProduct(shop, { category: "Candles" });
  for (const example of EXAMPLES) {
    const form = formFrom(example, ["Candles", "Textiles", "Mugs & Cups"]);
    expect(TipFormSchema.parse(form)).toEqual(form);
    expect(Object.keys(form.texts).sort()).toEqual(["de", "en", "es", "fr"]);
    await has(shop, form);
  }
  expect(await titles(shop, [candle.productGid], "de")).toEqual([
    "Wenn Ihr Paket da ist",
    "Beim ersten Anzünden",
  ]);
});
