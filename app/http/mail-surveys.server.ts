import type { SurveyQuestion } from "../../extensions/shared/contract";
import { mayContact } from "#app/contact-policy/contact-policy.server";
import { personKeyOf } from "#app/customers/customers.server";
import type { MailSurvey, MailSurveyPort } from "#app/messages/mail-survey";
import { scaleOf } from "#app/surveys/question";
import { surveyLink } from "#app/surveys/survey-link";
import { openSurvey, questionsIn, responseOf } from "#app/surveys/surveys.server";
import { inWordsFor } from "#app/surveys/words-for.server";

type PortConfig = { appUrl: string; secret: string; now: Date };

/**
 * The first question of a survey for one mail: each answer is a signed link to the answer page, which chooses it and
 * records nothing before its button is pressed.
 */
export function mailSurveys({ appUrl, secret, now }: PortConfig): MailSurveyPort {
  return async (tx, shopId, { surveyId, orderGid, customerGid, locale }) => {
    const survey = orderGid ? await openSurvey(tx, shopId, surveyId, now) : null;
    if (!survey) return null;
    if (await responseOf(tx, shopId, surveyId, { orderGid, claim: null })) return null;
    const personKey = personKeyOf({ customerGid, orderGid });
    const asked = await inWordsFor(tx, shopId, survey, personKey);
    const [first] = await questionsIn(tx, shopId, asked, { locale, orderGid });
    if (!first) return null;
    const verdict = await mayContact(
      tx,
      shopId,
      {
        personKey,
        address: null,
        channel: "email",
        purpose: "transactional",
        messageType: first.type === "nps" ? "nps" : "survey",
        now,
        timezone: "UTC",
      },
      { secret },
    );
    if (!verdict.allowed) return null;
    const invitation = { appUrl, secret, shopId, surveyId, orderGid, personKey, locale };
    return questionLinks(first, (answer) => surveyLink(invitation) + answer);
  };
}

/** The same for a preview: nobody is asked, so no link leads to an answer. */
export function previewSurveys(now: Date): MailSurveyPort {
  return async (tx, shopId, { surveyId, locale }) => {
    const survey = await openSurvey(tx, shopId, surveyId, now);
    const [first] = survey ? await questionsIn(tx, shopId, survey, { locale, orderGid: "preview" }) : [];
    return first ? questionLinks(first, (answer) => `https://example.com/${answer}`) : null;
  };
}

/** @param to turns a query, or nothing, into the address of an answer */
function questionLinks({ text, type, options }: SurveyQuestion, to: (query: string) => string): MailSurvey {
  const scale = scaleOf(type);
  if (scale) {
    const numbers = Array.from({ length: scale.max - scale.min + 1 }, (_, index) => scale.min + index);
    const answers = numbers.map((score) => ({ label: String(score), url: to(`?score=${score}`) }));
    return { question: text, kind: "scale", answers };
  }
  // A question that no single link can answer is opened instead.
  if (type !== "single") return { question: text, kind: "choice", answers: [{ label: "→", url: to("") }] };
  const answers = (options ?? []).map((option) => ({
    label: option.text,
    url: to(`?choice=${encodeURIComponent(option.id)}`),
  }));
  return { question: text, kind: "choice", answers };
}
