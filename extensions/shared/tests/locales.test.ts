/// <reference types="node" />
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { Messages } from "../testing/texts";

const EXTENSIONS = join(import.meta.dirname, "../..");
const LANGUAGES = ["de", "fr", "es"];
const PLURALS = ["one", "other"];

function readMessages(extension: string, file: string): Map<string, string> {
  const messages = JSON.parse(readFileSync(join(EXTENSIONS, extension, "locales", file), "utf8")) as Messages;
  return new Map(flatten(messages));
}

function flatten(messages: Messages, prefix = ""): [string, string][] {
  return Object.entries(messages).flatMap(([key, value]): [string, string][] =>
    typeof value === "string" ? [[prefix + key, value]] : flatten(value, `${prefix}${key}.`),
  );
}

function placeholders(text: string): string[] {
  return [...text.matchAll(/\{\{\s*(\w+)\s*\}\}/g)].map((match) => match[1]!).sort();
}

describe.each(["offers", "surveys", "loyalty", "service"])("the texts of %s", (extension) => {
  const english = readMessages(extension, "en.default.json");

  test("are in four languages", () => {
    expect(readdirSync(join(EXTENSIONS, extension, "locales")).sort()).toEqual(
      ["en.default.json", ...LANGUAGES.map((language) => `${language}.json`)].sort(),
    );
  });

  test.each(LANGUAGES)("say the same in %s: same keys, same placeholders, nothing empty", (language) => {
    const other = readMessages(extension, `${language}.json`);
    expect([...other.keys()]).toEqual([...english.keys()]);
    for (const [key, text] of english) {
      expect(other.get(key)).not.toBe("");
      expect(placeholders(other.get(key)!), key).toEqual(placeholders(text));
    }
  });

  test("have both plural forms wherever they count", () => {
    const counted = [...english]
      .filter(([, text]) => placeholders(text).includes("count"))
      .map(([key]) => key);
    const groups = new Set(counted.map((key) => key.replace(/\.(one|other)$/, "")));
    for (const group of groups) {
      expect(
        PLURALS.filter((form) => english.has(`${group}.${form}`)),
        group,
      ).toEqual(PLURALS);
    }
  });
});
