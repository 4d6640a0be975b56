import { personKeyOf } from "#app/customers/customers.server";
import type { ShopId, Tx } from "#app/db/tx";
import type { Candidate } from "#app/decisions/candidate";
import { claimKeys } from "#app/orders/order-claim";
import { spokenLocale, type Locale, type SurfaceName } from "#app/shops/settings";
import { settingsOf } from "#app/shops/shops.server";
import { questionFor } from "./question";
import { isOpen, readSurvey, type Survey } from "./survey";

/**
 * Which surveys may be asked of one person now. Nobody is asked twice about the same order by the same survey, nobody
 * two surveys about one order on one day, and between orders every survey keeps its distance to all others.
 */

/** Where a shopper looks; the part of the extensions' moment that matters here. */
export type SurveyMoment = {
  surface: SurfaceName;
  /** Gid of the order. */
  orderId: string;
  checkoutToken?: string;
  confirmationNumber?: string;
  locale: string;
  /** In the checkout editor: sample content, whoever looks. */
  preview?: boolean;
};

const DAY = 24 * 60 * 60 * 1000;

/** @param customerGid the signed-in customer, if any */
export async function surveyCandidates(
  tx: Tx,
  shopId: ShopId,
  moment: SurveyMoment,
  { customerGid, now }: { customerGid: string | null; now: Date },
): Promise<Candidate[]> {
  const { locales } = await settingsOf(tx, shopId);
  const locale = spokenLocale(locales, moment.locale);
  const surveys = await askableSurveys(tx, shopId, moment, customerGid, now);
  return surveys.map((survey) => ({
    kind: "survey" as const,
    id: survey.id,
    features: { survey: survey.key, questions: survey.questions.length, timing: survey.timing },
    payload: {
      kind: "survey" as const,
      surveyId: survey.id,
      questions: questionsFor(survey, locale, moment.orderId),
    },
  }));
}

export type SurveyInMail = {
  surveyId: string;
  key: string;
  /** The language the shopper is asked in. */
  locale: Locale;
  questions: ReturnType<typeof questionsFor>;
};

/** The survey to put into a mail about this order (surface "message"), or null where there is nothing to ask. */
export async function surveyForMail(
  tx: Tx,
  shopId: ShopId,
  {
    orderGid,
    customerGid,
    locale: wanted,
    now,
  }: { orderGid: string; customerGid: string | null; locale: string; now: Date },
): Promise<SurveyInMail | null> {
  const { locales } = await settingsOf(tx, shopId);
  const locale = spokenLocale(locales, wanted);
  const moment = { surface: "message", orderId: orderGid, locale } as const;
  const [survey] = await askableSurveys(tx, shopId, moment, customerGid, now);
  if (!survey) return null;
  return { surveyId: survey.id, key: survey.key, locale, questions: questionsFor(survey, locale, orderGid) };
}

/** The survey's questions in one language; shuffled options keep their order for this order. */
export function questionsFor(survey: Survey, locale: Locale, orderGid: string) {
  return survey.questions.map((question) => questionFor(question, locale, `${orderGid}/${survey.id}`));
}

async function askableSurveys(
  tx: Tx,
  shopId: ShopId,
  moment: SurveyMoment,
  customerGid: string | null,
  now: Date,
): Promise<Survey[]> {
  const rows = await tx.survey.findMany({
    where: { shopId, status: "live", surfaces: { has: moment.surface } },
    orderBy: [{ createdAt: "asc" }, { id: "asc" }],
  });
  const open = rows.map(readSurvey).filter((survey) => isOpen(survey, now));
  if (open.length === 0 || moment.preview) return open;

  const orderGid = moment.orderId;
  const order = await tx.order.findUnique({
    where: { shopId_gid: { shopId, gid: orderGid } },
    select: {
      customerGid: true,
      parcels: { where: { deliveredAt: { not: null } }, select: { id: true }, take: 1 },
    },
  });
  const delivered = (order?.parcels.length ?? 0) > 0;
  const person = customerGid ?? order?.customerGid ?? null;
  const aboutOrder = await asksAboutOrder(tx, shopId, { ...moment, customerGid: person });
  const lastElsewhere = await lastAskElsewhere(
    tx,
    shopId,
    personKeyOf({ customerGid: person, orderGid }),
    orderGid,
  );

  const answeredToday = (except: string) =>
    aboutOrder.answers.some((one) => one.surveyId !== except && now.getTime() - one.at.getTime() < DAY);
  return open.filter((survey) => {
    if (survey.timing === "delivery" && !delivered) return false;
    if (aboutOrder.done.has(survey.id)) return false;
    if (moment.surface !== "message" && answeredToday(survey.id)) return false;
    return !lastElsewhere || now.getTime() - lastElsewhere.getTime() >= survey.cooldownDays * DAY;
  });
}

type OrderAsks = { done: Set<string>; answers: { surveyId: string; at: Date }[] };

/** What this person already answered or dismissed about this order. */
async function asksAboutOrder(
  tx: Tx,
  shopId: ShopId,
  moment: SurveyMoment & { customerGid: string | null },
): Promise<OrderAsks> {
  const orderGid = moment.orderId;
  const keys = [`order:${orderGid}`, ...claimKeys({ ...moment, orderGid })];
  const responses = await tx.surveyResponse.findMany({
    where: { shopId, orderGid, respondentKey: { in: keys }, complete: true },
    select: { surveyId: true, answeredAt: true },
  });
  const dismissed = await tx.placement.findMany({
    where: { shopId, kind: "survey", dismissedAt: { not: null }, decision: { orderGid } },
    select: { candidateId: true },
  });
  return {
    done: new Set([...responses.map((one) => one.surveyId), ...dismissed.map((one) => one.candidateId)]),
    answers: responses.map((one) => ({ surveyId: one.surveyId, at: one.answeredAt! })),
  };
}

/** When this person was last asked anything about another order, on any surface or by mail. */
async function lastAskElsewhere(
  tx: Tx,
  shopId: ShopId,
  personKey: string,
  orderGid: string,
): Promise<Date | null> {
  const [row] = await tx.$queryRaw<{ at: Date | null }[]>`
    SELECT max(at) AS at FROM (
      SELECT p."impressionAt" AS at FROM "Placement" p
      JOIN "Decision" d ON d."shopId" = p."shopId" AND d.id = p."decisionId"
      WHERE p."shopId" = ${shopId} AND p."personKey" = ${personKey} AND p.kind = 'survey'
        AND d."orderGid" IS DISTINCT FROM ${orderGid}
      UNION ALL
      SELECT coalesce(r."answeredAt", r."startedAt") FROM "SurveyResponse" r
      WHERE r."shopId" = ${shopId} AND r."customerGid" = ${personKey} AND r."orderGid" IS DISTINCT FROM ${orderGid}
    ) asks`;
  return row?.at ?? null;
}
