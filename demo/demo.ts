// What a running demo store consists of. Pages and control endpoints get this one value.
import type { Clock } from "./clock.ts";
import type { DemoConfig } from "./config.ts";
import type { EventLog } from "./event-log.ts";
import type { Mailbox } from "./mail/mailbox.ts";
import type { TokenIssuer } from "./oauth/issuer.ts";
import type { Installations } from "./oauth/installations.ts";
import type { Store } from "./store/store.ts";
import type { TwilioStandIn } from "./twilio/twilio.ts";
import type { WebhookSender } from "./webhooks/sender.ts";

export type Demo = {
  config: DemoConfig;
  clock: Clock;
  log: EventLog;
  /** The shop that the pages show unless a request names another one. */
  store: Store;
  /** Every shop by its myshopify domain. */
  stores: Map<string, Store>;
  /** Who has the app installed, with which tokens. */
  installations: Installations;
  /** Id tokens for the admin, session tokens for extensions, the signed URL of the app's iframe. */
  tokens: TokenIssuer;
  mailbox: Mailbox;
  /** SMS and WhatsApp. */
  twilio: TwilioStandIn;
  webhooks: WebhookSender;
  /** Names of fields the app asked for and the demo store does not model. */
  unmodelled: Map<string, number>;
};
