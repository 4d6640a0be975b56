import type { PoolClient } from "pg";
import { addressHash } from "#app/db/seal";
import { upsertRows } from "#app/db/upsert-rows";

/** A customer's consent as Shopify's customer list tells it. */
export type ImportedConsent = {
  customerGid: string;
  channel: "email" | "sms";
  address: string;
  /** Shopify's word, e.g. SUBSCRIBED. */
  state: string;
  optInLevel: string | null;
  changedAt: string;
};

const STATES = ["subscribed", "unsubscribed", "pending", "not_subscribed"];

const CONSENTS = {
  table: "Consent",
  columns: {
    channel: "text",
    addressHash: "text",
    state: '"ConsentState"',
    customerGid: "text",
    optInLevel: "text",
    changedAt: "timestamptz",
  },
  key: ["channel", "addressHash"],
  onConflict: { replaceWhereLater: "changedAt" },
};

/** Takes over consents that were given before the installation. A newer one that we recorded ourselves stays. */
export async function writeConsents(
  client: PoolClient,
  shopId: number,
  consents: ImportedConsent[],
  secret: string,
): Promise<void> {
  const byAddress = new Map<string, Record<string, unknown>>();
  for (const { address, state, ...consent } of consents) {
    if (!STATES.includes(state.toLowerCase())) continue;
    const hash = addressHash(secret, shopId, address);
    byAddress.set(`${consent.channel}:${hash}`, {
      ...consent,
      addressHash: hash,
      state: state.toLowerCase(),
    });
  }
  await upsertRows(client, shopId, CONSENTS, [...byAddress.values()]);
}
