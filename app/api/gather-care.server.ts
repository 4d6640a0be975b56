import { careCandidates } from "#app/care/care-candidates";
import { spokenLocale } from "#app/shops/settings";
import { source } from "./source";

/** Thanks, reassurance and help, from the shop's settings alone. */
export const careSource = source({
  propose: ({ memory, moment }) =>
    careCandidates(memory.settings.care, {
      surface: moment.surface,
      locale: spokenLocale(memory.settings.locales, moment.locale),
      isFirstOrder: moment.isFirstOrder ?? (moment.surface === "account" ? false : undefined),
    }),
});
