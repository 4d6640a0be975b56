import { createHmac } from "node:crypto";
import { env } from "#app/env.server";
import type { Shop } from "#app/generated/prisma/client";

export type ProxyRequest = {
  customerId?: string;
  visitor?: string;
  /** Seconds; left out: now. */
  timestamp?: number;
  secret?: string;
  contentType?: string;
};

/** POSTs as Shopify's app proxy passes a visitor's request on. */
export async function askThroughProxy<Answer = { status: string }>(
  url: string,
  shop: Pick<Shop, "domain">,
  path: string,
  body: unknown,
  request: ProxyRequest = {},
): Promise<{ status: number; body: Answer }> {
  const query = new URLSearchParams({
    shop: shop.domain,
    path_prefix: "/apps/postlude",
    timestamp: String(request.timestamp ?? Math.floor(Date.now() / 1000)),
    logged_in_customer_id: request.customerId ?? "",
  });
  const message = [...query].map(([name, value]) => `${name}=${value}`).sort();
  const secret = request.secret ?? env().SHOPIFY_API_SECRET;
  query.set("signature", createHmac("sha256", secret).update(message.join("")).digest("hex"));
  const response = await fetch(`${url}/proxy/${path}?${query}`, {
    method: "POST",
    headers: {
      "content-type": request.contentType ?? "application/json",
      "x-forwarded-for": request.visitor ?? "198.51.100.1",
    },
    body: typeof body === "string" ? body : JSON.stringify(body),
  });
  return { status: response.status, body: (await response.json()) as Answer };
}
