import { spawn, type ChildProcess } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createClock } from "./clock.ts";
import type { RunningDemo } from "./main.ts";
import { aDemo } from "./testing.ts";

const DAY = 86_400_000;

let folder: string;
let demo: RunningDemo;

beforeAll(async () => {
  folder = mkdtempSync(path.join(os.tmpdir(), "postlude-clock-"));
  demo = await aDemo({ stateDir: folder, generatedOrders: 5 });
});

afterAll(async () => {
  await demo.stop();
  rmSync(folder, { recursive: true });
});

/** Starts code as a process of the app in the demo. */
function startApp(code: string): ChildProcess {
  const preload = path.resolve(import.meta.dirname, "preload.mjs");
  return spawn(process.execPath, ["--import", preload, "--input-type=module", "-e", code], {
    env: { ...process.env, DEMO_STATE_DIR: folder, DEMO_STORE_URL: demo.origin, NODE_OPTIONS: "" },
    stdio: ["ignore", "pipe", "inherit"],
  });
}

/** What the code prints. */
function inApp(code: string): Promise<string> {
  return text(startApp(code).stdout!);
}

test("the clock only moves forward and remembers where it was", () => {
  const file = path.join(folder, "own-clock.json");
  const clock = createClock(file, () => 1_000_000);
  clock.advance(5 * DAY);
  expect(clock.now().getTime()).toBe(1_000_000 + 5 * DAY);
  expect(() => clock.advance(-1)).toThrow(RangeError);
  expect(createClock(file, () => 1_000_000).offsetMs()).toBe(5 * DAY);
});

test("the app's processes see the demo clock, their timers stay real", async () => {
  await fetch(`${demo.origin}/_/clock/advance`, { method: "POST", body: '{"days":3}' });
  const output = await inApp(`
    const began = process.hrtime.bigint();
    await new Promise((resolve) => setTimeout(resolve, 50));
    const waited = Number(process.hrtime.bigint() - began) / 1e6;
    console.log(JSON.stringify({
      now: Date.now(), fresh: new Date().getTime(), fixed: new Date(0).toISOString(), parts: new Date(2026, 0, 2).getDate(),
      same: new Date() instanceof Date, utc: Date.UTC(1970, 0, 1), text: typeof Date(), waited: waited < 5000,
      sub: new (class Later extends Date {})(5).getTime(),
    }));`);
  const seen = JSON.parse(output);
  expect(Math.abs(seen.now - Date.now() - 3 * DAY)).toBeLessThan(60_000);
  expect(Math.abs(seen.fresh - seen.now)).toBeLessThan(60_000);
  expect(seen).toMatchObject({
    fixed: "1970-01-01T00:00:00.000Z",
    parts: 2,
    same: true,
    utc: 0,
    text: "string",
    waited: true,
    sub: 5,
  });
});

test("the clock of a running process follows", async () => {
  const app = startApp(`
    const first = Date.now();
    console.log("started");
    while (Date.now() - first < ${DAY}) await new Promise((resolve) => setTimeout(resolve, 50));
    console.log("moved");`);
  const lines = createInterface(app.stdout!)[Symbol.asyncIterator]();
  expect((await lines.next()).value).toBe("started");
  demo.clock.advance(2 * DAY);
  expect((await lines.next()).value).toBe("moved");
});

test("requests to Shopify's hosts reach the demo store, all others are refused", async () => {
  const output = await inApp(`
    const answer = await fetch("https://demo.myshopify.com/admin/api/2026-10/graphql.json", {method: "POST", headers: {"content-type": "application/json"}, body: "{}"});
    const blocked = await fetch("https://example.com/").then(() => "reached", (error) => error.cause?.message ?? error.message);
    const local = await fetch("${demo.origin}/_/clock").then((response) => response.status);
    console.log(JSON.stringify({ status: answer.status, body: await answer.json(), blocked, local }));`);
  const seen = JSON.parse(output);
  expect(seen.status).toBe(401);
  expect(seen.body.errors).toContain("Invalid API key or access token");
  expect(seen.blocked).toContain("blocks requests to other hosts");
  expect(seen.local).toBe(200);
});
