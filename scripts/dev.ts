/** `npm run dev`: the demo, run from the sources: pages reload as you save, and the worker restarts. */
import { runDemo } from "./demo/run.ts";

await runDemo("source", process.argv.slice(2));
