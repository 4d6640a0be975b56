import { z } from "zod";
import type { Channel } from "#app/contact-policy/contact";
import { seal, unseal } from "#app/db/seal";
import type { ShopId, Tx } from "#app/db/tx";

/**
 * A shop's access to the channels beside e-mail. A channel is off until it is set up. What is secret is sealed for this
 * row, never shown again, and kept when the form leaves its field empty.
 */
export type AccountChannel = Exclude<Channel, "email">;
export const ACCOUNT_CHANNELS = [
  "sms",
  "whatsapp",
  "push",
  "inbox",
  "phone",
  "webhook",
] as const satisfies AccountChannel[];

/** What of an account may be shown. */
const ConfigSchema = z.object({
  /** Twilio's account sid. */
  accountSid: z.string().default(""),
  /** E.164, or the sid of a messaging service. */
  from: z.string().default(""),
  /** Where webhooks go. */
  url: z.string().default(""),
});
export type AccountConfig = z.infer<typeof ConfigSchema>;

export type ChannelAccount = {
  channel: AccountChannel;
  enabled: boolean;
  config: AccountConfig;
  hasSecret: boolean;
  /** What the provider said last, while it refuses. */
  error: string | null;
  failedAt: Date | null;
};

const NEEDS_SECRET: readonly AccountChannel[] = ["sms", "whatsapp", "webhook"];
const PURPOSE = "channel-account";

export async function channelAccounts(tx: Tx, shopId: ShopId): Promise<ChannelAccount[]> {
  const rows = await tx.channelAccount.findMany({ where: { shopId } });
  return ACCOUNT_CHANNELS.map((channel) => {
    const row = rows.find((one) => one.channel === channel);
    return {
      channel,
      enabled: row?.enabled ?? false,
      config: ConfigSchema.parse(row?.config ?? {}),
      hasSecret: Boolean(row?.secret),
      error: row?.error ?? null,
      failedAt: row?.failedAt ?? null,
    };
  });
}

/** Channels that may be used now; e-mail is always one of them. */
export async function channelsInUse(tx: Tx, shopId: ShopId): Promise<ReadonlySet<Channel>> {
  const rows = await tx.channelAccount.findMany({
    where: { shopId, enabled: true },
    select: { channel: true },
  });
  return new Set<Channel>(["email", ...rows.map(({ channel }) => channel as Channel)]);
}

export type AccountChange = {
  enabled?: boolean;
  config?: Partial<AccountConfig>;
  /** Empty or left out: the one that is stored stays. */
  secret?: string;
};

/** Switching on what is not set up changes nothing and says so. */
export async function saveAccount(
  tx: Tx,
  shopId: ShopId,
  channel: AccountChannel,
  change: AccountChange,
  { secret: key, now }: { secret: string; now: Date },
): Promise<{ status: "saved" } | { status: "not-set-up" }> {
  const row = await tx.channelAccount.findUnique({ where: { shopId_channel: { shopId, channel } } });
  const config = { ...ConfigSchema.parse(row?.config ?? {}), ...change.config };
  const secret = change.secret
    ? seal(key, PURPOSE, change.secret, `${shopId}:${channel}`)
    : (row?.secret ?? null);
  const enabled = change.enabled ?? row?.enabled ?? false;
  if (enabled && NEEDS_SECRET.includes(channel) && !secret) return { status: "not-set-up" };
  const columns = { config, secret, enabled, error: null, failedAt: null, updatedAt: now };
  await tx.channelAccount.upsert({
    where: { shopId_channel: { shopId, channel } },
    create: { shopId, channel, ...columns },
    update: columns,
  });
  return { status: "saved" };
}

/** An account with its secret, for sending and for checking signatures; null where it is not set up. */
export async function openAccount(
  tx: Tx,
  shopId: ShopId,
  channel: AccountChannel,
  key: string,
): Promise<(AccountConfig & { secret: string }) | null> {
  const row = await tx.channelAccount.findUnique({ where: { shopId_channel: { shopId, channel } } });
  if (!row?.secret) return null;
  const secret = unseal(key, PURPOSE, row.secret, `${shopId}:${channel}`);
  return { ...ConfigSchema.parse(row.config), secret };
}

/** What the merchant has to mend, in the provider's words. */
export async function noteAccountError(
  tx: Tx,
  shopId: ShopId,
  channel: string,
  error: string | null,
  now: Date,
): Promise<void> {
  await tx.channelAccount.updateMany({
    where: { shopId, channel, ...(error ? {} : { error: { not: null } }) },
    data: { error: error?.slice(0, 300) ?? null, failedAt: error ? now : null },
  });
}
