import { mkdtempSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, expect, test } from "vitest";
import { startNode } from "./run";

const folder = mkdtempSync(join(tmpdir(), "in-processes-"));
const started: ReturnType<typeof startNode>[] = [];
afterAll(() => started.forEach((child) => child.kill("SIGKILL")));

/** A program that answers its process id, in `count` processes; with FAIL it cannot start. */
function program(env: Record<string, string>, count = 2) {
  const file = join(folder, "program.ts");
  writeFileSync(
    file,
    `import { createServer } from "node:http";
     import { inProcesses } from ${JSON.stringify(resolve("scripts/processes/in-processes.ts"))};
     if (!inProcesses(${count})) {
       if (process.env.FAIL) { console.error("cannot start"); process.exit(3); }
       process.on("SIGTERM", () => process.exit(0));
       createServer((_, response) => { response.setHeader("connection", "close"); response.end(String(process.pid)); })
         .listen(Number(process.env.PORT), "127.0.0.1");
     }`,
  );
  const child = startNode([file], { env, stdio: ["ignore", "pipe", "pipe", "ipc"] });
  started.push(child);
  let said = "";
  child.stderr!.on("data", (chunk) => (said += chunk));
  const ended = new Promise<number | null>((done) => child.once("exit", done));
  return { child, ended, said: () => said };
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const { port } = server.address() as { port: number };
  await new Promise((done) => server.close(done));
  return port;
}

/** Asks until `enough` different processes have answered. */
async function answering(port: number, enough: number): Promise<string[]> {
  const seen = new Set<string>();
  for (let tries = 0; tries < 600 && seen.size < enough; tries++) {
    const pid = await fetch(`http://127.0.0.1:${port}/`).then(
      (response) => response.text(),
      () => null,
    );
    if (pid) seen.add(pid);
    else await new Promise((done) => setTimeout(done, 50));
  }
  return [...seen];
}

test("processes share a port, and stop together", { timeout: 120_000 }, async () => {
  const port = await freePort();
  const { child, ended } = program({ PORT: String(port) });
  const [first, second] = await answering(port, 2);
  expect(second).toBeDefined();
  expect(Number(first)).not.toBe(child.pid);
  child.kill("SIGTERM");
  expect(await ended).toBe(0);
  for (const pid of [first, second]) expect(() => process.kill(Number(pid), 0)).toThrow();
});

test(
  "where the program cannot start, it says so once and ends with its code",
  { timeout: 60_000 },
  async () => {
    const { ended, said } = program({ FAIL: "yes" });
    expect(await ended).toBe(3);
    expect(said().match(/cannot start/g)).toHaveLength(1);
  },
);
