import { z } from "zod";
import type { Block, DecideResponse, Placement } from "../../extensions/shared/contract";
import { newId } from "#app/db/id";
import { inShopsPipelined } from "#app/db/in-shops-pipelined.server";
import { DECIDERS } from "#app/db/pool.server";
import { payloadOf, type Candidate } from "#app/decisions/candidate";
import type { Answer, Attention } from "#app/decisions/decision";
import { decide, STRANGER, type Question } from "#app/decisions/decisions.server";
import { ruleOf } from "#app/shops/settings";
import { clickUrl } from "./click-url.server";
import { completeMoment } from "./complete-moment.server";
import { endpoint, type Caller } from "./extension-api.server";
import { prepare, propose as proposeFor, readKnown, type PreparedAsk } from "./gather.server";
import { grouped } from "./grouped.server";
import { MomentSchema, orderValue, type ParsedMoment } from "./moment";
import { memoryOf } from "./shop-memory.server";
import { traitsOf } from "./traits";
import { trialsFor } from "./trials";

/**
 * `POST /api/decide`: gathers the candidates of the features that may speak in the block that asks (sources.server.ts),
 * and lets decisions choose. The answer is sent when it is stored.
 */
const DecideSchema = z.object({
  block: z.enum(["offers", "surveys", "loyalty", "service"]),
  moment: MomentSchema,
});

const decideGrouped = grouped<PreparedAsk, Answer>(decideTogether, placeOf, {
  size: 64,
  distance: 3,
  lanes: DECIDERS,
});

/** A page that is asked about twice at once gets one answer; its blocks need not wait for each other. */
function placeOf({ asked: { shop, block, moment } }: PreparedAsk): string {
  return `${shop.id} ${block} ${moment.surface} ${moment.orderId}`;
}

function decideTogether(asks: PreparedAsk[]): Promise<Answer[]> {
  return inShopsPipelined(
    asks.map(({ asked }) => asked.shop.id),
    (client) => {
      let known: unknown[][] = [];
      const reading = readKnown(client, asks).then((read) => (known = read));
      const questions = asks.map((ask, index) => questionFrom(ask, () => known[index]));
      return decide(client, questions, asks.at(-1)!.asked.now, reading);
    },
  );
}

type Looker = Pick<Caller, "shop" | "customerGid" | "now">;
type Wanted = { block: Block; moment: ParsedMoment };

export const decideForBlock = endpoint(DecideSchema, answerBlock);

/** The same answer for a page that asks and for a mail that is being written. */
export async function answerBlock(looker: Looker, input: Wanted): Promise<DecideResponse> {
  const { shop, customerGid, now } = looker;
  const memory = await memoryOf(shop.id);
  const moment = await completeMoment(shop, customerGid, input.moment);
  const ask = await prepare({ shop, memory, customerGid, now, block: input.block, moment });
  if (input.moment.preview) return sample(proposeFor(ask, STRANGER).filter(({ refusal }) => !refusal));
  const answer = await decideGrouped(ask);
  return {
    decisionId: answer.decisionId,
    placements: answer.placements.map(({ position, candidate, accepted }) => ({
      ...placementOf(candidate, position),
      ...(candidate.kind === "sponsored"
        ? { clickUrl: clickUrl(shop.id, { decisionId: answer.decisionId, position }, now) }
        : {}),
      ...(accepted ? { accepted } : {}),
    })),
  };
}

/** @param known what the sources read of who looks; asked for when it has been read */
function questionFrom(ask: PreparedAsk, known: () => unknown[] | undefined): Question {
  const { shop, memory, customerGid, block, moment, now } = ask.asked;
  const id = newId(now);
  const rule = ruleOf(memory.settings, moment.surface);
  return {
    shopId: shop.id,
    id,
    seed: id,
    block,
    surface: moment.surface,
    locale: moment.locale,
    orderGid: moment.orderId,
    checkoutToken: moment.checkoutToken,
    cartToken: moment.cartToken,
    customerGid,
    mayLink: moment.mayLink !== false,
    orderValueMinor: orderValue(moment),
    model: memory.learnt.model,
    traits: traitsOf(shop, memory, moment, now),
    rules: {
      surfaceOn: memory.settings.surfaces[moment.surface],
      offerFloor: rule.floor,
      holdoutPercent: memory.settings.holdoutPercent,
      impressions: memory.learnt.impressions,
      keptShare: memory.learnt.keptShare,
    },
    limit: block === "offers" ? rule.offersAtOnce : 1,
    now,
    propose: (person: Attention) => ({
      candidates: proposeFor(ask, person, known()),
      trials: trialsFor(ask.asked, person),
    }),
  };
}

/** What the checkout editor shows: the likeliest content, nothing stored. */
function sample(candidates: Candidate[]): DecideResponse {
  return { decisionId: null, placements: candidates.slice(0, 1).map((one) => placementOf(one, 1)) };
}

function placementOf(candidate: Candidate, position: number): Placement {
  return { ...payloadOf(candidate), position } as Placement;
}
