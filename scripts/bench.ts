/** `npm run bench -- NAME`: runs bench/NAME.ts, prints its figures and writes bench/results/NAME.json. */
import { existsSync, readdirSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { describeMachine, meets, toResult, toTable, type Bench } from "../bench/harness.ts";

const NOT_BENCHES = ["harness", "load", "steady-load", "database"];

const [name = ""] = process.argv.slice(2);
if (!/^[\w-]+$/.test(name) || NOT_BENCHES.includes(name) || !existsSync(`bench/${name}.ts`)) {
  console.error(
    `Which one? npm run bench -- NAME, with NAME one of: ${listBenches().join(", ") || "(none yet)"}`,
  );
  process.exit(1);
}

const { run } = (await import(new URL(`../bench/${name}.ts`, import.meta.url).href)) as Bench;
const figures = await run();
console.log(`\n${toTable(figures)}\n\n${describeMachine()}`);
await mkdir("bench/results", { recursive: true });
await writeFile(`bench/results/${name}.json`, `${JSON.stringify(toResult(name, figures), null, 2)}\n`);
process.exit(figures.every(meets) ? 0 : 1);

function listBenches(): string[] {
  return readdirSync("bench")
    .filter((file) => /^[\w-]+\.ts$/.test(file))
    .map((file) => file.slice(0, -3))
    .filter((each) => !NOT_BENCHES.includes(each));
}
