/** Our web process from the bundle of bundle.ts: everything but Remix's pages. Argument: the bundle's file. */
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";

type Web = { startServer: (build: () => Promise<never>) => Promise<unknown> };

const { startServer } = (await import(pathToFileURL(resolve(process.argv[2]!)).href)) as Web;
await startServer(() => Promise.reject(new Error("a benchmark serves no pages")));

/** Asked by the benchmark: processor time of this process so far, in microseconds. */
process.on("message", () => {
  const { user, system } = process.cpuUsage();
  process.send!({ cpu: user + system });
});
