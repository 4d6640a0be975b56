import { forgetShopMemory } from "#app/api/shop-memory.server";
import { inShop } from "#app/db/in-shop.server";
import { env } from "#app/env.server";
import type { Shop } from "#app/generated/prisma/client";
import { addAdvertiser, makeSecret, moveAdvertiser } from "#app/sponsored/advertisers.server";
import { emptyCampaign, type CampaignForm } from "#app/sponsored/campaign";
import { signPostback } from "#app/sponsored/postback-signature";
import { createCampaign, moveCampaign } from "#app/sponsored/sponsored.server";
import type { SponsoredPlacement } from "../../extensions/shared/contract";
import { aProduct, type TestProduct } from "./catalogue";
import { aMoment, askForOffers } from "./offers";

/** An ordinary browser. */
export const PERSON = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0";

export type TestAdvertiser = { id: string; domain: string; secret: string };

export async function anAdvertiser(
  shop: Pick<Shop, "id">,
  { name = "Northwind Coffee", domain = "northwind.example", approved = true } = {},
): Promise<TestAdvertiser> {
  const now = new Date();
  return inShop(shop.id, async (tx) => {
    const id = await addAdvertiser(tx, shop.id, { name, domain }, now);
    if (approved) await moveAdvertiser(tx, shop.id, id, "approve", now);
    const secret = await makeSecret(tx, shop.id, id, { secret: env().ENCRYPTION_KEY }, now);
    return { id, domain, secret: secret! };
  });
}

/** Pays 5.00 per click out of 100.00; leads to the advertiser's own shop. */
export function aCampaignForm(overrides: Partial<CampaignForm> = {}): CampaignForm {
  return {
    ...emptyCampaign("EUR"),
    name: "Autumn roast",
    category: "food",
    texts: {
      en: { title: "Coffee for your new cups", body: "Roasted on Monday.", action: "Taste it" },
      de: { title: "Kaffee für Ihre neuen Tassen", body: "Montags geröstet.", action: "Probieren" },
    },
    targetUrl: "https://www.northwind.example/autumn?from=shop",
    bidMinor: 500,
    budgetMinor: 10_000,
    ...overrides,
  };
}

/** A campaign that the merchant approved; web processes see it at once. */
export async function aLiveCampaign(
  shop: Pick<Shop, "id" | "timezone" | "currency">,
  advertiser: Pick<TestAdvertiser, "id">,
  overrides: Partial<CampaignForm> = {},
): Promise<string> {
  const now = new Date();
  const id = await inShop(shop.id, async (tx) => {
    const form = aCampaignForm(overrides);
    const saved = await createCampaign(tx, shop, { advertiserId: advertiser.id, form }, now);
    if (saved.status !== "saved") throw new Error(JSON.stringify(saved));
    const moved = await moveCampaign(tx, shop.id, saved.id, "approve", now);
    if (moved.status !== "moved") throw new Error(moved.status);
    return saved.id;
  });
  forgetShopMemory();
  return id;
}

export type Seen = SponsoredPlacement & { decisionId: string };

/** A shopper of a new order looks at the thank-you page; null where no sponsored offer came. The page is a minute old. */
export async function seeSponsored(
  url: string,
  shop: Pick<Shop, "id" | "domain">,
  moment: Parameters<typeof aMoment>[1] & { product?: TestProduct; customerGid?: string } = {},
): Promise<Seen | null> {
  const { product, customerGid, ...overrides } = moment;
  const bought = product ?? (await aProduct(shop));
  const answer = await askForOffers(url, shop, aMoment([bought], overrides), customerGid);
  const placement = answer.placements.find((one) => one.kind === "sponsored");
  if (!placement) return null;
  await letTimePass(shop, answer.decisionId!);
  return { ...(placement as SponsoredPlacement), decisionId: answer.decisionId! };
}

async function letTimePass(shop: Pick<Shop, "id">, decisionId: string): Promise<void> {
  const decidedAt = new Date(Date.now() - 60_000);
  await inShop(shop.id, (tx) =>
    tx.placement.updateMany({ where: { shopId: shop.id, decisionId }, data: { decidedAt } }),
  );
}

/** Follows the link of an offer that was seen, without following where it leads. */
export async function clickOn(
  url: string,
  clickUrl: string,
  { headers = {}, method = "GET" }: { headers?: Record<string, string>; method?: string } = {},
): Promise<{ status: number; to: URL | null; clickId: string | null }> {
  const response = await fetch(url + new URL(clickUrl).pathname, {
    method,
    headers: { "user-agent": PERSON, ...headers },
    redirect: "manual",
  });
  await response.body?.cancel();
  const location = response.headers.get("location");
  const to = location ? new URL(location) : null;
  return { status: response.status, to, clickId: to?.searchParams.get("pl_click") ?? null };
}

/** Reports as the advertiser's server does. */
export async function report(
  url: string,
  shop: Pick<Shop, "id">,
  advertiser: TestAdvertiser,
  body: unknown,
  {
    secret = advertiser.secret,
    at = new Date(),
    signature,
  }: { secret?: string; at?: Date; signature?: string } = {},
): Promise<{ status: number; body: Record<string, unknown> }> {
  const text = typeof body === "string" ? body : JSON.stringify(body);
  const response = await fetch(`${url}/postback/${shop.id}.${advertiser.id}`, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      "x-postlude-signature": signature ?? signPostback(secret, text, at),
    },
    body: text,
  });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

/** The shop's ledger as [kind, amount], oldest first. */
export async function ledgerOf(shop: Pick<Shop, "id">): Promise<[string, number][]> {
  const entries = await inShop(shop.id, (tx) =>
    tx.sponsoredEntry.findMany({
      where: { shopId: shop.id },
      orderBy: [{ happenedAt: "asc" }, { kind: "asc" }, { id: "asc" }],
    }),
  );
  return entries.map(({ kind, amountMinor }) => [kind, amountMinor]);
}

export async function clicksOf(shop: Pick<Shop, "id">) {
  return inShop(shop.id, (tx) => tx.sponsoredClick.findMany({ orderBy: { id: "asc" } }));
}

export async function campaignOf(shop: Pick<Shop, "id">, id: string) {
  return inShop(shop.id, (tx) =>
    tx.sponsoredCampaign.findUniqueOrThrow({ where: { shopId_id: { shopId: shop.id, id } } }),
  );
}
