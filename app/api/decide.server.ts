import { z } from "zod";
import type { DecideResponse, Placement } from "../../extensions/shared/contract";
import { newId } from "#app/db/id";
import { inShop } from "#app/db/in-shop.server";
import { inShopPipelined } from "#app/db/in-shop-pipelined.server";
import { payloadOf, type Candidate } from "#app/decisions/candidate";
import type { Answer, Ask } from "#app/decisions/decision";
import { decide } from "#app/decisions/decisions.server";
import { loyaltyCandidates } from "#app/loyalty/loyalty-candidates.server";
import { surveyCandidates } from "#app/surveys/survey-candidates.server";
import { endpoint, type Caller } from "./extension-api.server";
import { gatherOffers } from "./gather-offers.server";
import { grouped } from "./grouped.server";
import { MomentSchema, type ParsedMoment } from "./moment";
import { memoryOf, type ShopMemory } from "./shop-memory.server";

/**
 * `POST /api/decide`: gathers the candidates of the feature whose block asks, and lets decisions choose. The answer is
 * sent when it is stored.
 */
const DecideSchema = z.object({
  block: z.enum(["offers", "surveys", "loyalty", "service"]),
  moment: MomentSchema,
});
type DecideInput = z.infer<typeof DecideSchema>;

/** One at a time: restraint, and the page stays as it is. */
const PLACEMENTS = 1;

const decideGrouped = grouped<Ask, Answer>(
  (shopId, asks) => inShopPipelined(shopId, (client) => decide(client, shopId, asks, asks.at(-1)!.now)),
  { size: 32, atOnce: 2 },
);

export const decideForBlock = endpoint(DecideSchema, async (caller, input): Promise<DecideResponse> => {
  const memory = await memoryOf(caller.shop.id);
  const candidates = await gather(caller, memory, input);
  if (input.moment.preview) return sample(candidates);
  const answer = await decideGrouped(caller.shop.id, askFrom(caller, memory, input, candidates));
  return {
    decisionId: answer.decisionId,
    placements: answer.placements.map(({ position, candidate, accepted }) => ({
      ...placementOf(candidate, position),
      ...(accepted ? { accepted } : {}),
    })),
  };
});

async function gather(
  { shop, customerGid, now }: Caller,
  memory: ShopMemory,
  { block, moment }: DecideInput,
): Promise<Candidate[]> {
  if (block === "offers") return gatherOffers(shop, memory, moment, now);
  if (block === "surveys") {
    return inShop(shop.id, (tx) => surveyCandidates(tx, shop.id, moment, { customerGid, now }));
  }
  if (block === "loyalty") {
    return inShop(shop.id, (tx) => loyaltyCandidates(tx, shop.id, moment, { customerGid }));
  }
  return [];
}

function askFrom(
  caller: Caller,
  memory: ShopMemory,
  { block, moment }: DecideInput,
  candidates: Candidate[],
): Ask {
  const id = newId(caller.now);
  return {
    id,
    seed: id,
    block,
    surface: moment.surface,
    locale: moment.locale,
    orderGid: moment.orderId,
    checkoutToken: moment.checkoutToken,
    customerGid: caller.customerGid,
    mayLink: moment.mayLink !== false,
    orderValueMinor: orderValue(moment),
    candidates,
    stats: memory.learnt.stats,
    rules: {
      surfaceOn: memory.settings.surfaces[moment.surface],
      offerFloor: memory.settings.offerFloor,
      holdoutPercent: memory.settings.holdoutPercent,
      impressions: memory.learnt.impressions,
    },
    limit: PLACEMENTS,
    now: caller.now,
  };
}

function orderValue(moment: ParsedMoment): number {
  return moment.lines.reduce((total, line) => total + Math.max(0, line.amountMinor), 0);
}

/** What the checkout editor shows: the likeliest content, nothing stored. */
function sample(candidates: Candidate[]): DecideResponse {
  return { decisionId: null, placements: candidates.slice(0, PLACEMENTS).map((one) => placementOf(one, 1)) };
}

function placementOf(candidate: Candidate, position: number): Placement {
  return { ...payloadOf(candidate), position } as Placement;
}
