/** What the page says was earned is what the ledger says, whatever the shop owes its partners and has archived. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { inShop } from "#app/db/in-shop.server";
import { env } from "#app/env.server";
import type { Shop } from "#app/generated/prisma/client";
import { startQueue, stopQueue } from "#app/queue/queue.server";
import { charge, reverse } from "#app/sponsored/ledger.server";
import { hearEntry } from "#app/sponsored/partner-money.server";
import { moveCampaign } from "#app/sponsored/sponsored.server";
import { partners, share } from "../../../tests/factories/partners";
import { aSession } from "../../../tests/factories/sessions";
import { aLiveCampaign, anAdvertiser } from "../../../tests/factories/sponsored";
import { extensionToken } from "../../../tests/factories/tokens";
import { loader as ledger } from "../app.sponsored.ledger/route";
import { loader as statement } from "../app.sponsored.statement";
import { loader as index } from "./route";

beforeAll(() => startQueue("web"));
afterAll(() => stopQueue());

function ask(shop: Shop, path: string) {
  const token = extensionToken(shop.domain, "7", {
    iss: `https://${shop.domain}/admin`,
    dest: `https://${shop.domain}`,
  });
  const url = new URL(`${env().SHOPIFY_APP_URL}/app/sponsored${path}`);
  url.searchParams.set("shop", shop.domain);
  return {
    request: new Request(url, { headers: { authorization: `Bearer ${token}` } }),
    ...{ params: {}, context: {} },
  };
}

const sum = (values: number[]) => values.reduce((total, value) => total + value, 0);

test("earned is what advertisers owe, less reversals and the host's share; debts to partners stand apart", async () => {
  const [shop, other] = await partners();
  for (const one of [shop, other]) await aSession(one);
  const shared = await share(shop);
  if (shared.status !== "shared") throw new Error(shared.status);
  const advertiser = await anAdvertiser(shop);
  const [kept, archived] = [await aLiveCampaign(shop, advertiser), await aLiveCampaign(shop, advertiser)];
  const now = new Date();
  await inShop(shop.id, async (tx) => {
    const common = { advertiserId: advertiser.id, currency: "EUR", sharePercent: 80, note: "" };
    await charge(tx, shop.id, { ...common, campaignId: kept, amountMinor: 1_000, cause: "click:a" }, now);
    await charge(
      tx,
      shop.id,
      { ...common, campaignId: archived, amountMinor: 500, cause: "conversion:b" },
      now,
    );
    await reverse(tx, shop.id, { cause: "conversion:b", kept: 0.5, note: "" }, now);
    const click = { decisionId: crypto.randomUUID(), position: 1, campaignId: archived };
    const row = { shopId: shop.id, id: crypto.randomUUID(), advertiserId: advertiser.id, happenedAt: now };
    await tx.sponsoredClick.create({ data: { ...click, ...row } });
    await moveCampaign(tx, shop.id, archived, "archive", now);
    const told = { fromShopId: other.id, fromDomain: other.domain, entryId: crypto.randomUUID() };
    const debt = { kind: "charge" as const, amountMinor: 300, currency: "EUR", note: "Beans", ofCharge: [] };
    await hearEntry(tx, shop.id, { ...told, ...debt, offerId: shared.id }, now);
  });
  const { results, rows } = await index(ask(shop, ""));
  const books = (await ledger(ask(shop, "/ledger"))).statement;
  expect(sum(results.sponsored)).toBe(1_000);
  expect(books.totals).toMatchObject({ billed: 1_250, earned: 1_000, partners: -300 });
  expect(books.closingMinor).toBe(950);
  // The archived campaign is not in the list, and counts in the sums beside the money that it brought.
  expect(rows.map(({ earnedMinor }) => earnedMinor)).toEqual([800]);
  expect(results.clicks).toBe(1);
  const csv = await (await statement(ask(shop, `/statement?month=${books.month}`))).text();
  expect(csv).toContain(",Charge by partner,-3.00,EUR,Beans");
  expect(csv).toContain('"Total charged by partners, less reversals",-3.00,EUR');

  expect(sum((await index(ask(other, ""))).results.sponsored)).toBe(0);
  expect((await ledger(ask(other, "/ledger"))).statement.entries).toEqual([]);
});
