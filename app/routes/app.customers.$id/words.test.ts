import { expect, test } from "vitest";
import type { TimelineEntry } from "#app/analytics/customer-timeline.server";
import { wordsOf } from "./words";

const at = new Date("2026-11-22T12:00:00Z");
const read = (entry: TimelineEntry) => wordsOf(entry, new Map(), "en");

test("places, sources and causes stand in words, not as keys", () => {
  const one = { at, key: "1" };
  const offer = { kind: "offer", title: "Tea", surface: "order-status", outcome: "shown" } as const;
  expect(read({ ...one, ...offer }).detail).toBe("Order status page");
  const consent = { kind: "consent", channel: "email", state: "unsubscribed" } as const;
  expect(read({ ...one, ...consent, source: "shopify" }).detail).toBe("Told by: Shopify");
  expect(read({ ...one, ...consent, source: "one-click" }).detail).not.toContain("one-click");
  expect(read({ ...one, kind: "joined", via: "thank-you" })).toMatchObject({
    title: "Joined the points programme",
    detail: "Thank-you page",
  });
  const points = {
    kind: "points",
    cause: "order",
    points: 14,
    state: "pending",
    orderName: "#1001",
  } as const;
  expect(read({ ...one, ...points })).toMatchObject({
    title: "+14 points",
    detail: "Order #1001",
    badge: "Pending",
  });
});
