/** Once per run: a whole demo of the tests' own (database, demo store, web, worker) for the browser to look at. */
import { rm } from "node:fs/promises";
import type { TestProject } from "vitest/node";
import { startCluster } from "../../scripts/database/cluster";
import { startDemo, type RunningDemo } from "../../scripts/demo/demo";
import { freePorts } from "../../scripts/demo/ports";
import { stateDirectory, type DemoSettings } from "../../scripts/demo/settings";
import { dropClones, takeClone } from "../database/clone";
import { withClient } from "../database/server";
import { ensureTemplate } from "../database/template";

declare module "vitest" {
  export interface ProvidedContext {
    /** Where the demo answers, and the environment its processes run with. */
    demo: Pick<RunningDemo, "urls" | "env">;
  }
}

export default async function openDemo(project: TestProject) {
  const serverUrl = process.env.DATABASE_URL ?? (await startCluster()).url("postgres");
  const clone = `postlude_test_${process.pid}_browser`;
  const settings: DemoSettings = {
    name: `browser-${process.pid}`,
    mode: "built",
    ports: await freePorts(),
    databaseUrl: await takeClone(serverUrl, await ensureTemplate(serverUrl), clone),
  };
  const demo = await startDemo(settings);
  project.provide("demo", { urls: demo.urls, env: demo.env });

  return async () => {
    await demo.stop();
    await withClient(serverUrl, (client) => dropClones(client, (name) => name === clone));
    await rm(stateDirectory(settings), { recursive: true, force: true });
  };
}
