// Signed deliveries with Shopify's headers, time limits and retries, and faults on demand.
export type DeliveryAttempt = { at: string; ms: number; status: number | null; error: string | null };

export type Delivery = {
  id: number;
  shop: string;
  topic: string;
  url: string;
  name: string | null;
  body: string;
  webhookId: string;
  eventId: string;
  triggeredAt: string;
  attempts: DeliveryAttempt[];
  state: "waiting" | "held" | "retrying" | "delivered" | "failed" | "dropped";
  /** When the next attempt is due on the demo clock. */
  dueAt: string | null;
  badHmac: boolean;
};

export type WebhookFaults = {
  /** Extra copies of every delivery, with the same webhook id. */
  duplicate: number;
  /** Pairs of deliveries swap places. */
  reorder: boolean;
  /** Share of deliveries that never leave, 0–1. */
  drop: number;
  /** Milliseconds of demo time before the first attempt. */
  delayMs: number;
  badHmac: boolean;
  /** This many deliveries get a 500 in place of the app's answer, and are retried. */
  failNext: number;
};

export type WebhookSender = {
  /** Queues one delivery for every subscription of the topic. */
  send(shop: string, topic: string, payload: Record<string, unknown>): Delivery[];
  /** Newest first. */
  deliveries(): Delivery[];
  resend(id: number): Delivery | undefined;
  faults(): WebhookFaults;
  setFaults(changes: Partial<WebhookFaults>): WebhookFaults;
  /** Lets go what `reorder` holds back, and sends everything that is due. Resolves when nothing is on its way. */
  flush(): Promise<void>;
  stop(): void;
};
