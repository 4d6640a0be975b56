import { expect, test } from "vitest";
import { placeHold } from "#app/contact-policy/contact-policy.server";
import { saveTip } from "#app/content/content.server";
import { inShop } from "#app/db/in-shop.server";
import { env } from "#app/env.server";
import type { Shop } from "#app/generated/prisma/client";
import { saveAccount } from "#app/messages/messages.server";
import { trackingLink, trackingToken } from "#app/parcels/tracking-link";
import { parcelsJobs } from "#app/worker/parcels-jobs.server";
import { aProduct, boughtTogether } from "../../tests/factories/catalogue";
import { served } from "../../tests/factories/http";
import { drainOnly } from "../../tests/factories/jobs";
import { anOrderToTell, aParcelToTell } from "../../tests/factories/messages";
import { aLiveOffer } from "../../tests/factories/offers";
import { testPorts } from "../../tests/factories/ports";
import { aShop } from "../../tests/factories/shop";
import { aTrackingServer, visitTracking, type Visit } from "../../tests/factories/tracking";

const web = served(aTrackingServer);
const visit = (shop: Pick<Shop, "domain">, how?: Visit) => visitTracking(web.url, shop, how);

/** A shop whose offer fits the order: acceptance by a plain link to the cart, so that no code has to be made. */
async function aShopWithOffer() {
  const shop = await aShop(
    { timezone: "Europe/Berlin", currency: "EUR" },
    { locales: ["en", "de"], holdoutPercent: 0 },
  );
  const chair = await aProduct(shop, { title: "Oak chair", priceMinor: 20_000 });
  const cushion = await aProduct(shop, { title: "Cushion", priceMinor: 4_000 });
  await boughtTogether(shop, chair, cushion, 0.5);
  await aLiveOffer(shop, { surfaces: ["tracking"], discountPercent: 0, acceptBy: "cart" });
  const order = await anOrderToTell(shop, { name: "#1001", locale: "de", currency: "EUR" });
  await inShop(shop.id, (tx) =>
    tx.lineItem.updateMany({
      where: { orderGid: order.gid },
      data: { productGid: chair.productGid, variantGid: chair.variantGid },
    }),
  );
  await aParcelToTell(shop, order, { status: "in_transit" });
  const token = trackingToken(env().ENCRYPTION_KEY, { shopId: shop.id, orderGid: order.gid });
  return { shop, order, token, chair, cushion };
}

const placementOf = (shop: Shop, offerToken: string) =>
  inShop(shop.id, (tx) => tx.placement.findFirstOrThrow({ where: { decisionId: offerToken.split(".")[0] } }));
const valueOf = (page: string, name: string) => new RegExp(`name="${name}" value="([^"]+)"`).exec(page)![1]!;

test("an offer stands below the parcel, is seen by its pixel, and leads to the cart", async () => {
  const { shop, token, cushion } = await aShopWithOffer();
  const other = await aShop();
  const { page } = await visit(shop, { query: { t: token } });
  expect(page).toContain("Cushion");
  expect(page).toContain("Angebot annehmen");
  expect(page).toMatch(/40,00\s€/);
  expect(page).not.toContain("<script");
  const o = valueOf(page, "o");
  expect(await placementOf(shop, o)).toMatchObject({ impressionAt: null, clickedAt: null, acceptedAt: null });

  await visit(other, { below: "/seen", query: { o } });
  expect((await placementOf(shop, o)).impressionAt).toBeNull();
  const seen = await visit(shop, { below: "/seen", query: { o } });
  expect(seen.header("content-type")).toBe("image/gif");
  expect((await placementOf(shop, o)).impressionAt).not.toBeNull();

  expect((await visit(other, { below: "/take", form: { o, t: token } })).status).toBe(404);
  const taken = await visit(shop, { below: "/take", form: { o, t: token }, language: "de" });
  const cart = `https://${shop.domain}/cart/${cushion.variantGid.split("/").at(-1)}:1`;
  expect(taken.header("refresh")).toBe(`0; url=${cart}`);
  expect(taken.page).toContain(`href="${cart}"`);
  expect(await placementOf(shop, o)).toMatchObject({
    clickedAt: expect.any(Date),
    acceptedAt: expect.any(Date),
  });
  expect((await visit(shop, { below: "/take", query: { o } })).page).toContain("This offer is over.");
  expect((await visit(shop, { below: "/take", form: { o: `${o}x`, t: token } })).status).toBe(404);
});

test("an offer is declined as easily as taken, and does not come back; another shop declines nothing", async () => {
  const { shop, token } = await aShopWithOffer();
  const other = await aShop();
  const { page } = await visit(shop, { query: { t: token } });
  expect(page).toContain("Nichts für mich");
  // It has no discount that a cart could apply.
  expect(page).not.toContain("Ihr Rabatt");
  const o = valueOf(page, "o");
  expect((await visit(other, { below: "/decline", form: { o, t: token } })).status).toBe(404);
  const asked = await visit(shop, { below: "/decline", query: { o, t: token }, language: "fr" });
  expect([asked.status, asked.page]).toEqual([200, expect.stringContaining("Pas pour moi")]);
  expect((await placementOf(shop, o)).dismissedAt).toBeNull();

  const declined = await visit(shop, { below: "/decline", form: { o, t: token }, language: "de" });
  expect([declined.status, declined.page]).toEqual([200, expect.stringContaining("Danke, ist notiert.")]);
  expect(declined.page).toContain(`/track?t=${encodeURIComponent(token)}`);
  expect(await placementOf(shop, o)).toMatchObject({ dismissedAt: expect.any(Date), acceptedAt: null });
  expect((await visit(shop, { query: { t: token } })).page).not.toContain("Cushion");
});

