/**
 * Columns as Postgres' own binary arrays, to be spread out again by `unnest`: however many rows there are, it is one
 * statement with one parameter per column, and neither side writes or parses text.
 * Format: src/backend/utils/adt/arrayfuncs.c, array_recv.
 */
const OID = { int4: 23, text: 25, float8: 701, timestamptz: 1184, uuid: 2950, bytea: 17 } as const;
const HEADER = 20;

/** @returns a parameter of type int4[] */
export function int4Array(values: number[]): Buffer {
  const { bytes, at } = arrayOf(OID.int4, values.length, 8, false);
  values.forEach((value, index) => {
    bytes.writeInt32BE(4, at + 8 * index);
    bytes.writeInt32BE(value, at + 8 * index + 4);
  });
  return bytes;
}

/** @returns a parameter of type float8[] */
export function float8Array(values: number[]): Buffer {
  const { bytes, at } = arrayOf(OID.float8, values.length, 12, false);
  values.forEach((value, index) => {
    bytes.writeInt32BE(8, at + 12 * index);
    bytes.writeDoubleBE(value, at + 12 * index + 4);
  });
  return bytes;
}

/** Postgres counts microseconds from 2000-01-01. */
const EPOCH_MS = Date.UTC(2000, 0, 1);

/** @returns a parameter of type timestamptz[] */
export function timestampArray(values: Date[]): Buffer {
  const { bytes, at } = arrayOf(OID.timestamptz, values.length, 12, false);
  values.forEach((value, index) => {
    const microseconds = (value.getTime() - EPOCH_MS) * 1_000;
    const high = Math.floor(microseconds / 2 ** 32);
    bytes.writeInt32BE(8, at + 12 * index);
    bytes.writeInt32BE(high, at + 12 * index + 4);
    bytes.writeUInt32BE(microseconds - high * 2 ** 32, at + 12 * index + 8);
  });
  return bytes;
}

/** @returns a parameter of type uuid[] */
export function uuidArray(values: string[]): Buffer {
  const { bytes, at } = arrayOf(OID.uuid, values.length, 20, false);
  values.forEach((value, index) => {
    bytes.writeInt32BE(16, at + 20 * index);
    bytes.write(value.replaceAll("-", ""), at + 20 * index + 4, "hex");
  });
  return bytes;
}

/** @returns a parameter of type text[] */
export function textArray(values: (string | null)[]): Buffer {
  // A character takes at most three bytes of UTF-8 per unit of JavaScript.
  let room = 0;
  for (const value of values) room += 4 + (value === null ? 0 : 3 * value.length);
  const { bytes, at } = arrayOf(OID.text, values.length, 0, values.includes(null), room);
  let end = at;
  for (const value of values) {
    const length = value === null ? -1 : bytes.write(value, end + 4, "utf8");
    bytes.writeInt32BE(length, end);
    end += 4 + Math.max(0, length);
  }
  return bytes.subarray(0, end);
}

/** @returns a parameter of type bytea[] */
export function byteaArray(values: Uint8Array[]): Buffer {
  const room = values.reduce((sum, value) => sum + 4 + value.length, 0);
  const { bytes, at } = arrayOf(OID.bytea, values.length, 0, false, room);
  let end = at;
  for (const value of values) {
    bytes.writeInt32BE(value.length, end);
    bytes.set(value, end + 4);
    end += 4 + value.length;
  }
  return bytes;
}

function arrayOf(
  oid: number,
  count: number,
  sizeOfEach: number,
  hasNull: boolean,
  room = count * sizeOfEach,
): { bytes: Buffer; at: number } {
  const bytes = Buffer.allocUnsafe(HEADER + room);
  // An empty array has no dimensions.
  bytes.writeInt32BE(count === 0 ? 0 : 1, 0);
  bytes.writeInt32BE(hasNull ? 1 : 0, 4);
  bytes.writeInt32BE(oid, 8);
  bytes.writeInt32BE(count, 12);
  bytes.writeInt32BE(1, 16);
  return { bytes: count === 0 ? bytes.subarray(0, 12) : bytes, at: HEADER };
}
