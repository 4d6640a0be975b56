/**
 * Every component and property in our extensions exists for the target that renders it, judged by Shopify's
 * own validator: each target is checked with the files that it imports.
 */
import { existsSync, readFileSync } from "node:fs";
import { dirname, relative, resolve } from "node:path";
import { validateComponentCodeblocksToolDef } from "@shopify/dev-mcp/tools";
import { readExtensions, type Extension } from "../../demo/extension-host/extension-files.ts";
import { report } from "./report.ts";
import { readVerdicts } from "./verdicts.ts";

const IMPORT = /from\s+"(\.[^"]+)"/g;

const extensions = readExtensions(resolve("extensions"));
const problems: string[] = [];
let checked = 0;
for (const extension of extensions) {
  for (const { target, module } of extension.targets) {
    const files = filesBehind(resolve(extension.folder, module)).filter((file) => file.endsWith(".tsx"));
    problems.push(...(await findFaults(extension, target, files)));
    checked += files.length;
  }
}
report(`${checked} files in ${extensions.length} extensions`, problems);

async function findFaults(extension: Extension, target: string, files: string[]): Promise<string[]> {
  const answer = await validateComponentCodeblocksToolDef().handler({
    api: target.startsWith("customer-account.")
      ? "polaris-customer-account-extensions"
      : "polaris-checkout-extensions",
    extensionTarget: target,
    version: extension.apiVersion,
    code: files.map((file) => ({ content: readFileSync(file, "utf8"), artifactId: file, revision: 1 })),
  });
  return readVerdicts(answer, files.length).flatMap(({ ok, details }, index) =>
    ok ? [] : `${relative(".", files[index]!)} (${target}): ${details}`,
  );
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
