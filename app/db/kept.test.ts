import { expect, test } from "vitest";
import { keep } from "./kept";

const LONG = { milliseconds: 60_000, most: 2 };
const turn = () => new Promise((resolve) => setImmediate(resolve));

test("what is fresh comes without a promise, and who needs the same missing entry shares one read", async () => {
  let reads = 0;
  const kept = keep<number>(LONG);
  const read = () => Promise.resolve(++reads);
  expect(await Promise.all([kept.get("a", read), kept.get("a", read)])).toEqual([1, 1]);
  expect(kept.get("a", read)).toBe(1);
});

test("an aging entry is given at once and read anew behind; one too old is waited for", async () => {
  let reads = 0;
  const kept = keep<number>(LONG);
  const read = () => Promise.resolve(++reads);
  kept.set("a", 0, performance.now() - 35_000);
  expect([kept.isAging("a"), kept.isAging("a", 0.5)]).toEqual([false, true]);
  kept.set("a", 0, performance.now() - 50_000);
  expect(kept.isAging("a")).toBe(true);
  expect(kept.get("a", read)).toBe(0);
  await turn();
  expect(kept.get("a", read)).toBe(1);
  kept.set("a", 0, performance.now() - 61_000);
  expect(await kept.get("a", read)).toBe(2);
});

test("a failed read is told to who waits for it, and hidden from who has an aging entry", async () => {
  const kept = keep<number>(LONG);
  const fail = () => Promise.reject(new Error("away"));
  await expect(kept.get("a", fail)).rejects.toThrow("away");
  kept.set("a", 7, performance.now() - 50_000);
  expect(kept.get("a", fail)).toBe(7);
  await turn();
  expect(kept.get("a", fail)).toBe(7);
});

test("what was being read while all was forgotten does not come back", async () => {
  const kept = keep<string>(LONG);
  let finish = (_: string) => {};
  const slow = kept.get("a", () => new Promise<string>((resolve) => (finish = resolve)));
  kept.clear();
  finish("before");
  expect(await slow).toBe("before");
  expect(await kept.get("a", () => Promise.resolve("after"))).toBe("after");
});

test("a fresh entry is read anew where that is asked for, and is not kept where it was forgotten meanwhile", async () => {
  const kept = keep<number>(LONG);
  kept.set("a", 1, performance.now());
  const renewed = kept.renew("a", () => Promise.resolve(2));
  expect(kept.fresh("a")).toBe(1);
  expect(kept.renew("a", () => Promise.resolve(3))).toBe(renewed);
  await renewed;
  expect(kept.fresh("a")).toBe(2);
  const outdated = kept.renew("a", () => Promise.resolve(4));
  kept.forget((key) => key === "a");
  await outdated;
  expect(kept.fresh("a")).toBeUndefined();
});

test("the oldest entry leaves first", () => {
  const kept = keep<number>(LONG);
  for (const key of ["a", "b", "c"]) kept.set(key, 1, performance.now());
  expect(["a", "b", "c"].map((key) => kept.fresh(key))).toEqual([undefined, 1, 1]);
});

test("a heavy entry takes the place of several, and one always stays", () => {
  const kept = keep<number>({ ...LONG, most: 10, weigh: (value) => value });
  const known = () => ["a", "b", "c"].map((key) => kept.fresh(key));
  for (const key of ["a", "b"]) kept.set(key, 4, performance.now());
  kept.set("c", 5, performance.now());
  expect(known()).toEqual([undefined, 4, 5]);
  kept.set("b", 1, performance.now());
  expect(known()).toEqual([undefined, 1, 5]);
  kept.set("a", 99, performance.now());
  expect(known()).toEqual([99, undefined, undefined]);
});
