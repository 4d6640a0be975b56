import { installationKey } from "#app/db/installation-keys.server";
import { env } from "#app/env.server";
import { makeVapidKeys, type VapidKeys } from "#app/messages/channels/push-crypto";

/** The pair of keys that push services know this installation by: from the environment, else made once and kept sealed. */
let known: Promise<VapidKeys> | undefined;

export function vapidKeys(): Promise<VapidKeys> {
  known ??= read();
  known.catch(() => (known = undefined));
  return known;
}

async function read(): Promise<VapidKeys> {
  const { VAPID_PUBLIC_KEY, VAPID_PRIVATE_KEY } = env();
  if (VAPID_PUBLIC_KEY && VAPID_PRIVATE_KEY)
    return { publicKey: VAPID_PUBLIC_KEY, privateKey: VAPID_PRIVATE_KEY };
  const stored = await installationKey("vapid", () => JSON.stringify(makeVapidKeys()), new Date());
  return JSON.parse(stored) as VapidKeys;
}
