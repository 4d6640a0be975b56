import { options } from "preact";
import type { Messages } from "./texts";
import { i18nOf } from "./texts";
import { createFakeApp, type FakeApp } from "./fake-app";
import { orderLine } from "./order";

// Effects that are still waiting when a file ends must not look for a frame of a page that is gone.
options.requestAnimationFrame = (runEffects) => setTimeout(runEffects, 0);

type Stage = {
  setUp: () => void;
  shopify: unknown;
  fetch: typeof globalThis.fetch;
};

/** What the tester's mock of both pages lets us set; its own type differs per target. */
type LooseApi = {
  i18n: unknown;
  settings: { value: Record<string, string> };
  extension: Record<string, unknown>;
  lines: { value: unknown[] };
  localization: { currency: { value: { isoCode: string } } };
  checkoutToken: { value: string };
};

/** A shopper's page with an order of one line; otherwise as `setAccountStage`. */
export function setStage(extension: Stage, messages: Messages, settings: string[]): FakeApp {
  const app = setAccountStage(extension, messages, settings);
  const shopify = extension.shopify as LooseApi;
  shopify.lines.value = [orderLine()];
  shopify.localization.currency.value = { isoCode: "EUR" };
  shopify.checkoutToken.value = "checkout-token";
  return app;
}

/**
 * A page that knows no order, the extension's texts, and a fake app behind the network. Optional members are set as
 * well: the tester throws on those that it does not hold.
 */
export function setAccountStage(extension: Stage, messages: Messages, settings: string[]): FakeApp {
  extension.setUp();
  const app = createFakeApp();
  extension.fetch = app.fetch;
  const shopify = extension.shopify as LooseApi;
  shopify.i18n = i18nOf(messages);
  shopify.settings.value = Object.fromEntries(settings.map((key) => [key, ""]));
  shopify.extension = { ...shopify.extension, editor: undefined };
  return app;
}

export function openEditor(extension: { shopify: unknown }): void {
  const shopify = extension.shopify as LooseApi;
  shopify.extension = { ...shopify.extension, editor: { type: "checkout" } };
}
