import { parseWith, type Parsed } from "#app/webhooks/parse-payload";
import { APP_TOPICS } from "./app.server";
import { CARRIER_TOPICS } from "./carriers.server";
import { COLLECTION_TOPICS } from "./collections.server";
import { COMPLIANCE_TOPICS } from "./compliance.server";
import { CUSTOMER_TOPICS } from "./customers.server";
import { FULFILLMENT_TOPICS } from "./fulfillments.server";
import { ORDER_TOPICS } from "./orders.server";
import { PRODUCT_TOPICS } from "./products.server";
import type { Topic } from "./topic";

/** Every topic of Shopify's that we understand: its schema and what it does. Anything else is recorded and ignored. */
export const TOPICS: Record<string, Topic> = {
  ...ORDER_TOPICS,
  ...FULFILLMENT_TOPICS,
  ...CUSTOMER_TOPICS,
  ...PRODUCT_TOPICS,
  ...COLLECTION_TOPICS,
  ...APP_TOPICS,
  ...COMPLIANCE_TOPICS,
};

/** Beside Shopify's there are those of the carriers' webhooks, which share the inbox. */
const ALL: Record<string, Topic> = { ...TOPICS, ...CARRIER_TOPICS };

export function isKnownTopic(name: string): boolean {
  return Object.hasOwn(ALL, name);
}

/** @throws where the topic is unknown */
export function topicNamed(name: string): Topic {
  if (!isKnownTopic(name)) throw new Error(`unknown topic ${name}`);
  return ALL[name]!;
}

/**
 * Reads a webhook's body as its topic's schema demands.
 * @throws where the topic is unknown
 */
export function parsePayload(name: string, body: string): Parsed<unknown> {
  return parseWith(topicNamed(name).schema, body);
}
