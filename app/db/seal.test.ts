import { expect, test } from "vitest";
import { addressHash, isSignature, seal, sign, unseal } from "./seal";

const SECRET = "a-secret-of-at-least-32-characters!!";

test("what was sealed opens again, and only with the same secret, purpose and context", () => {
  const sealed = seal(SECRET, "token", "shpat_1", "session-1");
  expect(sealed).not.toContain("shpat_1");
  expect(unseal(SECRET, "token", sealed, "session-1")).toBe("shpat_1");
  expect(() => unseal(SECRET, "token", sealed, "session-2")).toThrow();
  expect(() => unseal(SECRET, "other", sealed, "session-1")).toThrow();
  expect(() => unseal(`${SECRET}x`, "token", sealed, "session-1")).toThrow();
});

test("a signature holds for its text and purpose only", () => {
  const signature = sign(SECRET, "link", "message-7");
  expect(isSignature(SECRET, "link", "message-7", signature)).toBe(true);
  expect(isSignature(SECRET, "link", "message-8", signature)).toBe(false);
  expect(isSignature(SECRET, "other", "message-7", signature)).toBe(false);
  expect(isSignature(SECRET, "link", "message-7", "")).toBe(false);
});

test("an address is recognised whatever its case, and differs from shop to shop", () => {
  expect(addressHash(SECRET, 1, " Ada@Example.com ")).toBe(addressHash(SECRET, 1, "ada@example.com"));
  expect(addressHash(SECRET, 1, "ada@example.com")).not.toBe(addressHash(SECRET, 2, "ada@example.com"));
});
