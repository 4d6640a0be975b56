/**
 * Every component and property in our extensions exists for the target that renders it, judged by Shopify's
 * own validator: each target is checked with the files that it imports.
 */
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, relative, resolve } from "node:path";
import { validateComponentCodeblocksToolDef } from "@shopify/dev-mcp/tools";
import { readExtensions, type Extension } from "../../demo/extension-host/extension-files.ts";
import { report } from "./report.ts";
import { readVerdicts, type Verdict } from "./verdicts.ts";

const VALIDATOR = readFileSync("node_modules/@shopify/dev-mcp/package.json", "utf8");
const CACHE = "node_modules/.cache/postlude/components.json";
const IMPORT = /from\s+"(\.[^"]+)"/g;

const extensions = readExtensions(resolve("extensions"));
const passed = readPassed();
const problems: string[] = [];
let checked = 0;
for (const extension of extensions) {
  for (const { target, module } of extension.targets) {
    const files = filesBehind(resolve(extension.folder, module)).filter((file) => file.endsWith(".tsx"));
    problems.push(...(await findFaults(extension, target, files)));
    checked += files.length;
  }
}
savePassed();
report(`${checked} files in ${extensions.length} extensions`, problems);

async function findFaults(extension: Extension, target: string, files: string[]): Promise<string[]> {
  const unknown = files.filter((file) => !passed.has(keyOf(extension, target, file)));
  const verdicts = await validate(extension, target, unknown);
  return unknown.flatMap((file, index) => {
    const { ok, details } = verdicts[index]!;
    if (!ok) return `${relative(".", file)} (${target}): ${details}`;
    passed.add(keyOf(extension, target, file));
    return [];
  });
}

async function validate(extension: Extension, target: string, files: string[]): Promise<Verdict[]> {
  if (files.length === 0) return [];
  const answer = await validateComponentCodeblocksToolDef().handler({
    api: target.startsWith("customer-account.")
      ? "polaris-customer-account-extensions"
      : "polaris-checkout-extensions",
    extensionTarget: target,
    version: extension.apiVersion,
    code: files.map((file) => ({ content: readFileSync(file, "utf8"), artifactId: file, revision: 1 })),
  });
  return readVerdicts(answer, files.length);
}

/** The validator takes a second per file and looks at nothing but that file. */
function keyOf({ apiVersion }: Extension, target: string, file: string): string {
  const parts = [VALIDATOR, apiVersion, target, readFileSync(file, "utf8")];
  return createHash("sha256").update(parts.join("\0")).digest("hex");
}

function readPassed(): Set<string> {
  return new Set(existsSync(CACHE) ? (JSON.parse(readFileSync(CACHE, "utf8")) as string[]) : []);
}

function savePassed() {
  mkdirSync(dirname(CACHE), { recursive: true });
  writeFileSync(CACHE, JSON.stringify([...passed]));
}

/** The module and everything it imports from us. */
function filesBehind(entry: string, seen = new Set<string>()): string[] {
  if (seen.has(entry)) return [];
  seen.add(entry);
  for (const [, path] of readFileSync(entry, "utf8").matchAll(IMPORT)) {
    const file = [".tsx", ".ts", ""]
      .map((end) => resolve(dirname(entry), path + end))
      .find((each) => existsSync(each));
    if (file && /\.tsx?$/.test(file)) filesBehind(file, seen);
  }
  return [...seen];
}
