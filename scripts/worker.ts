/** `npm run worker`: jobs and schedules, from build/. Needs the variables that app/env.server.ts lists. */
import { runBuilt } from "./processes/run-built.ts";

await runBuilt("worker.js", "startWorker");
