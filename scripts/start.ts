/**
 * `npm start`: the web, from build/, in one process less than the machine has processors (or WEB_PROCESSES). Needs the
 * variables that app/env.server.ts lists.
 */
import { inProcesses, processCount } from "./processes/in-processes.ts";
import { runBuilt } from "./processes/run-built.ts";

if (!inProcesses(processCount())) await runBuilt("server.js", "startServer");
