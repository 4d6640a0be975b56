import { BLOCK_TYPES, newBlock, fieldsOf, settingsOf, type Block, type Content } from "#app/messages/blocks";
import type { ListName, Condition, Filling } from "#app/messages/compiled";
import { sampleFilling } from "#app/messages/sample";
import { LISTED_VARIABLES, type Value } from "#app/messages/variables";
import { BrandSchema, type Locale } from "#app/shops/settings";

/** A brand that uses everything a brand can have. */
export const FULL_BRAND = BrandSchema.parse({
  logoUrl: "https://cdn.tea.example/logo.png",
  primaryColor: "#7a1f3d",
  headingColor: "#3d1f7a",
  pageColor: "#fff4e8",
  font: "classic",
  corners: "round",
  senderName: "Tea & <Co>",
  postalAddress: "Hauptstr. 1, Berlin",
  footerText: "Tea & <more> since 1998",
  social: { instagram: "https://instagram.example/tea", youtube: "https://youtube.example/tea" },
  reviewUrl: "https://reviews.example/tea?stars={stars}",
});

export const SURVEY_ID = "0193a000-0000-7000-8000-000000000001";

/** Every variable that a merchant can name, in one text. */
const EVERY_VARIABLE = LISTED_VARIABLES.filter(({ kind }) => kind !== "url")
  .map(({ path }) => `{{ ${path} }}`)
  .join(" ");

/** A mail with every type of block, each field filled, with variables wherever one may stand. */
export function everyBlock(): Content {
  const blocks: Block[] = [];
  for (const type of BLOCK_TYPES) blocks.push(filled(newBlock(type, blocks)));
  return {
    subject: { en: EVERY_VARIABLE },
    preheader: { en: EVERY_VARIABLE },
    short: { en: "{{ shop.name }}: {{ customer.first_name }} {{ order.status_url }}" },
    blocks,
  };
}

function filled(block: Block): Block {
  const fields = fieldsOf(block.type).map(({ name, kind }) => [
    name,
    { en: kind === "url" ? "https://tea.example/x?q={{ customer.first_name }}" : EVERY_VARIABLE },
  ]);
  const settings = settingsOf(block.type).filter(({ kind }) => kind === "survey");
  return {
    ...block,
    fields: Object.fromEntries(fields),
    settings: Object.fromEntries(settings.map(({ name }) => [name, SURVEY_ID])),
    ...(block.columns && { columns: block.columns.map((column) => column.map(filled)) }),
  };
}

/** The sample with a survey in it; every text of it is `text`, where one is given. */
export function fullFilling(locale: Locale, text?: string): Filling {
  const sample = sampleFilling(locale);
  const say = (values: ReadonlyMap<string, Value>) =>
    new Map(
      [...values].map(([path, value]) => [
        path,
        text !== undefined && typeof value === "string" ? text : value,
      ]),
    );
  const answers = ["1", "2", "3"].map(
    (label) =>
      new Map<string, Value>([
        ["answer.label", label],
        ["answer.url", `https://app.example/s/x?score=${label}`],
      ]),
  );
  const name: ListName = `survey:${SURVEY_ID}`;
  const survey: Condition[] = [`list:${name}`, `survey-scale:${SURVEY_ID}`, `survey-choice:${SURVEY_ID}`];
  const values = new Map([...sample.values, [`question.${SURVEY_ID}`, "How was it?"] as const]);
  const lists = new Map([...sample.lists!, [name, answers] as const]);
  return {
    ...sample,
    values: say(values),
    items: sample.items.map(say),
    lists: new Map([...lists].map(([list, rows]) => [list, rows.map(say)])),
    conditions: new Set([...sample.conditions, ...survey, "progress-1", "progress-3", "progress-4"]),
    link: (url) => url,
  };
}
