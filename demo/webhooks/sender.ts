// Signed deliveries with Shopify's headers, time limits and retries, and faults on demand.
// Waiting runs on the demo clock: who advances it by an hour sees the retries of that hour.
import { createHmac, randomUUID } from "node:crypto";
import { Agent, fetch } from "undici";
import type { Clock } from "../clock.ts";
import type { DemoConfig } from "../config.ts";
import { matchesFilter, pickFields } from "./filter.ts";

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
  /** `held` waits for the delivery with which it changes places. */
  state: "waiting" | "held" | "retrying" | "delivered" | "failed" | "dropped";
  /** When the next attempt is due on the demo clock. */
  dueAt: string | null;
  badHmac: boolean;
  /** A 500 stands in for the app's answer this many times. */
  failures: number;
};

export type WebhookFaults = {
  /** Extra copies of every delivery, with the same webhook id. */
  duplicate: number;
  /** Pairs of deliveries change places. */
  reorder: boolean;
  /** Share of deliveries that never leave, 0–1. */
  drop: number;
  /** Milliseconds of demo time before the first attempt. */
  delayMs: number;
  badHmac: boolean;
  /** So many deliveries reach the app, but count as answered with 500, and are retried. */
  failNext: number;
};

export const NO_FAULTS: WebhookFaults = {
  duplicate: 0,
  reorder: false,
  drop: 0,
  delayMs: 0,
  badHmac: false,
  failNext: 0,
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
  onAttempt(listener: (delivery: Delivery, attempt: DeliveryAttempt) => void): void;
  restore(saved: Delivery[]): void;
  /** Forgets every delivery and fault. */
  clear(): void;
  stop(): void;
};

/** Shopify: eight retries within four hours, exponentially later. Seconds. */
const RETRY_SECONDS = [10, 30, 90, 270, 800, 2000, 4000, 7200];
const CONNECT_MS = 1000;
const ANSWER_MS = 5000;
const KEPT = 1000;
const TICK_MS = 100;
const MOST_AT_ONCE = 50;

