import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inject, afterEach, beforeEach, expect, test } from "vitest";
import { databaseUrl, withClient } from "../../tests/database/server";
import { PROGRAMS } from "../processes/programs";
import { runNode } from "../processes/run";
import { applyMigrations } from "./migrations";

const { serverUrl, run } = inject("database");
/** Starts with the name of this run, so that a killed run's leftovers are found and dropped. */
const NAME = `postlude_test_${run}_migrations`;
const url = databaseUrl(serverUrl, NAME);
let folder: string;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "postlude-migrations-"));
  await withClient(serverUrl, (client) => client.query(`CREATE DATABASE ${NAME}`));
});

afterEach(async () => {
  rmSync(folder, { recursive: true });
  await withClient(serverUrl, (client) => client.query(`DROP DATABASE ${NAME} WITH (FORCE)`));
});

function write(name: string, sql: string) {
  mkdirSync(join(folder, name), { recursive: true });
  writeFileSync(join(folder, name, "migration.sql"), sql);
}

async function tables(): Promise<string[]> {
  const sql = "SELECT relname FROM pg_class WHERE relkind = 'r' AND relname LIKE 't_' ORDER BY 1";
  return withClient(url, async (client) =>
    (await client.query<{ relname: string }>(sql)).rows.map((row) => row.relname),
  );
}

test("migrations are applied in order, once", async () => {
  write("2_second", "ALTER TABLE t1 ADD COLUMN note text; CREATE TABLE t2 (id int)");
  write("1_first", "CREATE TABLE t1 (id int)");
  expect(await applyMigrations(url, folder)).toEqual(["1_first", "2_second"]);
  expect(await applyMigrations(url, folder)).toEqual([]);
  expect(await tables()).toEqual(["t1", "t2"]);
});

test("a failing migration leaves nothing behind and stops the next start", async () => {
  write("1_bad", "CREATE TABLE t1 (id int); ALTER TABLE missing ADD COLUMN x int");
  await expect(applyMigrations(url, folder)).rejects.toThrow(
    'Migration 1_bad: relation "missing" does not exist',
  );
  expect(await tables()).toEqual([]);
  await expect(applyMigrations(url, folder)).rejects.toThrow("failed earlier");
});

test("an applied migration must not be edited", async () => {
  write("1_first", "CREATE TABLE t1 (id int)");
  await applyMigrations(url, folder);
  write("1_first", "CREATE TABLE t1 (id bigint)");
  await expect(applyMigrations(url, folder)).rejects.toThrow("edited after it had been applied");
});

test("two starters at once apply each migration once", async () => {
  write("1_first", "CREATE TABLE t1 (id int)");
  const both = await Promise.all([applyMigrations(url, folder), applyMigrations(url, folder)]);
  expect(both.flat()).toEqual(["1_first"]);
});

test("Prisma agrees that the database is up to date", async () => {
  await applyMigrations(url);
  const { code, text } = await runNode([PROGRAMS.prisma, "migrate", "status"], { DATABASE_URL: url });
  expect(text).toContain("Database schema is up to date");
  expect(code).toBe(0);
});
