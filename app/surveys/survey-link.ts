import { isSignature, sign } from "#app/db/seal";
import { LOCALES, type Locale } from "#app/shops/settings";

/**
 * The link under which a survey is answered outside the shop's pages: `<app>/s/<token>`. The token is signed, so it
 * needs no log-in and no lookup to be trusted; it carries ids only. The score a person clicked on in a mail stands
 * outside of the signature, as `?score=`: it preselects an answer and records nothing, because mail scanners follow
 * links too.
 */
export type SurveyInvitation = {
  shopId: number;
  surveyId: string;
  /** The order the survey is about. */
  orderGid: string;
  /** Customer gid, or "order:<gid>" while the customer is unknown. */
  personKey: string;
  locale: Locale;
  /** After this time the link only says that it is too late. Without it the survey itself decides. */
  expiresAt?: Date;
};

const PURPOSE = "survey-link";

/**
 * @param invitation the ids, with the app's public address (no trailing slash), the app's secret and, for a link on
 * one number of a scale, its score
 */
export function surveyLink(
  invitation: SurveyInvitation & { appUrl: string; secret: string; score?: number },
): string {
  const { shopId, surveyId, orderGid, personKey, locale, expiresAt } = invitation;
  const seconds = expiresAt ? Math.floor(expiresAt.getTime() / 1000) : 0;
  const body = Buffer.from(JSON.stringify([shopId, surveyId, orderGid, personKey, locale, seconds])).toString(
    "base64url",
  );
  const score = invitation.score === undefined ? "" : `?score=${invitation.score}`;
  return `${invitation.appUrl}/s/${body}.${sign(invitation.secret, PURPOSE, body)}${score}`;
}

/** @returns what the token says, or null where it was not made by us */
export function readSurveyLink(token: string, secret: string): SurveyInvitation | null {
  const [body, signature, ...rest] = token.split(".");
  if (!body || !signature || rest.length > 0) return null;
  if (!isSignature(secret, PURPOSE, body, signature)) return null;
  const [shopId, surveyId, orderGid, personKey, locale, seconds] = JSON.parse(
    Buffer.from(body, "base64url").toString("utf8"),
  ) as [number, string, string, string, string, number];
  return {
    shopId,
    surveyId,
    orderGid,
    personKey,
    locale: LOCALES.find((known) => known === locale) ?? "en",
    ...(seconds > 0 ? { expiresAt: new Date(seconds * 1000) } : {}),
  };
}
