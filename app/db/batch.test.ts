import { expect, test } from "vitest";
import { batching, isDoubtful } from "./batch.server";
import { pool } from "./pool.server";

test("statements of one turn are answered each with its own rows, the second time as the first", async () => {
  const client = await pool.connect();
  const batch = batching(client);
  try {
    for (const text of ["ä", "'; DROP TABLE x"]) {
      const [number, none, words] = await Promise.all([
        batch.query("SELECT $1::bigint AS big, $2::boolean AS yes, NULL AS nothing", [7, true]),
        batch.query("SELECT 1 AS one WHERE false"),
        batch.query({ text: "SELECT unnest($1::text[]) AS word", values: [[text, "b"]] }),
      ]);
      expect(number.rows).toEqual([{ big: 7, yes: true, nothing: null }]);
      expect([none.rows, none.rowCount]).toEqual([[], 0]);
      expect([words.rows, words.rowCount]).toEqual([[{ word: text }, { word: "b" }], 2]);
    }
  } finally {
    client.release();
  }
});

test("what stands behind a failure fails with it, and a connection that prepared something is not used again", async () => {
  const client = await pool.connect();
  const batch = batching(client);
  try {
    const answers = await Promise.allSettled([
      batch.query("SELECT 1 AS one"),
      batch.query("SELECT 1 / $1::int AS half", [0]),
      batch.query("SELECT 2 AS two"),
    ]);
    expect(answers.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "rejected"]);
    expect(answers.slice(1).map((one) => String((one as PromiseRejectedResult).reason))).toEqual(
      Array(2).fill("error: division by zero"),
    );
    expect(isDoubtful(client)).toBe(true);
    expect((await client.query("SELECT 3 AS three")).rows).toEqual([{ three: 3 }]);
  } finally {
    client.release(true);
  }
});

test("where the connection is lost, everything that waited for an answer is told", async () => {
  const client = await pool.connect();
  client.on("error", () => {});
  const batch = batching(client);
  const { rows } = await batch.query("SELECT pg_backend_pid() AS pid");
  const slow = batch.query("SELECT pg_sleep(30)");
  const behind = batch.query("SELECT 1");
  const outcome = Promise.allSettled([slow, behind]);
  await pool.query("SELECT pg_terminate_backend($1)", [(rows[0] as { pid: number }).pid]);
  expect((await outcome).map(({ status }) => status)).toEqual(["rejected", "rejected"]);
  client.release(true);
});
