/** `npm run check`: everything that can be said about the code without running it. `-- NAME…` runs some of it. */
import { globSync } from "node:fs";
import { runChecks, type Check, type CheckResult } from "./check/run-checks.ts";
import { generateClient } from "./compile/generate-client.ts";
import { PROGRAMS } from "./processes/programs.ts";

const LAYERED = ["app", "demo", "extensions", "scripts", "bench", "tests"];
/** Two cores are the least that we expect; the long ones first. */
const AT_ONCE = 2;
const CHECKS: Check[] = [
  { name: "types", commands: [[PROGRAMS.tsc, "--noEmit"]] },
  {
    name: "extensions",
    // In this order: Shopify's CLI writes the types that the compiler then reads.
    commands: [
      ["scripts/check/extension-bundles.ts"],
      ...globSync("extensions/*/tsconfig.json").map((project) => [PROGRAMS.tsc, "--noEmit", "-p", project]),
    ],
  },
  { name: "functions", commands: [["scripts/check/functions.ts"]] },
  { name: "components", commands: [["scripts/check/components.ts"]] },
  { name: "lint", commands: [[PROGRAMS.eslint, ".", "--max-warnings=0"]] },
  { name: "format", commands: [[PROGRAMS.prettier, "--check", "--log-level=warn", "."]] },
  { name: "layers", commands: [[PROGRAMS.depcruise, ...LAYERED]] },
  { name: "migrations", commands: [["scripts/check/migrations.ts"]] },
  { name: "graphql", commands: [["scripts/check/graphql.ts"]] },
  { name: "app-config", commands: [["scripts/check/app-config.ts"]] },
  { name: "extension-config", commands: [["scripts/check/extension-config.ts"]] },
  { name: "lock", commands: [["scripts/check/lock.ts"]] },
];

const wanted = process.argv.slice(2);
const checks = CHECKS.filter(({ name }) => wanted.length === 0 || wanted.includes(name));
await generateClient();
const results = await runChecks(checks, AT_ONCE, tell);
const failed = results.filter(({ ok }) => !ok);
console.log(
  failed.length === 0 ? "All checks passed." : `Failed: ${failed.map(({ name }) => name).join(", ")}`,
);
process.exit(failed.length === 0 && results.length > 0 ? 0 : 1);

function tell({ name, ok, seconds, output }: CheckResult) {
  const summary = output.split("\n").at(-1) ?? "";
  console.log(
    `${ok ? "ok  " : "FAIL"} ${name.padEnd(17)} ${seconds.toFixed(1).padStart(5)} s  ${ok ? summary : ""}`,
  );
  if (!ok) console.log(output.replace(/^/gm, "     "));
}
