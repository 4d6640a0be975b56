import type { ShopId, Tx } from "#app/db/tx";
import type { Candidate } from "#app/decisions/candidate";
import { unpackCandidates } from "#app/decisions/stored-candidates";
import { nearestLocale } from "#app/shops/settings";
import { memberOf } from "./members.server";
import { pointsFor } from "./points";
import { consentText } from "./program";
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

/**
 * The invitation to join, for people who are not members yet, with the points this order would bring.
 * @param customerGid the signed-in customer, if any
 */
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

  const shop = await tx.shop.findUniqueOrThrow({ where: { id: shopId }, select: { name: true } });
  const amountMinor = moment.lines.reduce((sum, line) => sum + line.amountMinor, 0);
  const orderPoints = pointsFor(amountMinor, moment.currency, program.pointsPerUnit);
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
