import { z } from "zod";
import { advanceImportSoon, recordUninstall, saveProfile } from "#app/shops/shops.server";
import { text } from "./fields";
import { DONE, topic } from "./topic";

const ShopSchema = z.object({
  name: z.string(),
  email: text,
  country_code: text,
  currency: text,
  iana_timezone: text,
  plan_display_name: text,
  primary_locale: text,
});

/** The app's own life, and the shop's profile. */
export const APP_TOPICS = {
  "shop/update": topic(ShopSchema, async ({ tx, shop }, payload) => {
    await saveProfile(tx, shop.id, {
      name: payload.name,
      email: payload.email ?? "",
      ...(payload.country_code ? { country: payload.country_code } : {}),
      ...(payload.currency ? { currency: payload.currency } : {}),
      ...(payload.iana_timezone ? { timezone: payload.iana_timezone } : {}),
      ...(payload.plan_display_name ? { planName: payload.plan_display_name } : {}),
      ...(payload.primary_locale ? { primaryLocale: payload.primary_locale } : {}),
    });
    return DONE;
  }),
  "app/uninstalled": topic(
    z.object({}),
    async ({ tx, shop, now, webhook }) => {
      await recordUninstall(tx, shop.id, webhook.triggeredAt, now);
      return DONE;
    },
    { afterUninstall: true },
  ),
  "app/scopes_update": topic(
    z.object({ current: z.array(z.string()) }),
    async ({ tx, shop }, { current }) => {
      await tx.shop.update({ where: { id: shop.id }, data: { scopes: current.join(",") } });
      return DONE;
    },
  ),
  "bulk_operations/finish": topic(
    z.object({ admin_graphql_api_id: z.string() }),
    async ({ tx, shop }, payload) => {
      await advanceImportSoon(tx, shop.id, payload.admin_graphql_api_id);
      return DONE;
    },
  ),
};
