import { Session } from "@shopify/shopify-api";
import { env } from "#app/env.server";
import type { Shop } from "#app/generated/prisma/client";
import { sessionStorage } from "#app/shopify.server";

const hence = (minutes: number) => new Date(Date.now() + minutes * 60_000);

/** The app's token for a shop, which may ask Shopify for another 90 days. */
export async function aSession(shop: Pick<Shop, "domain">, { validForMinutes = 60 } = {}): Promise<void> {
  await sessionStorage.storeSession(
    new Session({
      id: `offline_${shop.domain}`,
      shop: shop.domain,
      state: "",
      isOnline: false,
      scope: env().SCOPES,
      accessToken: "shpat_of_a_test",
      expires: hence(validForMinutes),
      refreshToken: "shprt_of_a_test",
      refreshTokenExpires: hence(90 * 24 * 60),
    }),
  );
}
