import { customerFacts, type CustomerFact } from "#app/analytics/customer-facts.server";
import type { ShopId, Tx } from "#app/db/tx";
import type { Shop } from "#app/generated/prisma/client";
import { ATTRIBUTES, CUSTOM_ATTRIBUTE, type Condition } from "#app/journeys/conditions";
import type { JourneyDefinition } from "#app/journeys/definition";
import { conditionsOf } from "#app/journeys/route";
import type { Names } from "#app/journeys/words";
import { liveTemplates } from "#app/messages/messages.server";
import { audienceChoices } from "#app/offers/audience-choices.server";
import { productTitles } from "#app/offers/titles.server";
import { LANGUAGE_NAMES } from "#app/shops/settings";
import { listSurveys } from "#app/surveys/surveys.server";
import { countries } from "#app/ui/countries";
import { EXCEPTION_WORDS } from "#app/ui/exception-words";

/** What the definition names by key, in the shop's own words, and what can be chosen in conditions. */
export async function vocabularyOf(
  tx: Tx,
  shop: Shop,
  definition: JourneyDefinition,
  locale: string,
): Promise<Names> {
  const { productTypes, tags, customerTags, segments } = await audienceChoices(tx, shop.id);
  const surveys = Object.fromEntries((await listSurveys(tx, shop.id)).map(({ id, name }) => [id, name]));
  const templates = (await liveTemplates(tx, shop.id)).map(({ key, name }) => [key, name]);
  const countryNames = Object.fromEntries(countries(locale).map(({ value, label }) => [value, label]));
  const types = sameWords(productTypes);
  const answers = await customerFacts(tx, shop.id, segments, locale);
  return {
    currency: shop.currency,
    locale,
    templates: Object.fromEntries(templates) as Record<string, string>,
    surveys,
    asked: Object.fromEntries(answers.map(({ attribute, asked }) => [CUSTOM_ATTRIBUTE + attribute, asked])),
    options: {
      ...answersByQuestion(answers),
      ...listedOptions(),
      "order.country": countryNames,
      "customer.country": countryNames,
      "order.products": await namedProducts(tx, shop.id, conditionsOf(definition)),
      "order.product-types": types,
      "customer.tags": sameWords(customerTags),
      "product.type": types,
      "order.product-tags": sameWords(tags),
      "customer.language": LANGUAGE_NAMES,
      "answer.survey": surveys,
      "exception.kind": Object.fromEntries(
        Object.entries(EXCEPTION_WORDS).map(([kind, { name }]) => [kind, name]),
      ),
    },
  };
}

/** Options that a kind of attribute always has: "out_for_delivery" → "Out for delivery". */
function listedOptions(): Names["options"] {
  return Object.fromEntries(
    Object.entries(ATTRIBUTES).flatMap(([key, { options }]) =>
      options ? [[key, Object.fromEntries(options.map((value) => [value, inWords(value)]))]] : [],
    ),
  );
}

function inWords(value: string): string {
  const words = value.replace(/[-_]/g, " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}

async function namedProducts(
  tx: Tx,
  shopId: ShopId,
  conditions: Condition[],
): Promise<Record<string, string>> {
  const gids = conditions.flatMap(({ attribute, value }) =>
    attribute === "order.products" && Array.isArray(value) ? value : [],
  );
  return productTitles(tx, shopId, gids);
}

function sameWords(words: string[]): Record<string, string> {
  return Object.fromEntries(words.map((word) => [word, word]));
}

function answersByQuestion(answers: CustomerFact[]): Names["options"] {
  const options: Names["options"] = {};
  for (const { attribute, value, answered } of answers)
    (options[CUSTOM_ATTRIBUTE + attribute] ??= {})[value] = answered;
  return options;
}
