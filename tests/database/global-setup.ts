/**
 * Once per run: a PostgreSQL server (DATABASE_URL, else the embedded one) with a migrated template database.
 * Every test worker then works in a clone of its own (`setup-database.ts`). Several runs may share the server.
 */
import type { TestProject } from "vitest/node";
import { startCluster } from "../../scripts/database/cluster";
import { isProcessAlive } from "../../scripts/processes/directory-lock";
import { dropClones } from "./clone";
import { withClient } from "./server";
import { dropOldTemplates, ensureTemplate } from "./template";

declare module "vitest" {
  export interface ProvidedContext {
    database: { serverUrl: string; template: string; run: string };
  }
}

export default async function prepareDatabase(project: TestProject) {
  const given = process.env.DATABASE_URL;
  const serverUrl = given ?? (await startCluster()).url("postgres");
  const template = await ensureTemplate(serverUrl);
  const run = `${process.pid}_${project.name.replace(/\W/g, "_")}`;
  project.provide("database", { serverUrl, template, run });
  if (!given) await sweep(serverUrl, template);

  return () =>
    withClient(serverUrl, (client) => dropClones(client, (name) => name.startsWith(`postlude_test_${run}_`)));
}

/** Clears what killed runs left behind. Names carry the process id of their run. */
async function sweep(serverUrl: string, template: string) {
  await withClient(serverUrl, async (client) => {
    const inUse = await dropClones(client, (name) => !isProcessAlive(Number(name.split("_")[2])));
    if (inUse.length === 0) await dropOldTemplates(client, template);
  });
}
