import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { callApp } from "../client";
import { createFakeApp, type FakeApp } from "../testing/fake-app";

let app: FakeApp;
const sessionToken = { get: vi.fn(() => Promise.resolve("token")) };

beforeEach(() => {
  app = createFakeApp();
  vi.stubGlobal("fetch", app.fetch);
  sessionToken.get.mockClear();
});

afterEach(() => vi.unstubAllGlobals());

describe("a call to the app", () => {
  test("carries a fresh token each time and brings the answer", async () => {
    app.answer("/api/decide", { body: { decisionId: "1" } });
    await callApp(sessionToken, "/api/decide", { block: "offers" }, { timeoutMs: 1000 });
    expect(await callApp(sessionToken, "/api/decide", { block: "offers" }, { timeoutMs: 1000 })).toEqual({
      decisionId: "1",
    });
    expect(sessionToken.get).toHaveBeenCalledTimes(2);
    expect(app.tokens).toEqual(["Bearer token", "Bearer token"]);
  });

  test.each(["offline", "silent", { status: 401 }, { status: 503 }] as const)(
    "is null, never an error, when the app is %s",
    async (answer) => {
      app.answer("/api/decide", answer);
      expect(await callApp(sessionToken, "/api/decide", {}, { timeoutMs: 20 })).toBeNull();
    },
  );

  test("goes on without its page where it tells what became of a placement, and nowhere else", async () => {
    const fetched = vi.fn(app.fetch);
    vi.stubGlobal("fetch", fetched);
    await callApp(sessionToken, "/api/outcomes", {}, { timeoutMs: 1000, outlivesPage: true });
    await callApp(sessionToken, "/api/decide", {}, { timeoutMs: 1000 });
    expect(fetched.mock.calls.map(([, init]) => init?.keepalive)).toEqual([true, false]);
  });

  test("gives up on a token that never comes", async () => {
    const never = { get: () => new Promise<string>(() => {}) };
    expect(await callApp(never, "/api/decide", {}, { timeoutMs: 20 })).toBeNull();
    expect(app.posted("/api/decide")).toHaveLength(0);
  });
});
