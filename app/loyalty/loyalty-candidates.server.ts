import type { PoolClient } from "pg";
import type { ShopId, Tx } from "#app/db/tx";
import type { Candidate } from "#app/decisions/candidate";
import { unpackCandidates } from "#app/decisions/stored-candidates";
import { nearestLocale } from "#app/shops/settings";
import { memberKeys, memberOf } from "./members.server";
import { pointsFor } from "./points";
import { consentText, readProgram, type Program } from "./program";
import { programOf } from "./program.server";

/** There is one programme per shop, so its invitation needs no id of its own. */
export const PROGRAM_CANDIDATE = "program";

/** Where a shopper looks; the part of the extensions' moment that matters here. */
export type LoyaltyMoment = {
  /** Gid of the order. */
  orderId: string;
  checkoutToken?: string;
  confirmationNumber?: string;
  locale: string;
  currency: string;
  lines: { amountMinor: number }[];
  /** In the checkout editor: sample content, whoever looks. */
  preview?: boolean;
};

/** The shop's programme, to be kept in memory. */
export async function loadProgram(client: PoolClient, shopId: ShopId): Promise<Program> {
  const { rows } = await client.query(`SELECT * FROM "LoyaltyProgram" WHERE "shopId" = $1`, [shopId]);
  return readProgram(rows[0]);
}

/**
 * Which of these people are members already, for many at once. A guest who holds the proof of an order is its customer: once it has
 * arrived, the membership stands under that one.
 * @returns one answer per person, in the same order
 */
export async function areMembers(
  client: PoolClient,
  shopId: ShopId,
  people: (LoyaltyMoment & { customerGid: string | null })[],
): Promise<boolean[]> {
  const keys = people.flatMap((person, place) =>
    memberKeys({ ...person, orderGid: person.orderId }).map((key) => ({ key, place })),
  );
  const { rows } = await client.query<{ place: number }>({
    name: "loyalty-members",
    text: `
      WITH asked AS (
        SELECT * FROM unnest($2::text[], $3::int[]) AS asked(key, place)
        UNION ALL
        SELECT o."customerGid", (bought.number - 1)::int
        FROM unnest($4::text[], $5::text[], $6::text[]) WITH ORDINALITY AS bought(gid, checkout, confirmation, number)
        JOIN "Order" o ON o."shopId" = $1 AND o.gid = bought.gid
        WHERE o."checkoutToken" = bought.checkout OR o."confirmationNumber" = bought.confirmation
      )
      SELECT asked.place FROM asked
      JOIN "LoyaltyMember" m ON m."shopId" = $1 AND m."personKey" = asked.key AND m."leftAt" IS NULL`,
    values: [
      shopId,
      keys.map(({ key }) => key),
      keys.map(({ place }) => place),
      people.map(({ orderId }) => orderId),
      people.map(({ checkoutToken }) => checkoutToken ?? null),
      people.map(({ confirmationNumber }) => confirmationNumber ?? null),
    ],
  });
  const members = new Set(rows.map(({ place }) => place));
  return people.map((_, place) => members.has(place));
}

/** The invitation to join, with the points this order would bring. Members are not invited. */
export function proposeProgram(
  program: Program,
  shop: { name: string; currency: string },
  moment: LoyaltyMoment,
): Candidate[] {
  if (!program.enabled) return [];
  const amountMinor = moment.lines.reduce((sum, line) => sum + line.amountMinor, 0);
  // Points count the shop's money: what an order in the buyer's will bring is told once it has arrived.
  const isShopMoney = moment.currency === shop.currency;
  const orderPoints = isShopMoney ? pointsFor(amountMinor, shop.currency, program.pointsPerUnit) : 0;
  return [
    {
      kind: "loyalty-join",
      id: PROGRAM_CANDIDATE,
      features: { joinBonus: program.joinBonus, orderPoints },
      payload: {
        kind: "loyalty-join",
        programName: program.name,
        joinBonus: program.joinBonus,
        orderPoints,
        consentText: consentText(program, shop.name, nearestLocale(moment.locale)),
      },
    },
  ];
}

/** The invitation for one person, from the database. @param customerGid the signed-in customer, if any */
export async function loyaltyCandidates(
  tx: Tx,
  shopId: ShopId,
  moment: LoyaltyMoment,
  { customerGid }: { customerGid: string | null },
): Promise<Candidate[]> {
  const program = await programOf(tx, shopId);
  if (!program.enabled) return [];
  const person = { ...moment, orderGid: moment.orderId, customerGid };
  if (!moment.preview && (await memberOf(tx, shopId, person))) return [];
  const shop = await tx.shop.findUniqueOrThrow({
    where: { id: shopId },
    select: { name: true, currency: true },
  });
  return proposeProgram(program, shop, moment);
}

/** The points that a decision's invitation promised for its order; 0 where it made none. */
export async function promisedPoints(
  tx: Tx,
  shopId: ShopId,
  { decisionId, orderGid }: { decisionId: string | undefined; orderGid: string },
): Promise<number> {
  if (!decisionId) return 0;
  const decision = await tx.decision.findFirst({
    where: { shopId, id: decisionId, orderGid },
    select: { candidates: true },
  });
  const candidates = decision ? unpackCandidates(decision.candidates) : [];
  const invitation = candidates.find((candidate) => candidate.kind === "loyalty-join");
  return Number(invitation?.features.orderPoints ?? 0);
}
