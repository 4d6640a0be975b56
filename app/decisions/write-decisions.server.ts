import type { PoolClient } from "pg";
import {
  byteaArray,
  float8Array,
  int4Array,
  textArray,
  timestampArray,
  uuidArray,
} from "#app/db/binary-arrays";
import { versionOf } from "./beliefs";
import { payloadOf, type Candidate } from "./candidate";
import type { Ask, Attention, DecisionContext } from "./decision";

/** A decision as it is stored. */
export type Made = {
  ask: Ask;
  attention: Attention;
  context: DecisionContext;
  /** All of them, in bytes. */
  candidates: Buffer;
  placements: { position: number; candidate: Candidate; score: number; propensity: number }[];
};

/** One statement for a whole group, whatever its size: it is planned once, and costs one round for all rows. */
const WRITE_DECISIONS = {
  text: `
    WITH decided AS (
      INSERT INTO "Decision" ("shopId", id, surface, block, "personKey", "customerGid", "orderGid", "checkoutToken",
        locale, context, candidates, seed, "modelVersion", "decidedAt")
      SELECT shop, id, surface, block, person, customer, "order", checkout, locale, context::json, candidates, seed, version, at
      FROM unnest($1::int[], $2::uuid[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[],
          $9::text[], $10::text[], $11::bytea[], $12::text[], $13::text[], $14::timestamptz[])
        AS made(shop, id, surface, block, person, customer, "order", checkout, locale, context, candidates, seed, version, at)
    )
    INSERT INTO "Placement" ("shopId", "decisionId", position, kind, "candidateId", subject, payload, "personKey",
      surface, score, propensity, "decidedAt")
    SELECT shop, decision, position, kind, candidate, subject, payload::json, person, surface, score, propensity, at
    FROM unnest($15::int[], $16::uuid[], $17::int[], $18::text[], $19::text[], $20::text[], $21::text[], $22::text[],
        $23::text[], $24::float8[], $25::float8[], $26::timestamptz[])
      AS chosen(shop, decision, position, kind, candidate, subject, payload, person, surface, score, propensity, at)`,
};

/** Stores decisions, of one shop or several, with what they chose. */
export async function writeDecisions(client: PoolClient, made: Made[]): Promise<void> {
  if (made.length === 0) return;
  const placements = made.flatMap(placementsOf);
  await client.query({
    ...WRITE_DECISIONS,
    values: [
      int4Array(made.map(({ ask }) => ask.shopId)),
      uuidArray(made.map(({ ask }) => ask.id)),
      textArray(made.map(({ ask }) => ask.surface)),
      textArray(made.map(({ ask }) => ask.block)),
      textArray(made.map(({ attention }) => attention.personKey)),
      textArray(made.map(({ attention }) => attention.customerGid)),
      textArray(made.map(({ ask }) => ask.orderGid)),
      textArray(made.map(({ ask }) => ask.checkoutToken ?? null)),
      textArray(made.map(({ ask }) => ask.locale)),
      textArray(made.map(({ context }) => JSON.stringify(context))),
      byteaArray(made.map(({ candidates }) => candidates)),
      textArray(made.map(({ ask }) => ask.seed)),
      textArray(made.map(({ ask }) => versionOf(ask.model))),
      timestampArray(made.map(({ ask }) => ask.now)),
      int4Array(placements.map(({ ask }) => ask.shopId)),
      uuidArray(placements.map(({ ask }) => ask.id)),
      int4Array(placements.map(({ position }) => position)),
      textArray(placements.map(({ candidate }) => candidate.kind)),
      textArray(placements.map(({ candidate }) => candidate.id)),
      textArray(placements.map(({ candidate }) => candidate.subject ?? "")),
      textArray(placements.map(({ candidate }) => JSON.stringify(payloadOf(candidate)))),
      textArray(placements.map(({ attention }) => attention.personKey)),
      textArray(placements.map(({ ask }) => ask.surface)),
      float8Array(placements.map(({ score }) => score)),
      float8Array(placements.map(({ propensity }) => propensity)),
      timestampArray(placements.map(({ ask }) => ask.now)),
    ],
  });
}

function placementsOf({ ask, attention, placements }: Made) {
  return placements.map((placement) => ({ ...placement, ask, attention }));
}
