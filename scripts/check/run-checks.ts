import { runNode } from "../processes/run.ts";

export type Check = {
  name: string;
  /** Node programs, one after the other, until one fails. */
  commands: string[][];
};

export type CheckResult = { name: string; ok: boolean; seconds: number; output: string };

/** Runs the checks, `atOnce` at a time, and tells each result as it comes. Returns all of them. */
export async function runChecks(
  checks: Check[],
  atOnce: number,
  tell: (result: CheckResult) => void,
): Promise<CheckResult[]> {
  const waiting = [...checks];
  const results: CheckResult[] = [];
  async function work() {
    for (let check = waiting.shift(); check; check = waiting.shift()) {
      const result = await runCheck(check);
      results.push(result);
      tell(result);
    }
  }
  await Promise.all(Array.from({ length: atOnce }, work));
  return results;
}

async function runCheck({ name, commands }: Check): Promise<CheckResult> {
  const started = performance.now();
  const result = (ok: boolean, output: string) => {
    return { name, ok, seconds: (performance.now() - started) / 1000, output: output.trim() };
  };
  let output = "";
  for (const command of commands) {
    const { code, text } = await runNode(command, { NO_COLOR: "1", FORCE_COLOR: "0", DO_NOT_TRACK: "1" });
    output = text;
    if (code !== 0) return result(false, output || `exit code ${code}`);
  }
  return result(true, output);
}
