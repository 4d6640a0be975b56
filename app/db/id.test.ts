import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { isUuid, newId } from "./id";

test("ids of ours and of others are told from what only looks like one", () => {
  expect([newId(new Date()), randomUUID(), randomUUID().toUpperCase()].map(isUuid)).toEqual([
    true,
    true,
    true,
  ]);
  const wrong = ["", "-".repeat(36), "a".repeat(36), `${randomUUID()}0`, `${randomUUID()}\n`, "0".repeat(32)];
  expect(wrong.filter(isUuid)).toEqual([]);
});
