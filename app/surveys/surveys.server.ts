import { addAttributes, personKeyOf } from "#app/customers/customers.server";
import { newId } from "#app/db/id";
import type { ShopId, Tx } from "#app/db/tx";
import type { SurveyResponse } from "#app/generated/prisma/client";
import { claimKeys, type ActingPerson } from "#app/orders/order-claim";
import { publish } from "#app/queue/queue.server";
import type { Locale } from "#app/shops/settings";
import { checkAnswers, keptAnswers, type AnswerProblem, type Answers } from "./check-answers";
import { scoredQuestion } from "./question";
import type { Survey } from "./survey";
import { openSurvey, surveyById } from "./authoring.server";

/**
 * Surveys: merchants write and publish them, shoppers answer them on pages and from mails, results say what came of
 * it. One response per survey and order, however many channels asked and however often it is sent; half-finished
 * answers are kept; `survey.answered` is told once. This domain asks nobody by itself: it proposes, and decisions or a
 * journey takes the proposal.
 */
export {
  createBlank,
  createFromStarter,
  listSurveys,
  openSurvey,
  publishSurvey,
  restoreSurvey,
  saveSurvey,
  stopSurvey,
  surveyById,
  type SaveSurveyResult,
} from "./authoring.server";
export { commentsOf, listResponses, type Comment, type ListedResponse } from "./listing.server";
export { surveyResults, type Period, type SurveyResults } from "./results.server";
export {
  questionsIn,
  surveyCandidates,
  surveyForMail,
  type SurveyInMail,
  type SurveyMoment,
} from "./survey-candidates.server";

export type Submission = {
  surveyId: string;
  by: ActingPerson;
  /** thank-you, order-status or email */
  channel: string;
  locale: Locale;
  answers: Answers;
  /** False keeps what is there so far. */
  complete: boolean;
};

export type SubmitResult =
  | { status: "recorded"; responseId: string }
  | { status: "saved" }
  | { status: "already-answered" }
  | { status: "closed" }
  | { status: "invalid"; problems: AnswerProblem[] };

export async function submitResponse(
  tx: Tx,
  shopId: ShopId,
  input: Submission,
  now: Date,
): Promise<SubmitResult> {
  const survey = await openSurvey(tx, shopId, input.surveyId, now);
  if (!survey) return { status: "closed" };
  const known = await responseOf(tx, shopId, survey.id, input.by);
  if (known?.complete) return { status: "already-answered" };
  const answers = { ...(known?.answers as Answers | undefined), ...input.answers };
  const problems = checkAnswers(survey.questions, answers, input);
  if (problems.length > 0) return { status: "invalid", problems };

  const responseId = await writeResponse(tx, shopId, survey, { ...input, answers }, now);
  if (!responseId) return { status: "already-answered" };
  if (!input.complete) return { status: "saved" };
  const { customerGid } = input.by;
  if (customerGid)
    await rememberAnswers(tx, shopId, customerGid, survey, keptAnswers(survey.questions, answers));
  await publish(tx, "survey.answered", { shopId, responseId });
  return { status: "recorded", responseId };
}

/** One response per survey and order: under the order's key, or under the claim while the order is awaited. */
function respondentKey({ orderGid, claim }: Pick<ActingPerson, "orderGid" | "claim">): string {
  return claim ?? `order:${orderGid}`;
}

/** The response of this person about this order, finished or not. */
export async function responseOf(
  tx: Tx,
  shopId: ShopId,
  surveyId: string,
  by: Pick<ActingPerson, "orderGid" | "claim">,
): Promise<SurveyResponse | null> {
  const key = { shopId, surveyId, respondentKey: respondentKey(by) };
  return tx.surveyResponse.findUnique({ where: { shopId_surveyId_respondentKey: key } });
}