export function createWebhookSender(config: DemoConfig, clock: Clock): WebhookSender {
  const deliveries: Delivery[] = [];
  const underway = new Set<Promise<void>>();
  const listeners: ((delivery: Delivery, attempt: DeliveryAttempt) => void)[] = [];
  const agent = new Agent({ connect: { timeout: CONNECT_MS } });
  let faults = { ...NO_FAULTS };
  let held: Delivery | undefined;
  /** Newer delivery → the older one that leaves after it. */
  const followers = new Map<Delivery, Delivery>();
  let nextId = 1;
  const timer = setInterval(sendDue, TICK_MS);
  timer.unref();
  clock.onAdvance(sendDue);

  function send(shop: string, topic: string, payload: Record<string, unknown>): Delivery[] {
    const eventId = randomUUID();
    const queued = config.app.subscriptions
      .filter((subscription) => subscription.topic === topic && matchesFilter(payload, subscription.filter))
      .map((subscription): Delivery => ({
        id: nextId++,
        shop,
        topic,
        url: new URL(subscription.uri, config.appUrl).toString(),
        name: subscription.name ?? null,
        body: JSON.stringify(pickFields(payload, subscription.includeFields)),
        webhookId: randomUUID(),
        eventId,
        triggeredAt: clock.iso(),
        attempts: [],
        state: "waiting",
        dueAt: new Date(clock.now().getTime() + faults.delayMs).toISOString(),
        badHmac: faults.badHmac,
        failures: 0,
      }));
    for (const delivery of queued) enqueue(delivery);
    sendDue();
    return queued;
  }

  function enqueue(delivery: Delivery): void {
    deliveries.push(delivery);
    if (deliveries.length > KEPT) forgetOldest();
    if (faults.failNext > 0) {
      faults.failNext -= 1;
      delivery.failures = 1;
    }
    if (Math.random() < faults.drop) {
      Object.assign(delivery, { state: "dropped", dueAt: null });
      return;
    }
    for (let copy = 0; copy < faults.duplicate; copy++) track(attempt(delivery, true));
    if (!faults.reorder) return;
    if (held) {
      followers.set(delivery, held);
      held = undefined;
    } else {
      delivery.state = "held";
      held = delivery;
    }
  }

  /** Makes room in the log; what is still to be delivered stays. */
  function forgetOldest(): void {
    const ended = deliveries.findIndex(({ state }) => ["delivered", "failed", "dropped"].includes(state));
    if (ended !== -1) deliveries.splice(ended, 1);
  }

  function release(delivery: Delivery): undefined {
    delivery.state = "waiting";
    delivery.dueAt = clock.iso();
  }

  function sendDue(): void {
    const now = clock.iso();
    for (const delivery of deliveries) {
      if (underway.size >= MOST_AT_ONCE) return; // the rest with the next tick
      if (delivery.dueAt === null || delivery.dueAt > now || delivery.state === "held") continue;
      delivery.dueAt = null; // being sent
      track(deliver(delivery));
    }
  }

  function track(work: Promise<void>): void {
    underway.add(work);
    void work.finally(() => underway.delete(work));
  }

  async function deliver(delivery: Delivery): Promise<void> {
    await attempt(delivery, false);
    const follower = followers.get(delivery);
    if (follower) release(follower);
    followers.delete(delivery);
    const last = delivery.attempts.at(-1)!;
    const tries = delivery.attempts.length;
    if (last.status !== null && last.status >= 200 && last.status < 300) delivery.state = "delivered";
    else if (tries > RETRY_SECONDS.length) delivery.state = "failed";
    else {
      delivery.state = "retrying";
      const waitMs = RETRY_SECONDS[tries - 1]! * 1000 * config.retryScale;
      delivery.dueAt = new Date(clock.now().getTime() + waitMs).toISOString();
    }
  }

  /** Posts the body once. A copy counts nowhere: it is the same delivery arriving twice. */
  async function attempt(delivery: Delivery, isCopy: boolean): Promise<void> {
    const startedAt = Date.now();
    const record: DeliveryAttempt = { at: clock.iso(), ms: 0, status: null, error: null };
    try {
      const response = await fetch(delivery.url, {
        method: "POST",
        body: delivery.body,
        headers: headersOf(delivery),
        redirect: "manual",
        signal: AbortSignal.timeout(ANSWER_MS),
        dispatcher: agent,
      });
      await response.arrayBuffer();
      record.status = response.status;
    } catch (error) {
      const { name, message, cause } = error as Error & { cause?: { code?: string } };
      record.error = name === "TimeoutError" ? "no answer within 5 s" : (cause?.code ?? message);
    }
    record.ms = Date.now() - startedAt;
    if (isCopy) return;
    if (delivery.failures > 0) {
      delivery.failures -= 1;
      record.status = 500;
      record.error = "fault: the answer was taken for a 500";
    }
    delivery.attempts.push(record);
    for (const listener of listeners) listener(delivery, record);
  }

  function headersOf(delivery: Delivery): Record<string, string> {
    const secret = delivery.badHmac ? "a wrong secret" : config.apiSecret;
    return {
      "Content-Type": "application/json",
      Accept: "*/*",
      "User-Agent": "Shopify-Captain-Hook",
      "X-Shopify-Topic": delivery.topic,
      "X-Shopify-Shop-Domain": delivery.shop,
      "X-Shopify-API-Version": config.app.webhookApiVersion,
      "X-Shopify-Hmac-Sha256": createHmac("sha256", secret).update(delivery.body, "utf8").digest("base64"),
      "X-Shopify-Webhook-Id": delivery.webhookId,
      "X-Shopify-Event-Id": delivery.eventId,
      "X-Shopify-Triggered-At": delivery.triggeredAt,
      ...(delivery.name ? { "X-Shopify-Name": delivery.name } : {}),
    };
  }

  async function flush(): Promise<void> {
    if (held) held = release(held);
    for (;;) {
      const now = clock.iso();
      const waiting = deliveries.filter((delivery) => delivery.state === "waiting");
      for (const delivery of waiting) if (delivery.dueAt) delivery.dueAt = now;
      sendDue();
      if (underway.size === 0) return;
      await Promise.all(underway);
    }
  }

  return {
    send,
    deliveries: () => deliveries.toReversed(),
    resend(id) {
      const delivery = deliveries.find((entry) => entry.id === id);
      if (!delivery) return undefined;
      Object.assign(delivery, { state: "waiting", dueAt: clock.iso(), badHmac: false });
      sendDue();
      return delivery;
    },
    faults: () => faults,
    setFaults(changes) {
      faults = { ...faults, ...changes };
      if (!faults.reorder && held) held = release(held);
      return faults;
    },
    flush,
    onAttempt: (listener) => void listeners.push(listener),
    restore(saved) {
      for (const delivery of saved) {
        deliveries.push(delivery);
        nextId = Math.max(nextId, delivery.id + 1);
        const open = ["waiting", "held", "retrying"].includes(delivery.state);
        if (open) Object.assign(delivery, { state: "waiting", dueAt: delivery.dueAt ?? clock.iso() });
      }
    },
    clear() {
      deliveries.length = 0;
      held = undefined;
      faults = { ...NO_FAULTS };
    },
    stop() {
      clearInterval(timer);
      void agent.destroy();
    },
  };
}
