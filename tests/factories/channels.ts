import { createECDH, randomBytes } from "node:crypto";
import { inShop } from "#app/db/in-shop.server";
import type { Shop } from "#app/generated/prisma/client";
import {
  saveAccount,
  saveTemplate,
  subscribeToPush,
  type AccountChannel,
} from "#app/messages/messages.server";
import { liveTemplate } from "#app/messages/templates.server";
import type { AccountChange } from "#app/messages/accounts.server";
import type { TemplateKey } from "#app/messages/default-templates";
import { NOW } from "./outbox";
import { testPorts } from "./ports";

/** Sets a channel up and switches it on. */
export async function aChannel(
  shop: Shop,
  channel: AccountChannel,
  change: AccountChange = {},
): Promise<void> {
  const usual: Partial<Record<AccountChannel, AccountChange>> = {
    sms: { config: { accountSid: SID, from: "+4915550001111" }, secret: `sms-token-of-${shop.id}` },
    whatsapp: { config: { accountSid: SID, from: "+4915550001111" }, secret: `sms-token-of-${shop.id}` },
    webhook: { config: { url: "https://erp.example/hook" }, secret: `webhook-secret-of-${shop.id}` },
  };
  const whole = { enabled: true, ...usual[channel], ...change };
  const { secret } = testPorts();
  const result = await inShop(shop.id, (tx) =>
    saveAccount(tx, shop.id, channel, whole, { secret, now: NOW }),
  );
  if (result.status !== "saved") throw new Error(`channel ${channel} was not set up`);
}

export const SID = "AC00000000000000000000000000000001";

/** Gives a template a short form. */
export async function aShortText(shop: Shop, key: TemplateKey, short: string): Promise<void> {
  await inShop(shop.id, async (tx) => {
    const live = await liveTemplate(tx, shop.id, key);
    const content = { ...live.content, short: { en: short, de: short } };
    const saved = await saveTemplate(tx, shop.id, key, { content, author: "Ada", now: NOW });
    if (saved.status !== "saved") throw new Error(JSON.stringify(saved));
  });
}

/** A browser that can read what it is sent. */
export function aBrowser(endpoint: string) {
  const ecdh = createECDH("prime256v1");
  ecdh.generateKeys();
  const auth = randomBytes(16);
  const keys = { p256dh: ecdh.getPublicKey().toString("base64url"), auth: auth.toString("base64url") };
  return { endpoint, keys, ecdh, auth };
}

export async function aSubscription(
  shop: Shop,
  browser: ReturnType<typeof aBrowser>,
  whose: { customerGid: string | null; orderGid: string | null },
  marketingText: string | null = null,
): Promise<string> {
  const { endpoint, keys } = browser;
  const asked = { endpoint, keys, ...whose, locale: "en", marketingText, now: NOW };
  const result = await inShop(shop.id, (tx) => subscribeToPush(tx, shop.id, asked, testPorts()));
  if (result.status !== "subscribed") throw new Error("not subscribed");
  return result.id;
}