/** Writes what was answered unless the response is already complete. @returns its id, or null where it is */
async function writeResponse(
  tx: Tx,
  shopId: ShopId,
  survey: Survey,
  input: Submission,
  now: Date,
): Promise<string | null> {
  const { by, channel, locale, complete } = input;
  const answers = keptAnswers(survey.questions, input.answers);
  const key = { shopId, surveyId: survey.id, respondentKey: respondentKey(by) };
  const said = {
    channel,
    locale,
    answers,
    ...gist(survey, answers),
    complete,
    answeredAt: complete ? now : null,
  };
  const id = newId(now);
  const personKey = by.claim ?? personKeyOf(by);
  const { orderGid, customerGid } = by;
  const created = await tx.surveyResponse.createMany({
    data: [{ ...key, id, personKey, orderGid, customerGid, startedAt: now, ...said }],
    skipDuplicates: true,
  });
  if (created.count > 0) return id;
  // Two posts at once: the row lock makes the second wait, and then it no longer finds an unfinished response.
  const changed = await tx.surveyResponse.updateManyAndReturn({
    where: { ...key, complete: false },
    data: said,
    select: { id: true },
  });
  return changed[0]?.id ?? null;
}

/** The score and the comment by which responses are counted and listed. */
function gist(survey: Survey, answers: Answers): { score: number | null; comment: string | null } {
  const score = answers[scoredQuestion(survey.questions)?.id ?? ""];
  const text = survey.questions.find((question) => question.type === "text");
  const comment = text && answers[text.id];
  return {
    score: typeof score === "number" ? score : null,
    comment: typeof comment === "string" ? comment : null,
  };
}

/** Answers become facts about the customer: `answers.<survey>.<question>`. */
async function rememberAnswers(
  tx: Tx,
  shopId: ShopId,
  customerGid: string,
  survey: Survey,
  answers: Answers,
): Promise<void> {
  const facts = Object.entries(answers).map(([question, value]) => [
    `answers.${survey.key}.${question}`,
    value,
  ]);
  if (facts.length > 0) await addAttributes(tx, shopId, customerGid, Object.fromEntries(facts));
}

/**
 * An order has arrived: responses that waited for it under its own claims become the order's, and all of the order's
 * responses become its customer's. Safe to repeat.
 */
export async function joinResponses(
  tx: Tx,
  shopId: ShopId,
  order: {
    gid: string;
    customerGid: string | null;
    checkoutToken: string | null;
    confirmationNumber: string | null;
  },
): Promise<void> {
  const claims = claimKeys({ ...order, orderGid: order.gid });
  const claimed = await tx.surveyResponse.findMany({
    where: { shopId, orderGid: order.gid, respondentKey: { in: claims } },
    orderBy: [{ complete: "desc" }, { startedAt: "asc" }],
  });
  for (const response of claimed) {
    const settled = await settleClaim(tx, shopId, response);
    // Told again: only now it is known whose answer it is.
    if (settled && response.complete)
      await publish(tx, "survey.answered", { shopId, responseId: response.id });
  }

  const { customerGid } = order;
  if (!customerGid) return;
  const ofOrder = { shopId, orderGid: order.gid, respondentKey: `order:${order.gid}` };
  const joined = await tx.surveyResponse.updateManyAndReturn({
    where: { ...ofOrder, OR: [{ customerGid: null }, { personKey: { not: customerGid } }] },
    data: { customerGid, personKey: customerGid },
  });
  for (const response of joined.filter(({ complete }) => complete)) {
    const survey = await surveyById(tx, shopId, response.surveyId);
    if (survey) await rememberAnswers(tx, shopId, customerGid, survey, response.answers as Answers);
  }
}

/**
 * Gives the order a response that waited for it; where the order already has a finished one, the first one counts.
 * @returns whether it is the order's now
 */
async function settleClaim(tx: Tx, shopId: ShopId, response: SurveyResponse): Promise<boolean> {
  const { id, surveyId } = response;
  const orderGid = response.orderGid!;
  const present = await responseOf(tx, shopId, surveyId, { orderGid, claim: null });
  const loser = present && (present.complete || !response.complete) ? id : present?.id;
  if (loser) await tx.surveyResponse.delete({ where: { shopId_id: { shopId, id: loser } } });
  if (loser === id) return false;
  const respondentKey = `order:${orderGid}`;
  await tx.surveyResponse.update({
    where: { shopId_id: { shopId, id } },
    data: { respondentKey, personKey: respondentKey },
  });
  return true;
}
