import { env } from "#app/env.server";
import type { Shop } from "#app/generated/prisma/client";
import { extensionToken } from "./tokens";

/** What the admin asks an embedded page for, with its session token; `wish` is what a form of the page posts. */
export function askAdmin(shop: Shop, path: string, wish?: unknown): Request {
  const token = extensionToken(shop.domain, "7", {
    iss: `https://${shop.domain}/admin`,
    dest: `https://${shop.domain}`,
  });
  const url = new URL(path, env().SHOPIFY_APP_URL);
  url.searchParams.set("shop", shop.domain);
  return new Request(url, {
    headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
    ...(wish ? { method: "POST", body: JSON.stringify(wish) } : {}),
  });
}
