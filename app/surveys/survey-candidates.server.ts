import type { PoolClient } from "pg";
import type { ShopId, Tx } from "#app/db/tx";
import type { Candidate } from "#app/decisions/candidate";
import type { Survey as SurveyRow } from "#app/generated/prisma/client";
import { mainLocale, spokenLocale, type Locale, type SurfaceName } from "#app/shops/settings";
import { settingsOf } from "#app/shops/shops.server";
import { earlierAsks, NEVER_ASKED, type EarlierAsks } from "./earlier-asks.server";
import { questionFor, type Speech } from "./question";
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

/** A shop's live surveys, oldest first, to be kept in memory. */
export async function loadLiveSurveys(client: PoolClient, shopId: ShopId): Promise<Survey[]> {
  const { rows } = await client.query<SurveyRow>(
    `SELECT * FROM "Survey" WHERE "shopId" = $1 AND status = 'live' ORDER BY "createdAt", id`,
    [shopId],
  );
  return rows.map(readSurvey);
}

/** Live surveys of this surface that may be asked at this time; of whom, the earlier asks decide. */
export function openSurveys(live: Survey[], { surface }: { surface: SurfaceName }, now: Date): Survey[] {
  return live.filter((survey) => (survey.surfaces as SurfaceName[]).includes(surface) && isOpen(survey, now));
}

/** @param asks what the person was asked before; left out in a preview */
export function proposeSurveys(
  open: Survey[],
  moment: SurveyMoment,
  asks: EarlierAsks | undefined,
  speech: Speech,
  now: Date,
): Candidate[] {
  const askable = moment.preview ? open : askableOf(open, moment, asks ?? NEVER_ASKED, now);
  return askable.map((survey) => ({
    kind: "survey" as const,
    id: survey.id,
    features: { survey: survey.key, questions: survey.questions.length, timing: survey.timing },
    payload: {
      kind: "survey" as const,
      surveyId: survey.id,
      questions: questionsFor(survey, speech, moment.orderId),
    },
  }));
}

/** The same for one person, from the database. @param customerGid the signed-in customer, if any */
export async function surveyCandidates(
  tx: Tx,
  shopId: ShopId,
  moment: SurveyMoment,
  { customerGid, now }: { customerGid: string | null; now: Date },
): Promise<Candidate[]> {
  const { locales } = await settingsOf(tx, shopId);
  const { open, asks } = await openFor(tx, shopId, moment, customerGid, now);
  return proposeSurveys(open, moment, asks, speechFor(locales, moment.locale), now);
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
  const speech = speechFor(locales, wanted);
  const { locale } = speech;
  const moment = { surface: "message", orderId: orderGid, locale } as const;
  const { open, asks } = await openFor(tx, shopId, moment, customerGid, now);
  const [survey] = askableOf(open, moment, asks, now);
  if (!survey) return null;
  return { surveyId: survey.id, key: survey.key, locale, questions: questionsFor(survey, speech, orderGid) };
}

/** The survey's questions in one language; shuffled options keep their order for this order. */
function questionsFor(survey: Survey, speech: Speech, orderGid: string) {
  return survey.questions.map((question) => questionFor(question, speech, `${orderGid}/${survey.id}`));
}

/** The same in a language that was settled before, as when a link was sent. */
export async function questionsIn(
  tx: Tx,
  shopId: ShopId,
  survey: Survey,
  { locale, orderGid }: { locale: Locale; orderGid: string },
) {
  const { locales } = await settingsOf(tx, shopId);
  return questionsFor(survey, { locale, main: mainLocale(locales) }, orderGid);
}

/** The shopper's language, and the shop's for what is not translated. */
export function speechFor(locales: Locale[], wanted: string): Speech {
  return { locale: spokenLocale(locales, wanted), main: mainLocale(locales) };
}

async function openFor(
  tx: Tx,
  shopId: ShopId,
  moment: SurveyMoment,
  customerGid: string | null,
  now: Date,
): Promise<{ open: Survey[]; asks: EarlierAsks }> {
  const rows = await tx.survey.findMany({
    where: { shopId, status: "live", surfaces: { has: moment.surface } },
    orderBy: [{ createdAt: "asc" }, { id: "asc" }],
  });
  const open = openSurveys(rows.map(readSurvey), moment, now);
  if (open.length === 0 || moment.preview) return { open, asks: NEVER_ASKED };
  return { open, asks: await earlierAsks(tx, shopId, { ...moment, orderGid: moment.orderId, customerGid }) };
}

function askableOf(open: Survey[], { surface }: SurveyMoment, asks: EarlierAsks, now: Date): Survey[] {
  const { delivered, done, answers, lastElsewhere } = asks;
  const answeredToday = (except: string) =>
    answers.some(({ surveyId, at }) => surveyId !== except && now.getTime() - at < DAY);
  return open.filter((survey) => {
    if (survey.timing === "delivery" && !delivered) return false;
    if (done.has(survey.id)) return false;
    if (surface !== "message" && answeredToday(survey.id)) return false;
    return lastElsewhere === null || now.getTime() - lastElsewhere >= survey.cooldownDays * DAY;
  });
}
