import { inShop } from "#app/db/in-shop.server";
import { surveyCandidates } from "#app/surveys/survey-candidates.server";
import { source } from "./source";
import { surveysFor } from "./trials";

export const surveysSource = source({
  prepare: ({ shop, moment, customerGid, now }) =>
    inShop(shop.id, (tx) => surveyCandidates(tx, shop.id, moment, { customerGid, now })),
  propose: (asked, { prepared, person }) => surveysFor(asked, person, prepared),
});
