import { expect, test } from "vitest";
import { grouped } from "./grouped.server";

const LIMITS = { size: 8, atOnce: 2, worthwhile: 2 };

test("asks that arrive together are worked on together, each with its own answer", async () => {
  const groups: number[][] = [];
  const double = grouped<number, number>(async (asks) => {
    groups.push(asks);
    return asks.map((ask) => ask * 2);
  }, LIMITS);
  expect(await Promise.all([double(1), double(2), double(3)])).toEqual([2, 4, 6]);
  expect(groups).toEqual([[1, 2, 3]]);
});

test("an ask that cannot be stored does not take its neighbours with it", async () => {
  const store = grouped<string, string>(async (asks) => {
    if (asks.includes("bad")) throw new Error("invalid byte sequence");
    return asks;
  }, LIMITS);
  const asked = await Promise.allSettled([store("good"), store("bad"), store("fine")]);
  expect(asked.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
});

test("where the database is away, nobody is asked again", async () => {
  let tries = 0;
  const store = grouped<string, string>(async () => {
    tries++;
    throw Object.assign(new Error("connect ECONNREFUSED"), { code: "ECONNREFUSED" });
  }, LIMITS);
  const asked = await Promise.allSettled([store("a"), store("b")]);
  expect(asked.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
  expect(tries).toBe(1);
});

test("a second group goes alongside only where it is worth a transaction", async () => {
  const groups: number[] = [];
  const done: (() => void)[] = [];
  const wait = grouped<number, number>(async (asks) => {
    groups.push(asks.length);
    await new Promise<void>((resolve) => done.push(resolve));
    return asks;
  }, LIMITS);
  const turn = () => new Promise((resolve) => setImmediate(() => setImmediate(resolve)));

  const first = wait(1);
  await turn();
  const second = wait(2);
  await turn();
  expect(groups).toEqual([1]);
  const third = wait(3);
  await turn();
  expect(groups).toEqual([1, 2]);
  const fourth = wait(4);
  await turn();
  expect(groups).toEqual([1, 2]);
  for (const resolve of done) resolve();
  await Promise.all([first, second, third]);
  await turn();
  done.at(-1)!();
  expect(await fourth).toBe(4);
  expect(groups).toEqual([1, 2, 1]);
});
