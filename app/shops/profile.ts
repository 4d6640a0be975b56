import type { AdminClient } from "./admin-client";
import type { ShopProfile } from "./shops.server";

const SHOP_PROFILE = `#graphql
  query ShopProfile {
    shop {
      id
      name
      email
      ianaTimezone
      currencyCode
      plan {
        publicDisplayName
      }
      shopAddress {
        countryCodeV2
      }
    }
  }
`;

type ShopProfileData = {
  shop: {
    id: string;
    name: string;
    email: string;
    ianaTimezone: string;
    currencyCode: string;
    plan: { publicDisplayName: string };
    shopAddress: { countryCodeV2: string | null };
  };
};

/** What Shopify knows about the shop: name, currency, time zone, country, plan. */
export async function fetchProfile(admin: AdminClient): Promise<Omit<ShopProfile, "primaryLocale">> {
  const { shop } = await admin.query<ShopProfileData>(SHOP_PROFILE);
  return {
    gid: shop.id,
    name: shop.name,
    email: shop.email,
    timezone: shop.ianaTimezone,
    currency: shop.currencyCode,
    planName: shop.plan.publicDisplayName,
    country: shop.shopAddress.countryCodeV2 ?? "",
  };
}
