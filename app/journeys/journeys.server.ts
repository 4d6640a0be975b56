/**
 * Journeys: what happens after a fact, and when. A journey is data (definition.ts) that merchants edit; everybody on the
 * way is a row; facts and one indexed scan move them along. Journeys decide when; messages and contact policy decide
 * whether. Before anything is done, what it is about is looked at again.
 */
export type { JourneyConfig } from "./acts/act";
export {
  archiveJourney,
  journeyOf,
  journeysOf,
  restoreReady,
  restoreVersion,
  saveJourney,
  switchJourney,
  type JourneyDetail,
  type JourneyForm,
  type ListedJourney,
  type SaveJourneyResult,
} from "./authoring.server";
export { ringClocks, seedBirthdays, seedLapses, shopsWithDueJourneyClocks } from "./clocks.server";
export { dueEnrolments, moveDue, type DueResult } from "./due.server";
export { allFigures, figuresOf, type JourneyFigures, type StepFigures } from "./figures.server";
export { hear } from "./hear.server";
export { fulfilIntent, type IntentPorts } from "./intents.server";
export { learnReplenishment, seedReplenishment, shopsToLearnFrom } from "./learn-rhythms.server";
