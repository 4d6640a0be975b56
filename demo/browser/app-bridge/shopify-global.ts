// window.shopify: every member that @shopify/app-bridge-types declares.
import type { ShopifyGlobal } from "@shopify/app-bridge-types";
import type { Channel } from "./channel.ts";
import type { BridgeConfig } from "./config.ts";
import { isAnySaveBarOpen, openableById } from "./elements.ts";
import type { FormSaveBars } from "./form-save-bar.ts";
import type { IdTokens } from "./id-token.ts";
import { createToasts } from "./toasts.ts";
import { unmodelled } from "./unmodelled.ts";
import { createWebVitals } from "./web-vitals.ts";

type Parts = {
  channel: Channel;
  config: BridgeConfig;
  embedded: boolean;
  idTokens: IdTokens;
  forms: FormSaveBars;
};

const openable = {
  show: async (id: string) => openableById(id).show(),
  hide: async (id: string) => openableById(id).hide(),
  toggle: async (id: string) => openableById(id).toggle(),
};

export function createShopifyGlobal({ channel, config, embedded, idTokens, forms }: Parts): ShopifyGlobal {
  async function leaveConfirmation(): Promise<void> {
    if (forms.anyChanged() || isAnySaveBarOpen()) await channel.ask("leaveConfirmation", {});
  }

  async function scopesChange(): Promise<never> {
    throw new Error("Demo store does not model optional scopes: shopify.app.toml declares none");
  }

  return {
    config,
    origin: "https://admin.shopify.com",
    ready: Promise.resolve(),
    setSignals() {},
    environment: { embedded, mobile: false, intent: false, pos: false },
    loading: (isLoading = true) => channel.tell("loading", { on: isLoading }),
    idToken: () => idTokens.get(),
    user: () => channel.ask("user", {}),
    toast: createToasts(channel),
    resourcePicker: (async (options) => {
      const picked = await channel.ask("resourcePicker", {
        type: options.type,
        action: options.action ?? "add",
        multiple: options.multiple ?? false,
        query: options.query ?? "",
        showVariants: options.filter?.variants ?? true,
        selectionIds: options.selectionIds ?? [],
      });
      return picked && Object.assign(picked, { selection: picked });
    }) as ShopifyGlobal["resourcePicker"],
    modal: openable,
    saveBar: { ...openable, leaveConfirmation },
    app: {
      extensions: () => channel.ask("extensions", {}) as ReturnType<ShopifyGlobal["app"]["extensions"]>,
    },
    scopes: { query: () => channel.ask("scopes", {}), request: scopesChange, revoke: scopesChange },
    webVitals: createWebVitals(channel),
    support: { async registerHandler() {} },
    reviews: {
      request: async () => ({
        success: false,
        code: "cooldown-period",
        message: "The demo store shows no review window",
      }),
    },
    intents: unmodelled("intents"),
    picker: unmodelled("picker"),
    scanner: unmodelled("scanner"),
    pos: unmodelled("pos"),
    tools: unmodelled("tools"),
    shopifyQL: unmodelled("shopifyQL"),
  };
}