test("nothing is offered while a hold stands", async () => {
  const { shop, order, token } = await aShopWithOffer();
  expect((await visit(shop, { query: { t: token } })).page).toContain("Cushion");
  await inShop(shop.id, (tx) =>
    placeHold(tx, shop.id, {
      personKey: order.customerGid!,
      reason: "late-parcel",
      sourceKey: "exception:1",
      startsAt: new Date(Date.now() - 1000),
      endsAt: new Date(Date.now() + 86_400_000),
    }),
  );
  const { page } = await visit(shop, { query: { t: token } });
  expect(page).toContain("Unterwegs");
  expect(page).not.toContain("Cushion");
});

test("tips about what was bought, in the shopper's language, and only in their shop", async () => {
  const { shop, token, chair } = await aShopWithOffer();
  const other = await aShopWithOffer();
  const text = { title: "Holz pflegen", body: "Einmal im Jahr ölen.", videoUrl: "https://video.example/oil" };
  const tip = {
    kind: "care",
    scope: "products",
    keys: [chair.productGid],
    imageUrl: "",
    texts: { de: text },
  };
  await inShop(shop.id, (tx) => saveTip(tx, shop.id, null, tip as never, new Date()));
  const { page } = await visit(shop, { query: { t: token } });
  expect(page).toContain("Gut zu wissen");
  expect(page).toContain("Einmal im Jahr ölen.");
  expect(page).toContain('href="https://video.example/oil"');
  expect((await visit(other.shop, { query: { t: other.token } })).page).not.toContain("Holz pflegen");
});

test("notifications are offered where the shop uses them, and the policy allows that one script only", async () => {
  const { shop, token } = await aShopWithOffer();
  const keys = { secret: env().ENCRYPTION_KEY, now: new Date() };
  expect((await visit(shop, { query: { t: token } })).page).not.toContain('id="push"');
  await inShop(shop.id, (tx) => saveAccount(tx, shop.id, "push", { enabled: true }, keys));
  const shown = await visit(shop, { query: { t: token } });
  expect(shown.page).toContain("Benachrichtigen, wenn sich etwas ändert");
  expect(shown.page).toContain('data-path="/apps/postlude/push"');
  const script = /<script>([\s\S]*?)<\/script>/.exec(shown.page)![1]!;
  const digest = Buffer.from(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(script)));
  expect(shown.header("content-security-policy")).toContain(
    `script-src 'sha256-${digest.toString("base64")}'`,
  );
  expect(Buffer.byteLength(shown.page)).toBeLessThan(30_000);
});

test("how it was handed over is said, with a way that shows its stops", async () => {
  const { shop, order, token } = await aShopWithOffer();
  const [parcel] = await inShop(shop.id, (tx) => tx.parcel.findMany());
  const scan = (id: number, city: string) => ({
    shopId: shop.id,
    id: `0190c000-0000-7000-8000-00000000000${id}`,
    parcelId: parcel!.id,
    sourceKey: `s${id}`,
    status: "in_transit",
    city,
    happenedAt: new Date(Date.now() - (10 - id) * 3_600_000),
  });
  await inShop(shop.id, (tx) => tx.scan.createMany({ data: [scan(1, "Hamburg"), scan(2, "Kassel")] }));
  expect((await visit(shop, { query: { t: token } })).page).toContain(
    'aria-label="Unterwegs: Hamburg, Kassel"',
  );
  await inShop(shop.id, (tx) =>
    tx.parcel.updateMany({
      where: { orderGid: order.gid },
      data: { status: "delivered", deliveredAt: new Date(), handover: "neighbour" },
    }),
  );
  expect((await visit(shop, { query: { t: token } })).page).toContain("bei einem Nachbarn abgegeben");
});

test("links and the theme follow where the merchant has put us", async () => {
  const told: unknown[] = [];
  const query = async <Data>(document: string, variables?: object) => {
    if (document.includes("currentAppInstallation"))
      return { currentAppInstallation: { id: "gid://shopify/AppInstallation/7" } } as Data;
    told.push(variables);
    return { metafieldsSet: { userErrors: [] } } as Data;
  };
  const work = () => drainOnly(parcelsJobs(testPorts({ adminFor: async () => ({ query }) })));
  const { shop, order, token } = await aShopWithOffer();
  const moved = await visit(shop, { query: { t: token }, proxyPath: "/a/nachverfolgung" });
  expect(moved.page).toContain('href="/a/nachverfolgung/track"');
  const stored = await inShop(shop.id, (tx) => tx.shop.findUniqueOrThrow({ where: { id: shop.id } }));
  expect(trackingLink(env().ENCRYPTION_KEY, stored, order.gid)).toContain(
    `https://${shop.domain}/a/nachverfolgung/track?t=`,
  );
  await work();
  const written = { namespace: "postlude", key: "proxy_path", value: "/a/nachverfolgung" };
  expect(told).toEqual([{ metafields: [expect.objectContaining(written)] }]);
  await visit(shop, { query: { t: token }, proxyPath: "/a/nachverfolgung" });
  await work();
  expect(told).toHaveLength(1);
  await visit(shop, { query: { t: token }, proxyPath: "//evil.example/x" });
  const after = await inShop(shop.id, (tx) => tx.shop.findUniqueOrThrow({ where: { id: shop.id } }));
  expect(after.proxyPath).not.toContain("evil");
});
