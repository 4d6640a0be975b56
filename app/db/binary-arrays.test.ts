import { expect, test } from "vitest";
import { byteaArray, float8Array, int4Array, textArray, timestampArray, uuidArray } from "./binary-arrays";
import { pool } from "./pool.server";

/** What Postgres reads out of a parameter. */
async function read(type: string, parameter: Buffer): Promise<unknown> {
  const { rows } = await pool.query(`SELECT $1::${type}[] AS list`, [parameter]);
  return rows[0].list;
}

test("Postgres reads what was written", async () => {
  expect(await read("int4", int4Array([0, -1, 2_147_483_647]))).toEqual([0, -1, 2_147_483_647]);
  expect(await read("float8", float8Array([0.1, -1e300]))).toEqual([0.1, -1e300]);
  expect(await read("text", textArray(["", "Größe 😀", null, 'a"{},\\']))).toEqual([
    "",
    "Größe 😀",
    null,
    'a"{},\\',
  ]);
  const ids = ["0190c0de-0000-7000-8000-000000000001", "ffffffff-ffff-ffff-ffff-ffffffffffff"];
  expect(await read("uuid", uuidArray(ids))).toEqual(ids);
  const times = [new Date("2026-11-22T09:30:00.123Z"), new Date("1970-01-01T00:00:00.001Z")];
  expect(await read("timestamptz", timestampArray(times))).toEqual(times);
  expect(await read("bytea", byteaArray([Buffer.from([0, 255]), Buffer.alloc(0)]))).toEqual([
    Buffer.from([0, 255]),
    Buffer.alloc(0),
  ]);
});

test("an empty column is an empty list", async () => {
  expect(await read("text", textArray([]))).toEqual([]);
  expect(await read("uuid", uuidArray([]))).toEqual([]);
});
