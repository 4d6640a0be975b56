import {
  consentOf,
  isSuppressed,
  preferencesOf,
  recordConsent,
  setPreference,
  type Keys,
} from "#app/contact-policy/contact-policy.server";
import type { ShopId, Tx } from "#app/db/tx";
import type { Message } from "#app/generated/prisma/client";
import { channelsInUse } from "./accounts.server";
import { addressOn } from "./addresses.server";
import { CHOSEN_KEYS, type ChosenKey } from "./default-templates";

/** What the recipient of a mail chose for the other channels on which this shop reaches them. */
export const CHOSEN_CHANNELS = ["sms", "whatsapp", "push"] as const;
export type ChosenChannel = (typeof CHOSEN_CHANNELS)[number];

export type ChannelChoice = { types: Record<ChosenKey, boolean>; marketing: boolean };
/** `ending` tells the person which number is meant, without telling it to others. */
export type OtherChannel = ChannelChoice & { channel: ChosenChannel; ending: string };

type Whose = Pick<Message, "customerGid" | "orderGid">;

/** The channels in use that reach the person. A number that said STOP is left out: only START brings it back. */
export async function otherChannels(
  tx: Tx,
  shopId: ShopId,
  person: Whose,
  keys: Keys,
): Promise<OtherChannel[]> {
  const inUse = await channelsInUse(tx, shopId);
  const found: OtherChannel[] = [];
  for (const channel of CHOSEN_CHANNELS) {
    const address = inUse.has(channel) ? await addressOn(tx, shopId, channel, person) : null;
    if (!address || (await isSuppressed(tx, shopId, { channel, address }, keys))) continue;
    const whose = { channel, address };
    const chosen = await preferencesOf(tx, shopId, whose, keys);
    const types = Object.fromEntries(CHOSEN_KEYS.map((key) => [key, chosen.get(key) ?? true]));
    const marketing = (await consentOf(tx, shopId, whose, keys))?.state === "subscribed";
    const ending = channel === "push" ? "" : address.slice(-3);
    found.push({ channel, ending, marketing, types: types as ChannelChoice["types"] });
  }
  return found;
}

/** Saves a choice for one of them; what did not change is left alone. */
export async function chooseOnChannel(
  tx: Tx,
  shopId: ShopId,
  message: Pick<Message, "id" | "customerGid" | "orderGid">,
  channel: ChosenChannel,
  choice: ChannelChoice,
  { text, now }: { text: string; now: Date },
  keys: Keys,
): Promise<void> {
  const [current] = (await otherChannels(tx, shopId, message, keys)).filter((one) => one.channel === channel);
  const address = current && (await addressOn(tx, shopId, channel, message));
  if (!current || !address) return;
  for (const messageType of CHOSEN_KEYS) {
    const wanted = choice.types[messageType];
    if (wanted === current.types[messageType]) continue;
    await setPreference(tx, shopId, { channel, address, messageType, wanted, now }, keys);
  }
  if (choice.marketing === current.marketing) return;
  await recordConsent(
    tx,
    shopId,
    {
      ...{ channel, address, customerGid: message.customerGid, source: "preference-page", text },
      state: choice.marketing ? "subscribed" : "unsubscribed",
      changedAt: now,
      sourceKey: `preference-page:${channel}:${message.id}:${now.getTime()}`,
    },
    keys,
  );
}
