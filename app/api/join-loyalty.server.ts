import { z } from "zod";
import { inShop } from "#app/db/in-shop.server";
import { recordTaken } from "#app/decisions/outcomes.server";
import { joinLoyalty, PROGRAM_CANDIDATE, promisedPoints } from "#app/loyalty/loyalty.server";
import type { JoinLoyaltyResponse } from "../../extensions/shared/contract";
import { actingPerson, actorOf, joinIfArrived } from "./acting-person.server";
import { endpoint } from "./extension-api.server";
import { ActorSchema } from "./moment";

const JoinLoyaltySchema = z.object({
  moment: ActorSchema,
  decisionId: z.uuid().optional(),
  consentText: z.string().trim().min(1).max(1_000),
});

/** POST /api/loyalty/join: a shopper joins on the thank-you or order status page. */
export const joinLoyaltyProgram = endpoint(
  JoinLoyaltySchema,
  async (caller, { moment, decisionId, consentText }): Promise<JoinLoyaltyResponse> => {
    const { shop, now } = caller;
    const { orderId: orderGid } = moment;
    const { awaited, result } = await inShop(shop.id, async (tx) => {
      const person = await actingPerson(tx, shop.id, actorOf(caller, moment));
      if (!person) return { awaited: false, result: { status: "closed" } as const };
      const joining = { person, joinedVia: moment.surface, consentText };
      const result = await joinLoyalty(tx, shop.id, joining, now);
      if (result.status === "joined") {
        const taken = { decisionId, orderGid, kind: "loyalty-join", candidateId: PROGRAM_CANDIDATE };
        await recordTaken(tx, shop.id, taken, now);
      }
      if (!person.claim || result.status !== "joined") return { awaited: person.claim !== null, result };
      // The order's points come with the order; until then its buyer sees what was promised.
      const promised = await promisedPoints(tx, shop.id, { decisionId, orderGid });
      return { awaited: true, result: { ...result, pendingPoints: result.pendingPoints + promised } };
    });
    if (awaited) await joinIfArrived(shop.id, orderGid, "loyalty.join-order");
    return result;
  },
);
