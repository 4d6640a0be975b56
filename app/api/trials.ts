import type { Attention } from "#app/decisions/decision";
import { changeFor, trialsOf, NO_TRIALS, type Trials } from "#app/experiments/experiment";
import { isRunning, type Offer } from "#app/offers/offer";
import { changedOffer } from "#app/offers/offer-variant";
import type { Survey } from "#app/surveys/survey";
import { changedSurvey } from "#app/surveys/survey-variant";
import type { Asked } from "./source";

/**
 * Which variants of running experiments a person meets in the block that asks, and what those change. Offers of an
 * experiment count whether or not the person's variant made it into the answer: a better discount must not choose who
 * is counted.
 */
export function trialsFor({ memory, block, moment, now }: Asked, person: Attention): Trials {
  if (memory.experiments.length === 0) return NO_TRIALS;
  const here = memory.experiments.filter(({ subject, subjectId }) => {
    if (block === "surveys") return subject === "survey";
    if (block !== "offers" || subject !== "offer") return false;
    const offer = memory.shelf.offers.find(({ id }) => id === subjectId);
    return offer && isRunning(offer, now) && offer.surfaces.some((surface) => surface === moment.surface);
  });
  const met = here.flatMap(({ id }) => {
    const known = person.met.get(id);
    return known ? [[id, known.arm]] : [];
  });
  return trialsOf(here, person.personKey, { ...Object.fromEntries(met), ...person.drawn.trials });
}

/** Offers as this person finds them. */
export function offersFor(asked: Asked, person: Attention, offers: Offer[]): Offer[] {
  const trials = trialsFor(asked, person);
  if (trials === NO_TRIALS) return offers;
  return offers.map((offer) => {
    const change = changeFor(asked.memory.experiments, trials, "offer", offer.id);
    return change ? changedOffer(offer, change) : offer;
  });
}

/** Surveys in the words that this person gets. */
export function surveysFor(asked: Asked, person: Attention, surveys: Survey[]): Survey[] {
  const trials = trialsFor(asked, person);
  if (trials === NO_TRIALS) return surveys;
  return surveys.map((survey) => {
    const change = changeFor(asked.memory.experiments, trials, "survey", survey.id);
    return change ? changedSurvey(survey, change) : survey;
  });
}
