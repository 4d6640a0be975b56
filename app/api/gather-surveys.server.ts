import { earlierAsksOf, NEVER_ASKED, type EarlierAsks } from "#app/surveys/earlier-asks.server";
import { openSurveys, proposeSurveys, speechFor } from "#app/surveys/survey-candidates.server";
import type { Survey } from "#app/surveys/survey";
import { source, type Asked } from "./source";
import { surveysFor } from "./trials";

/** Surveys about the order, from memory; what was asked before is read only where something is open. */
export const surveysSource = source<Survey[], EarlierAsks>({
  prepare: openFor,
  read: async (client, shopId, asks) => {
    if (asks.every((asked) => openFor(asked).length === 0)) return asks.map(() => NEVER_ASKED);
    const people = asks.map(({ moment, customerGid }) => ({
      ...moment,
      orderGid: moment.orderId,
      customerGid,
    }));
    return earlierAsksOf(client, shopId, people);
  },
  propose: (asked, { prepared: open, known, person }) => {
    const { memory, moment, now } = asked;
    const speech = speechFor(memory.settings.locales, moment.locale);
    return proposeSurveys(surveysFor(asked, person, open), moment, known, speech, now);
  },
});

function openFor({ memory, moment, now }: Asked): Survey[] {
  return openSurveys(memory.surveys, moment, now);
}
