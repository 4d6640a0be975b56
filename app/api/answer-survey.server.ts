import { z } from "zod";
import { inShop } from "#app/db/in-shop.server";
import { recordTaken } from "#app/decisions/outcomes.server";
import { nearestLocale } from "#app/shops/settings";
import { submitResponse } from "#app/surveys/surveys.server";
import type { SubmitSurveyResponse } from "../../extensions/shared/contract";
import { actingPerson, actorOf, joinIfArrived } from "./acting-person.server";
import { endpoint, type Caller } from "./extension-api.server";
import { ActorSchema } from "./moment";

const AnswerValueSchema = z.union([z.string().max(5_000), z.array(z.string().max(100)).max(50), z.number()]);

const AnswerSurveySchema = z.object({
  surveyId: z.uuid(),
  decisionId: z.uuid().optional(),
  moment: ActorSchema,
  answers: z.record(z.string().max(40), AnswerValueSchema),
  complete: z.boolean(),
});

/** POST /api/surveys/answer: answers from the thank-you and order status pages. */
export const answerSurvey = endpoint(
  AnswerSurveySchema,
  async (caller, input): Promise<SubmitSurveyResponse> => {
    const result = await record(caller, input);
    return result.status === "recorded" ? { status: "recorded" } : result;
  },
);

async function record({ shop, now, ...caller }: Caller, input: z.infer<typeof AnswerSurveySchema>) {
  const { surveyId, decisionId, moment, answers, complete } = input;
  const { claim, result } = await inShop(shop.id, async (tx) => {
    const by = await actingPerson(tx, shop.id, actorOf({ shop, now, ...caller }, moment));
    if (!by) return { claim: null, result: { status: "closed" } as const };
    const submission = {
      surveyId,
      by,
      channel: moment.surface,
      locale: nearestLocale(moment.locale),
      answers,
      complete,
    };
    const result = await submitResponse(tx, shop.id, submission, now);
    if (result.status === "recorded") {
      const taken = { decisionId, orderGid: by.orderGid, kind: "survey", candidateId: surveyId };
      await recordTaken(tx, shop.id, taken, now);
    }
    return { claim: by.claim, result };
  });
  if (claim) await joinIfArrived(shop.id, moment.orderId, "surveys.join-order");
  return result;
}
