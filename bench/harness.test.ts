import { expect, test } from "vitest";
import { median, meets, percentile, toResult, toTable, type Figure } from "./harness";

const figure: Figure = { key: "p99_ms", title: "p99", value: 12.34567, unit: "ms", atMost: 15 };

test("a percentile is one of the samples, by nearest rank", () => {
  const samples = [15, 20, 35, 40, 50];
  expect(percentile(samples, 0.05)).toBe(15);
  expect(percentile(samples, 0.3)).toBe(20);
  expect(percentile(samples, 0.4)).toBe(20);
  expect(percentile(samples, 1)).toBe(50);
  expect(median(samples)).toBe(35);
  expect(() => percentile([], 0.5)).toThrow("no samples");
});

test("a figure meets its limits up to and including them", () => {
  expect(meets({ ...figure, value: 15 })).toBe(true);
  expect(meets({ ...figure, value: 15.1 })).toBe(false);
  expect(meets({ ...figure, atMost: undefined, atLeast: 20 })).toBe(false);
});

test("the result carries the figures by key, the machine and the commit", () => {
  const result = toResult("webhooks", [figure]);
  expect(result).toMatchObject({ name: "webhooks", figures: { p99_ms: 12.35 } });
  expect(result.machine).toContain("Node");
  expect(result.commit).toMatch(/^[0-9a-f]{12}(\+changes)?$|^unknown$/);
});

test("the table shows the peer and the ratio, and names a missed limit", () => {
  const ratio: Figure = {
    key: "r",
    title: "ours",
    value: 400,
    unit: "/s",
    peer: { title: "bare", value: 800 },
  };
  const [, , first, second] = toTable([ratio, { ...figure, value: 30 }]).split("\n");
  expect(first).toMatch(/ours\s+400 \/s\s+bare 800 \/s\s+0\.50$/);
  expect(second).toMatch(/p99\s+30 ms\s+≤ 15\s+2\.00\s+MISSED$/);
});
