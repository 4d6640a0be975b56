/** The months of the ledger and of its statement, asked as the admin asks: also such as no ledger can have. */
import { expect, test } from "vitest";
import { env } from "#app/env.server";
import type { Shop } from "#app/generated/prisma/client";
import { aSession } from "../../../tests/factories/sessions";
import { aShop } from "../../../tests/factories/shop";
import { extensionToken } from "../../../tests/factories/tokens";
import { loader as statement } from "../app.sponsored.statement";
import { loader as ledger } from "./route";

async function aShopWithSession(): Promise<Shop> {
  const shop = await aShop();
  await aSession(shop);
  return shop;
}

function ask(shop: Shop, page: string, month: string) {
  const token = extensionToken(shop.domain, "7", {
    iss: `https://${shop.domain}/admin`,
    dest: `https://${shop.domain}`,
  });
  const url = `${env().SHOPIFY_APP_URL}/app/sponsored/${page}?shop=${shop.domain}&month=${month}`;
  const request = new Request(url, { headers: { authorization: `Bearer ${token}` } });
  return { request, params: {}, context: {} };
}

const NONE = ["0000-01", "0026-01", "9999-12", "2026-13", "soon"];

test("the ledger shows the month that is asked for, and this month instead of one that cannot be", async () => {
  const shop = await aShopWithSession();
  const shown = async (month: string) => (await ledger(ask(shop, "ledger", month))).statement.month;
  expect(await shown("2025-02")).toBe("2025-02");
  const thisMonth = await shown("");
  expect(thisMonth).toMatch(/^20\d\d-\d\d$/);
  for (const month of NONE) expect(await shown(month)).toBe(thisMonth);
});

test("there is no statement of a month that cannot be", async () => {
  const shop = await aShopWithSession();
  const status = (month: string) =>
    statement(ask(shop, "statement", month)).catch((thrown: unknown) => thrown as Response);
  expect((await status("2025-02")).status).toBe(200);
  for (const month of NONE) expect((await status(month)).status).toBe(404);
});
