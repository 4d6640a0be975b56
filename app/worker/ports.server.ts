import type { VapidKeys } from "#app/messages/channels/push-crypto";
import type { AdminClient } from "#app/shops/admin-client";

/** What the outside world is to the worker; tests pass others. */
export type Ports = {
  adminFor: (shopDomain: string) => Promise<AdminClient>;
  now: () => Date;
  random: () => number;
  /** Public address of the app, without a trailing slash. */
  appUrl: string;
  /** ENCRYPTION_KEY: seals, signs and hashes. */
  secret: string;
  /** Hands mails to a mail server. */
  smtpUrl: string;
  mailFrom: string;
  /** Where undeliverable mails come back to; left out: to the sender's address. */
  bouncesTo?: string;
  /** Where Twilio's API stands; left out: at Twilio. */
  twilioUrl?: string;
  /** What this installation signs web push messages with. */
  vapidKeys: () => Promise<VapidKeys>;
  /** Lets webhooks and push messages go to this machine and its network: tests and the demo store only. */
  allowPrivate?: boolean;
  /** Advertisers that whoever runs this installation proposes to every shop; undefined for none. */
  sponsoredFeedUrl?: string;
};

/** Work that is done again and again, over all shops: finds due rows with one indexed query and works them off. */
export type Sweep = {
  name: string;
  everySeconds: number;
  /** @returns how many rows were worked off; 0 lets the sweep rest until its next turn */
  run: (ports: Ports) => Promise<number>;
};
