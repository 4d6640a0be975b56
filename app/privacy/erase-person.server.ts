import type { PrivacyRequest } from "#app/generated/prisma/client";
import type { ShopId, Tx } from "#app/db/tx";
import type { Step } from "./erase.server";
import { PERSON_DATA, whereOf, type Person, type PersonTable } from "./person-data";
import { emptyInboxOf } from "./redact-inbox.server";

const INBOX = "inbox:";

/**
 * One table of a person's rows, or one batch of the kept webhooks. Webhooks come last: those that are told meanwhile find
 * the rows already redacted, and their bodies are not kept.
 */
export async function erasePerson(tx: Tx, request: PrivacyRequest): Promise<Step> {
  const { shopId, reached } = request;
  const person = request.person as Person;
  if (!reached?.startsWith(INBOX)) {
    // From the first where nothing was reached, and where the list has changed since: redacting twice does no harm.
    const next = PERSON_DATA[PERSON_DATA.findIndex(({ table }) => table === reached) + 1];
    if (!next) return { rows: 0, reached: INBOX };
    return { rows: await redactTable(tx, shopId, next, person), reached: next.table };
  }
  const { rows, last } = await emptyInboxOf(tx, shopId, person, reached.slice(INBOX.length));
  return last === null ? { rows, reached: null, isDone: true } : { rows, reached: INBOX + last };
}

async function redactTable(tx: Tx, shopId: ShopId, table: PersonTable, person: Person): Promise<number> {
  const parameters = [shopId, JSON.stringify(person)];
  if (table.redact === "delete") {
    return tx.$executeRawUnsafe(`DELETE FROM "${table.table}" t WHERE ${whereOf(table)}`, ...parameters);
  }
  const set = Object.entries(table.redact).map(([column, sql]) => `"${column}" = ${sql}`);
  if (set.length === 0) return 0;
  return tx.$executeRawUnsafe(
    `UPDATE "${table.table}" t SET ${set.join(", ")} WHERE ${whereOf(table)}`,
    ...parameters,
  );
}
