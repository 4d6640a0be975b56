/** `npm start`: the web process, from build/. Needs the variables that app/env.server.ts lists. */
import { runBuilt } from "./processes/run-built.ts";

await runBuilt("server.js", "startServer");
