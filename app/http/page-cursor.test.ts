import { expect, test } from "vitest";
import { cursorOf, readCursor } from "./page-cursor";

const AT = new Date("2026-11-22T10:00:00.000Z");

test("a list goes on where its page before ended", () => {
  expect(readCursor(cursorOf(AT, "email.ab12"))).toEqual({ at: AT, key: "email.ab12" });
});

test.each([
  null,
  "",
  "~",
  "2026-11-22T10:00:00.000Z",
  "2026-11-22T10:00:00.000Z~",
  "2026-11-22T10:00:00.000Z~a~b",
  "2026-02-30T10:00:00.000Z~a",
  "2026-11-22~a",
  "0000-01-01T00:00:00.000Z~a",
  "-------~a",
  "2026-11-22T10:00:00.000Z~\0",
  "2026-11-22T10:00:00.000Z~a\ud83d",
])("%s is the first page", (text) => {
  expect(readCursor(text)).toBeNull();
});
