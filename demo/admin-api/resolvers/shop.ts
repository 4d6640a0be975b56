// The shop, the app's installation, and fields that every owner of metafields has.
import { gid } from "../../store/ids.ts";
import type { Metafield } from "../../store/metafield.ts";
import type { Shop } from "../../store/types.ts";
import { unmodelled, userError, type AdminContext, type Arguments, type Fields } from "../context.ts";

const APP_ID = 4242;

/** `$app` and `$app:x` are the app's own namespaces. */
function fullNamespace(namespace: unknown): string {
  return String(namespace ?? "$app").replace(/^\$app/, `app--${APP_ID}`);
}

/** The metafield fields of an owner; `type` is the owner's GraphQL type. */
export function metafieldFields<Source extends { id: number }>(type: string): Fields<Source> {
  const own = (source: Source, context: AdminContext) => context.store.metafields(gid(type, source.id));
  return {
    metafield: (source, args, context) =>
      own(source, context).find(
        (metafield) => metafield.namespace === fullNamespace(args.namespace) && metafield.key === args.key,
      ) ?? null,
    metafields: (source, args, context) =>
      own(source, context).filter(
        (metafield) => !args.namespace || metafield.namespace === fullNamespace(args.namespace),
      ),
  };
}

export const metafieldType: Fields<Metafield> = {
  id: (metafield) => gid("Metafield", metafield.id),
  legacyResourceId: (metafield) => String(metafield.id),
  namespace: (metafield) => metafield.namespace,
  key: (metafield) => metafield.key,
  type: (metafield) => metafield.type,
  value: (metafield) => metafield.value,
  jsonValue: (metafield) =>
    metafield.type.startsWith("json") ? JSON.parse(metafield.value) : metafield.value,
  createdAt: (metafield) => metafield.createdAt,
  updatedAt: (metafield) => metafield.updatedAt,
};

export const shopType: Fields<Shop> = {
  id: (shop) => gid("Shop", shop.id),
  name: (shop) => shop.name,
  email: (shop) => shop.email,
  contactEmail: (shop) => shop.email,
  shopOwnerName: (shop) => shop.ownerName,
  myshopifyDomain: (shop) => shop.domain,
  url: (_, __, context) => context.config.origin,
  currencyCode: (shop) => shop.currency,
  enabledPresentmentCurrencies: (shop) => [shop.currency],
  ianaTimezone: (shop) => shop.timezone,
  timezoneOffset: (shop, _, context) => offsetOf(shop.timezone, context.clock.now()),
  weightUnit: () => "KILOGRAMS",
  unitSystem: () => "METRIC_SYSTEM",
  taxesIncluded: () => false,
  createdAt: (shop) => shop.createdAt,
  updatedAt: (shop) => shop.updatedAt,
  plan: () => ({
    displayName: "Development",
    publicDisplayName: "Development",
    partnerDevelopment: true,
    shopifyPlus: false,
  }),
  primaryDomain: (shop, _, context) => ({
    id: gid("Domain", shop.id),
    host: new URL(context.config.origin).host,
    url: context.config.origin,
    sslEnabled: false,
  }),
  shopAddress: (shop) => ({
    countryCodeV2: shop.countryCode,
    countryCode: shop.countryCode,
    country: new Intl.DisplayNames("en", { type: "region" }).of(shop.countryCode),
  }),
  ...metafieldFields<Shop>("Shop"),
};

function offsetOf(timeZone: string, now: Date): string {
  const parts = new Intl.DateTimeFormat("en", { timeZone, timeZoneName: "longOffset" }).formatToParts(now);
  const name = parts.find((part) => part.type === "timeZoneName")?.value ?? "GMT";
  return name === "GMT" ? "+0000" : name.replace("GMT", "").replace(":", "");
}

export type InstallationSource = { id: number };

export const appInstallationType: Fields<InstallationSource> = {
  id: (installation) => gid("AppInstallation", installation.id),
  launchUrl: (_, __, context) => context.config.appUrl,
  accessScopes: (_, __, context) =>
    context.token.scopes.map((handle) => ({ handle, description: handle.replaceAll("_", " ") })),
  app: (_, __, context) => ({
    id: gid("App", APP_ID),
    apiKey: context.config.apiKey,
    title: context.config.app.name,
    handle: context.config.app.handle,
    embedded: true,
  }),
  activeSubscriptions: () => [],
  allSubscriptions: () => [],
  ...metafieldFields<InstallationSource>("AppInstallation"),
};

export const INSTALLATION: InstallationSource = { id: 77 };

type MetafieldInput = { ownerId: string; namespace?: string; key: string; type?: string; value: string };

export function setMetafields(_: unknown, args: Arguments, context: AdminContext) {
  const inputs = args.metafields as MetafieldInput[];
  if (inputs.length > 25) throw unmodelled(context, "metafieldsSet with more than 25 metafields");
  const problems = inputs.flatMap((input, index) => {
    const at = (field: string, message: string, code: string) =>
      userError("MetafieldsSetUserError", ["metafields", String(index), field], message, code);
    if (!ownerExists(context, input.ownerId)) return [at("ownerId", "Owner does not exist.", "INVALID")];
    if (input.type === "json" && !isJson(input.value)) {
      return [at("value", "Value is invalid JSON.", "INVALID_VALUE")];
    }
    return [];
  });
  if (problems.length > 0) return { metafields: null, userErrors: problems };
  const metafields = inputs.map((input) =>
    context.store.setMetafield({
      ownerId: input.ownerId,
      namespace: fullNamespace(input.namespace),
      key: input.key,
      type: input.type ?? "single_line_text_field",
      value: input.value,
    }),
  );
  return { metafields, userErrors: [] };
}

function ownerExists(context: AdminContext, ownerId: string): boolean {
  const [, type, id] = /^gid:\/\/shopify\/(\w+)\/(\d+)$/.exec(ownerId) ?? [];
  const { store } = context;
  if (type === "Shop") return Number(id) === store.shop().id;
  if (type === "AppInstallation") return Number(id) === INSTALLATION.id;
  if (type === "Order") return store.orderById(Number(id)) !== undefined;
  if (type === "Customer") return store.customer(Number(id)) !== undefined;
  if (type === "Product") return store.product(Number(id)) !== undefined;
  if (type === "ProductVariant") return store.variant(Number(id)) !== undefined;
  if (type === "PaymentCustomization")
    return store.paymentCustomizations().some((each) => each.id === Number(id));
  return false;
}

function isJson(value: string): boolean {
  try {
    JSON.parse(value);
    return true;
  } catch {
    return false;
  }
}
