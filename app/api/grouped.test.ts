import { expect, test } from "vitest";
import { grouped } from "./grouped.server";

const LIMITS = { size: 8, atOnce: 2 };

test("asks that arrive together are worked on together, each with its own answer", async () => {
  const groups: number[][] = [];
  const double = grouped<number, number>(async (_shopId, asks) => {
    groups.push(asks);
    return asks.map((ask) => ask * 2);
  }, LIMITS);
  expect(await Promise.all([double(1, 1), double(1, 2), double(2, 3)])).toEqual([2, 4, 6]);
  expect(groups).toEqual([[1, 2], [3]]);
});

test("an ask that cannot be stored does not take its neighbours with it", async () => {
  const store = grouped<string, string>(async (_shopId, asks) => {
    if (asks.includes("bad")) throw new Error("invalid byte sequence");
    return asks;
  }, LIMITS);
  const asked = await Promise.allSettled([store(1, "good"), store(1, "bad"), store(1, "fine")]);
  expect(asked.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
});

test("where the database is away, nobody is asked again", async () => {
  let tries = 0;
  const store = grouped<string, string>(async () => {
    tries++;
    throw Object.assign(new Error("connect ECONNREFUSED"), { code: "ECONNREFUSED" });
  }, LIMITS);
  const asked = await Promise.allSettled([store(1, "a"), store(1, "b")]);
  expect(asked.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
  expect(tries).toBe(1);
});
