import type { Purpose } from "#app/contact-policy/contact";
import { newId } from "#app/db/id";
import type { ShopId, Tx } from "#app/db/tx";
import type { Locale } from "#app/shops/settings";
import { allBlocks, type Content } from "./blocks";
import { isBuiltIn, type OwnKey, type TemplateKey } from "./default-templates";
import { block, greeted, text } from "./template-parts";
import { liveTemplate, storeLive, templateState } from "./templates.server";

/** Templates that a shop makes itself, from scratch or from another one. Put away, they are never deleted: what was sent keeps its form. */
export type NewTemplate = {
  /** 1 to 60 characters. */
  name: string;
  purpose: Purpose;
  /** The template whose live form is copied; null: an empty mail. */
  from: TemplateKey | null;
};

export const MOST_OWN_TEMPLATES = 200;

const EMPTY_MAIL: Content = {
  subject: text(
    "News from {{ shop.name }}",
    "Neues von {{ shop.name }}",
    "Des nouvelles de {{ shop.name }}",
    "Novedades de {{ shop.name }}",
  ),
  preheader: {},
  blocks: [
    block("hello", "text", {
      text: greeted("write here.", "schreiben Sie hier.", "écrivez ici.", "escriba aquí."),
    }),
  ],
};

/** The shop's languages in which a mail still says what every new one begins with. */
export function unwrittenIn({ blocks }: Content, locales: readonly Locale[]): Locale[] {
  const [beginning] = EMPTY_MAIL.blocks;
  const texts = allBlocks(blocks).map(({ fields }) => fields.text);
  return locales.filter((locale) =>
    texts.some((text) => text?.[locale]?.trim() === beginning!.fields.text![locale]),
  );
}

export type CreateResult = { status: "created"; key: OwnKey } | { status: "unknown-template" | "too-many" };

/** Makes a template of the shop's own; its first version is live at once. */
export async function createTemplate(
  tx: Tx,
  shopId: ShopId,
  { name, purpose, from }: NewTemplate,
  { author, now }: { author: string; now: Date },
): Promise<CreateResult> {
  if ((await tx.messageTemplate.count({ where: { shopId, name: { not: null } } })) >= MOST_OWN_TEMPLATES)
    return { status: "too-many" };
  if (from && !(await templateState(tx, shopId, from))) return { status: "unknown-template" };
  const content = from ? (await liveTemplate(tx, shopId, from)).content : EMPTY_MAIL;
  const key: OwnKey = `own-${newId(now).replaceAll("-", "")}`;
  await tx.messageTemplate.create({ data: { shopId, key, name, purpose, version: 0, updatedAt: now } });
  const saved = await storeLive(tx, shopId, key, { content, author, now });
  if (saved.status !== "saved") throw new Error(`template ${key} is there already`);
  return { status: "created", key };
}

/** @returns false where the shop has no such template of its own */
export async function renameTemplate(
  tx: Tx,
  shopId: ShopId,
  key: TemplateKey,
  name: string,
  now: Date,
): Promise<boolean> {
  return change(tx, shopId, key, { name, updatedAt: now });
}

/** Puts a template away, or takes it back. A template that is away is not sent. @returns false as above */
export async function archiveTemplate(
  tx: Tx,
  shopId: ShopId,
  key: TemplateKey,
  archived: boolean,
  now: Date,
): Promise<boolean> {
  return change(tx, shopId, key, { archivedAt: archived ? now : null, updatedAt: now });
}

type Changes = { name?: string; archivedAt?: Date | null; updatedAt: Date };

async function change(tx: Tx, shopId: ShopId, key: TemplateKey, data: Changes): Promise<boolean> {
  if (isBuiltIn(key)) return false;
  return (await tx.messageTemplate.updateMany({ where: { shopId, key }, data })).count > 0;
}
