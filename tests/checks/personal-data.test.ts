/** No table with personal data is forgotten by export and redaction. */
import { expect, test } from "vitest";
import { PERSON_DATA, WITHOUT_PERSONS } from "#app/privacy/person-data";
import { withClient } from "../database/server";

const IDENTIFYING = [
  "customerGid",
  "personKey",
  "respondentKey",
  "recipient",
  "recipientHash",
  "addressHash",
  "email",
  "phone",
  "orderGid",
  "messageId",
  "memberId",
  "parcelId",
  "decisionId",
];

async function tenantColumns(): Promise<Map<string, string[]>> {
  const sql = `
    SELECT c.relname AS table, array_agg(a.attname::text) AS columns FROM pg_class c
    JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')
    GROUP BY c.relname HAVING bool_or(a.attname = 'shopId')`;
  const { rows } = await withClient(process.env.DATABASE_URL!, (client) =>
    client.query<{ table: string; columns: string[] }>(sql),
  );
  return new Map(rows.map((row) => [row.table, row.columns]));
}

test("every tenant table is listed once: with personal data, or without", async () => {
  const listed = [...PERSON_DATA.map((entry) => entry.table), ...WITHOUT_PERSONS].sort();
  expect(listed).toEqual([...(await tenantColumns()).keys()].sort());
});

test("a table said to know no person has no column that names one", async () => {
  const columns = await tenantColumns();
  const wrong = WITHOUT_PERSONS.filter((table) =>
    columns.get(table)?.some((column) => IDENTIFYING.includes(column)),
  );
  expect(wrong).toEqual([]);
});

test("every identifying column of a listed table is matched, reached through its parent, or emptied", async () => {
  const columns = await tenantColumns();
  const NAMES_A_PERSON = [
    "customerGid",
    "personKey",
    "respondentKey",
    "recipient",
    "recipientHash",
    "addressHash",
    "email",
    "phone",
  ];
  const missed = PERSON_DATA.flatMap(({ table, match = {}, redact }) =>
    (columns.get(table) ?? [])
      .filter((column) => NAMES_A_PERSON.includes(column))
      .filter((column) => !(column in match) && redact !== "delete" && !(column in redact))
      .map((column) => `${table}.${column}`),
  );
  expect(missed).toEqual([]);
});
