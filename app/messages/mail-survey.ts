import type { ShopId, Tx } from "#app/db/tx";
import type { Locale } from "#app/shops/settings";

/**
 * The first question of a survey inside a mail. Messages know no surveys: who sends passes a port that says what stands
 * there for this person, and where each answer leads.
 */
export type MailSurvey = {
  question: string;
  /** A row of numbers, or answers one below the other. */
  kind: "scale" | "choice";
  answers: { label: string; url: string }[];
};

export type AskedInMail = {
  surveyId: string;
  /** Empty: the mail is about no order. */
  orderGid: string;
  customerGid: string | null;
  locale: Locale;
};

/** @returns null where this person is not to be asked: answered already, asked lately, survey over */
export type MailSurveyPort = (tx: Tx, shopId: ShopId, asked: AskedInMail) => Promise<MailSurvey | null>;
