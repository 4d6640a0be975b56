import { inShop } from "#app/db/in-shop.server";
import { surveyCandidates } from "#app/surveys/survey-candidates.server";
import { source } from "./source";

export const surveysSource = source({
  prepare: ({ shop, moment, customerGid, now }) =>
    inShop(shop.id, (tx) => surveyCandidates(tx, shop.id, moment, { customerGid, now })),
  propose: (_, { prepared }) => prepared,
});
