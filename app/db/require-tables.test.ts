import pg from "pg";
import { expect, test } from "vitest";
import { requireTables } from "./require-tables.server";

test("a start on an empty database says what to do; on a migrated one it goes on", async () => {
  await expect(requireTables()).resolves.toBeUndefined();
  const empty = new pg.Client({ connectionString: withDatabase("postgres") });
  await empty.connect();
  await expect(requireTables(empty)).rejects.toThrow("npm run migrate");
  await empty.end();
});

function withDatabase(name: string): string {
  const url = new URL(process.env.DATABASE_URL!);
  url.pathname = `/${name}`;
  return url.href;
}
