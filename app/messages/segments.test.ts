import { expect, test } from "vitest";
import { segmentsOf } from "./segments";

test.each([
  ["nothing", "", "gsm", 0, 0],
  ["one, to the last character", "a".repeat(160), "gsm", 1, 160],
  ["two, of 153 each", "ü".repeat(161), "gsm", 2, 161],
  ["two, full", "a".repeat(306), "gsm", 2, 306],
  ["three", "a".repeat(307), "gsm", 3, 307],
  ["the euro sign counts twice", "€".repeat(80), "gsm", 1, 160],
  ["an accent outside the alphabet", "ê", "unicode", 1, 1],
  ["unicode, to the last", "ê".repeat(70), "unicode", 1, 70],
  ["unicode, two", "ê".repeat(71), "unicode", 2, 71],
  ["an emoji takes two units", "🍵".repeat(35), "unicode", 1, 70],
])("%s", (_name, text, encoding, segments, units) => {
  expect(segmentsOf(text)).toMatchObject({ encoding, segments, units });
});
