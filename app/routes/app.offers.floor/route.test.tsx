/** The floor page, asked as the admin asks it and rendered with what it was given. */
import { AppProvider } from "@shopify/polaris";
import en from "@shopify/polaris/locales/en.json" with { type: "json" };
import { renderToString } from "react-dom/server";
import { createStaticHandler, createStaticRouter, StaticRouterProvider } from "react-router-dom/server";
import { expect, test } from "vitest";
import { inShop } from "#app/db/in-shop.server";
import type { FloorReach } from "#app/decisions/recent-decisions.server";
import type { Shop } from "#app/generated/prisma/client";
import type { SurfaceRules } from "#app/shops/settings";
import { changeSettings } from "#app/shops/shops.server";
import { askAdmin } from "../../../tests/factories/admin-requests";
import { aProduct, boughtTogether } from "../../../tests/factories/catalogue";
import { servedHotPaths } from "../../../tests/factories/http";
import { aLiveOffer, aMoment, askForOffers } from "../../../tests/factories/offers";
import { aSession } from "../../../tests/factories/sessions";
import { aShop } from "../../../tests/factories/shop";
import FloorPage, { loader } from "./route";

const web = servedHotPaths();

const PATH = "/app/offers/floor";

async function render(request: Request, load: () => object): Promise<string> {
  const { query, dataRoutes } = createStaticHandler([{ path: PATH, Component: FloorPage, loader: load }]);
  const context = await query(request);
  if (context instanceof Response) throw new Error(`the page answered ${context.status}`);
  const page = <StaticRouterProvider router={createStaticRouter(dataRoutes, context)} context={context} />;
  return renderToString(<AppProvider i18n={en}>{page}</AppProvider>).replaceAll("<!-- -->", "");
}

function look(shop: Shop): Promise<string> {
  const request = askAdmin(shop, PATH);
  return render(request, () => loader({ request, params: {}, context: {} }));
}

/** A chair that is asked about on two pages: once in an order of 100.00, three times in one of 100,000.00. */
async function aShopWithDecisions(surfaceRules: SurfaceRules = {}): Promise<Shop> {
  const shop = await aShop({}, { holdoutPercent: 0, offerFloor: 0.002 });
  await aSession(shop);
  const chair = await aProduct(shop, { title: "Oak chair", priceMinor: 10_000 });
  await boughtTogether(shop, chair, await aProduct(shop, { priceMinor: 4_000 }));
  await aLiveOffer(shop);
  await inShop(shop.id, (tx) => changeSettings(tx, shop.id, { surfaceRules }));
  await askForOffers(web.url, shop, aMoment([chair]));
  for (let visit = 0; visit < 3; visit++) {
    const moment = aMoment([chair], { surface: "order-status" });
    moment.lines[0]!.amountMinor = 10_000_000;
    await askForOffers(web.url, shop, moment);
  }
  return shop;
}

test("a place with a floor of its own is no part of all places; each shop sees its own decisions", async () => {
  const usual = await aShopWithDecisions();
  const apart = await aShopWithDecisions({ "order-status": { floor: 0, offersAtOnce: 1 } });
  expect(await look(usual)).toMatch(/About 75% of shoppers would see none\..*From 4 decisions/s);
  const html = await look(apart);
  expect(html).toMatch(/About 0% of shoppers would see none\..*From 1 decision /s);
  expect(html).toContain("Places with a floor of their own are not counted here.");

  const settled = {
    "order-status": { floor: 0, offersAtOnce: 1 },
    "thank-you": { floor: 0, offersAtOnce: 1 },
  };
  await inShop(apart.id, (tx) => changeSettings(tx, apart.id, { surfaceRules: settled }));
  expect(await look(apart)).toContain("were made in places with a floor of their own");
  expect(await look(usual)).toContain("From 4 decisions");
});

test("a place counts by its decisions, not by the points that were sent of it", async () => {
  const place = (surface: string, decisions: number, reach: number): FloorReach => ({
    ...{ surface, decisions, reach: Array.from({ length: Math.min(400, decisions) }, () => reach) },
  });
  const form = { offerFloor: 0.01, surfaceRules: {} };
  const share = async (...reached: FloorReach[]) => {
    const html = await render(new Request(`http://localhost${PATH}`), () => ({
      form,
      reached,
      locale: "en",
    }));
    return /About (\d+)% of shoppers/.exec(html)?.[1];
  };
  expect(await share(place("thank-you", 601, 0.001), place("order-status", 599, 0.05))).toBe("50");
  expect(await share(place("thank-you", 1_500, 0.05), place("cart", 500, 0.001))).toBe("25");
  expect(await share(place("thank-you", 30, 0.001), place("cart", 570, 0.05))).toBe("5");
});
