import { parseWith, type Parsed } from "#app/webhooks/parse-payload";
import { APP_TOPICS } from "./app.server";
import { COMPLIANCE_TOPICS } from "./compliance.server";
import { CUSTOMER_TOPICS } from "./customers.server";
import { FULFILLMENT_TOPICS } from "./fulfillments.server";
import { ORDER_TOPICS } from "./orders.server";
import { PRODUCT_TOPICS } from "./products.server";
import type { Topic } from "./topic";

/** Every topic we understand: its schema and what it does. Anything else is recorded and ignored. */
export const TOPICS: Record<string, Topic> = {
  ...ORDER_TOPICS,
  ...FULFILLMENT_TOPICS,
  ...CUSTOMER_TOPICS,
  ...PRODUCT_TOPICS,
  ...APP_TOPICS,
  ...COMPLIANCE_TOPICS,
};

export function isKnownTopic(name: string): boolean {
  return Object.hasOwn(TOPICS, name);
}

/**
 * Reads a webhook's body as its topic's schema demands.
 * @throws where the topic is unknown
 */
export function parsePayload(name: string, body: string): Parsed<unknown> {
  if (!isKnownTopic(name)) throw new Error(`unknown topic ${name}`);
  return parseWith(TOPICS[name]!.schema, body);
}
