import { inShop } from "#app/db/in-shop.server";
import { loyaltyCandidates } from "#app/loyalty/loyalty-candidates.server";
import { source } from "./source";

export const loyaltySource = source({
  prepare: ({ shop, moment, customerGid }) =>
    inShop(shop.id, (tx) => loyaltyCandidates(tx, shop.id, moment, { customerGid })),
  propose: (_, { prepared }) => prepared,
});
