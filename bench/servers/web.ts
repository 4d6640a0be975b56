/**
 * Our web from the bundle of bundle.ts: everything but Remix's pages, in WEB_PROCESSES processes as `npm start` runs it.
 * Argument: the bundle's file.
 */
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { inProcesses, processCount } from "../../scripts/processes/in-processes.ts";
import { answerCpu } from "./cpu.ts";

type Web = { startServer: (build: () => Promise<never>) => Promise<unknown> };

answerCpu();
if (!inProcesses(processCount())) {
  const { startServer } = (await import(pathToFileURL(resolve(process.argv[2]!)).href)) as Web;
  await startServer(() => Promise.reject(new Error("a benchmark serves no pages")));
}
