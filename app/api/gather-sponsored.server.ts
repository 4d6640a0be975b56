import type { Surface } from "../../extensions/shared/contract";
import { spokenLocale } from "#app/shops/settings";
import { sponsoredCandidates } from "#app/sponsored/sponsored-candidates";
import { orderValue } from "./moment";
import { companionsFor } from "./shop-memory.server";
import { source, type Asked } from "./source";

const NO_TYPES: ReadonlySet<string> = new Set();
/** Before the purchase nothing leads a shopper away from it; a mail has no page that could count a click. */
const SURFACES: ReadonlySet<Surface> = new Set(["thank-you", "order-status", "account", "tracking"]);

/** Other brands' offers, from memory. Product types are looked up only where a campaign asks for them. */
export const sponsoredSource = source<ReadonlySet<string>, never>({
  prepare: (asked) => (asksForTypes(asked) ? typesOf(asked) : NO_TYPES),
  propose: ({ memory, moment, now }, { prepared: productTypes }) => {
    if (!SURFACES.has(moment.surface)) return [];
    return sponsoredCandidates(memory.sponsored, {
      locale: spokenLocale(memory.settings.locales, moment.locale),
      currency: moment.currency,
      country: moment.country,
      isFirstOrder: moment.isFirstOrder,
      orderValueMinor: orderValue(moment),
      productTypes,
      now,
    });
  },
});

function asksForTypes({ memory }: Asked): boolean {
  return memory.sponsored.campaigns.some(({ audience }) => audience.productTypes.length > 0);
}

async function typesOf({ shop, moment }: Asked): Promise<ReadonlySet<string>> {
  const productGids = [...new Set(moment.lines.map((line) => line.productId))].slice(0, 40);
  const known = await companionsFor(shop.id, productGids);
  return new Set([...known.values()].map(({ category }) => category).filter(Boolean));
}
