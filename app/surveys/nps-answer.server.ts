import type { ShopId, Tx } from "#app/db/tx";
import type { Answers } from "./check-answers";
import type { Question } from "./question";

/** What a response says about recommending the shop, and who gave it. */
export type NpsAnswer = {
  responseId: string;
  /** 0 to 10 */
  nps: number;
  comment: string | null;
  orderGid: string | null;
  customerGid: string | null;
};

/** @returns null where the response is gone or its survey did not ask */
export async function npsAnswer(tx: Tx, shopId: ShopId, responseId: string): Promise<NpsAnswer | null> {
  const response = await tx.surveyResponse.findUnique({
    where: { shopId_id: { shopId, id: responseId } },
    include: { survey: { select: { questions: true } } },
  });
  const asked = (response?.survey.questions as Question[] | undefined)?.find(({ type }) => type === "nps");
  const nps = asked && (response?.answers as Answers)[asked.id];
  if (!response || typeof nps !== "number") return null;
  const { comment, orderGid, customerGid } = response;
  return { responseId, nps, comment, orderGid, customerGid };
}
