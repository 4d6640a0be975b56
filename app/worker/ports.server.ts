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
