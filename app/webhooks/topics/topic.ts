import type { z } from "zod";
import type { Tx } from "#app/db/tx";
import type { Shop } from "#app/generated/prisma/client";

/** What a handler gets beside the payload. `tx` is bound to the shop; the inbox row is marked in the same transaction. */
export type TopicContext = {
  tx: Tx;
  shop: Shop;
  now: Date;
  /** The app's secret for hashes of addresses. */
  secret: string;
  webhook: {
    topic: string;
    webhookId: string;
    /** When it happened at Shopify, as far as the headers tell; else when it came. */
    triggeredAt: Date;
  };
};

/** "not-yet": something this webhook builds on has not arrived; it is tried again later. */
export type TopicOutcome =
  | { status: "done"; /** What could not be read in it. */ note?: string }
  | { status: "not-yet"; waitsFor: string };
export const DONE: TopicOutcome = { status: "done" };

export type Topic = {
  schema: z.ZodType;
  handle: (context: TopicContext, payload: never) => Promise<TopicOutcome>;
  /** Also for shops that have uninstalled the app: compliance and the uninstall itself. */
  afterUninstall?: boolean;
  /** The body names a person who wants to be forgotten: it is not kept once handled. */
  forgetBody?: boolean;
};

/** Ties a topic's schema to the handler of its output. */
export function topic<Payload>(
  schema: z.ZodType<Payload>,
  handle: (context: TopicContext, payload: Payload) => Promise<TopicOutcome>,
  options: Pick<Topic, "afterUninstall" | "forgetBody"> = {},
): Topic {
  return { schema, handle, ...options };
}
