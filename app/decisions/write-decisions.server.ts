import type { PoolClient } from "pg";
import type { ShopId } from "#app/db/tx";
import { MODEL_VERSION } from "./beliefs";
import { payloadOf } from "./candidate";
import type { Ask, Attention, Judgement } from "./decision";
import { packCandidates } from "./stored-candidates";

export type Made = { ask: Ask; attention: Attention; judgement: Judgement };

const DECISION_COLUMNS = [
  "shopId",
  "id",
  "surface",
  "block",
  "personKey",
  "customerGid",
  "orderGid",
  "checkoutToken",
  "locale",
  "context",
  "candidates",
  "seed",
  "modelVersion",
  "decidedAt",
];
const PLACEMENT_COLUMNS = [
  "shopId",
  "decisionId",
  "position",
  "kind",
  "candidateId",
  "subject",
  "payload",
  "personKey",
  "surface",
  "score",
  "propensity",
  "decidedAt",
];

/** Stores decisions with what they chose: one statement for the decisions, one for all placements. */
export async function writeDecisions(client: PoolClient, shopId: ShopId, made: Made[]): Promise<void> {
  const decisions = made.map((decision) => decisionRow(shopId, decision));
  const placements = made.flatMap((decision) => placementRows(shopId, decision));
  // Sent together; both are awaited, so that neither is still on the wire when the transaction ends.
  const written = await Promise.allSettled([
    insertRows(client, "Decision", DECISION_COLUMNS, decisions),
    insertRows(client, "Placement", PLACEMENT_COLUMNS, placements),
  ]);
  for (const one of written) if (one.status === "rejected") throw one.reason;
}

function decisionRow(shopId: ShopId, { ask, attention, judgement }: Made): unknown[] {
  return [
    shopId,
    ask.id,
    ask.surface,
    ask.block,
    attention.personKey,
    attention.customerGid,
    ask.orderGid,
    ask.checkoutToken ?? null,
    ask.locale,
    JSON.stringify(judgement.context),
    packCandidates(judgement.candidates),
    ask.seed,
    MODEL_VERSION,
    ask.now.toISOString(),
  ];
}

function placementRows(shopId: ShopId, { ask, attention, judgement }: Made): unknown[][] {
  return judgement.chosen.map(({ index, position, propensity }) => {
    const candidate = ask.candidates[index]!;
    return [
      shopId,
      ask.id,
      position,
      candidate.kind,
      candidate.id,
      candidate.subject ?? "",
      JSON.stringify(payloadOf(candidate)),
      attention.personKey,
      ask.surface,
      judgement.candidates[index]!.score,
      propensity,
      ask.now.toISOString(),
    ];
  });
}

async function insertRows(
  client: PoolClient,
  table: string,
  columns: string[],
  rows: unknown[][],
): Promise<void> {
  if (rows.length === 0) return;
  await client.query({
    // One prepared statement per number of rows; groups are small, so there are few.
    name: `decisions-insert-${table}-${rows.length}`,
    text: insertText(table, columns, rows.length),
    values: rows.flat(),
  });
}

const texts = new Map<string, string>();

function insertText(table: string, columns: string[], count: number): string {
  const key = `${table}-${count}`;
  const known = texts.get(key);
  if (known) return known;
  const row = (index: number) =>
    `(${columns.map((_, column) => `$${index * columns.length + column + 1}`).join(",")})`;
  const text =
    `INSERT INTO "${table}" (${columns.map((column) => `"${column}"`).join(",")}) VALUES ` +
    Array.from({ length: count }, (_, index) => row(index)).join(",");
  texts.set(key, text);
  return text;
}
