import { createHmac } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { env } from "#app/env.server";
import type { Shop } from "#app/generated/prisma/client";
import { handleTracking } from "#app/http/tracking-page.server";

/** However busy the machine is: tests are not about speed. */
const OFFER_PATIENCE_MS = 60_000;

/** The tracking page as its own small server. */
export async function aTrackingServer(): Promise<{ url: string; stop: () => Promise<void> }> {
  const web = createServer((request, response) => {
    void handleTracking(request, response, OFFER_PATIENCE_MS);
  });
  await new Promise<void>((resolve) => web.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(web.address() as AddressInfo).port}`,
    stop: () => new Promise((resolve) => web.close(() => resolve())),
  };
}

export type Visit = {
  /** Another page of the app proxy; left out: track. */
  on?: "track" | "help";
  /** Below the tracking page: "/take", "/seen". */
  below?: string;
  query?: Record<string, string>;
  form?: Record<string, string>;
  visitor?: string;
  timestamp?: number;
  secret?: string;
  language?: string;
  /** Where the merchant has put us. */
  proxyPath?: string;
};

/** Visits the page as Shopify's proxy passes it on. */
export async function visitTracking(
  url: string,
  shop: Pick<Shop, "domain">,
  visit: Visit = {},
): Promise<{ status: number; page: string; header: (name: string) => string | null }> {
  const { query = {}, form, visitor = "198.51.100.1", language = "en", below = "", on = "track" } = visit;
  const asked = new URLSearchParams({
    ...query,
    shop: shop.domain,
    path_prefix: visit.proxyPath ?? "/apps/postlude",
    timestamp: String(visit.timestamp ?? Math.floor(Date.now() / 1000)),
    logged_in_customer_id: "",
  });
  const message = [...asked].map(([name, value]) => `${name}=${value}`).sort();
  const secret = visit.secret ?? env().SHOPIFY_API_SECRET;
  asked.set("signature", createHmac("sha256", secret).update(message.join("")).digest("hex"));
  const answer = await fetch(`${url}/proxy/${on}${below}?${asked}`, {
    method: form ? "POST" : "GET",
    headers: { "x-forwarded-for": visitor, "accept-language": language },
    redirect: "manual",
    ...(form && { body: new URLSearchParams(form) }),
  });
  return { status: answer.status, page: await answer.text(), header: (name) => answer.headers.get(name) };
}
