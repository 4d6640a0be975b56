import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { portsFrom, usualPorts, type DemoSettings } from "./settings.ts";

export const USAGE = `npm run demo -- [options]
  --history DIR   load past orders from Shopify order-export CSV files (also .gz) instead of making them up
  --reset         forget the state of the last demo first
  --script        play the main path in a headless browser, then stop; exit code 0 or 1`;

export type DemoArguments = { settings: DemoSettings; reset: boolean; script: boolean };

const SCRIPT_PORTS = portsFrom(4740);

/** Reads the command line. Throws with a message for the person who typed it. */
export function readArguments(args: string[], mode: DemoSettings["mode"]): DemoArguments {
  const { values } = parseArgs({
    args,
    options: { history: { type: "string" }, reset: { type: "boolean" }, script: { type: "boolean" } },
  });
  const script = values.script ?? false;
  const historyDir = values.history && resolve(process.env.INIT_CWD ?? process.cwd(), values.history);
  if (historyDir && !existsSync(historyDir)) throw new Error(`There is no folder ${historyDir}.`);
  // State that grew from one history does not fit another: each has its own.
  const name = `${script ? "script" : "demo"}${historyDir ? "-history" : ""}`;
  const ports = script ? SCRIPT_PORTS : usualPorts();
  return { settings: { name, mode, ports, historyDir }, reset: values.reset ?? script, script };
}
