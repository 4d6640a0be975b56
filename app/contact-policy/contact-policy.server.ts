/**
 * Contact policy: may we, now, here? One budget of attention per person over all channels and surfaces. Everybody who
 * wants to reach a person asks here first; every "no" has a reason that the asker stores. It never sends anything.
 */
export {
  consentOf,
  recordConsent,
  type ConsentChange,
  type ConsentResult,
  type Keys,
} from "./consent.server";
export { buyerWithoutConsent, fetchConsent } from "./checkout-consent.server";
export { contactSettingsOf, saveContactSettings, type ContactRules } from "./contact-settings.server";
export { activeHolds, placeHold, releaseHold, type NewHold } from "./holds.server";
export {
  marketingRoom,
  mayContact,
  mayContactMany,
  mayReach,
  type ContactQuestion,
} from "./may-contact.server";
export { preferencesOf, setPreference } from "./preferences.server";
export { stateBeforeStop } from "./before-stop.server";
export {
  hasSaidStop,
  isSuppressed,
  lastWordIsStop,
  LIFTABLE,
  liftSuppression,
  stopAgain,
  suppress,
  unsuppress,
  type Address,
  type KnownAddress,
} from "./suppression.server";
export { joinPerson, recordTouch, takeBackTouch, type NewTouch } from "./touches.server";
export { isTold, newestConsent, writeBackConsent } from "./write-back.server";
