import type { Purpose } from "#app/contact-policy/contact";
import type { ShopId, Tx } from "#app/db/tx";
import type { MessageTemplate } from "#app/generated/prisma/client";
import type { Brand, Locale } from "#app/shops/settings";
import { settingsOf } from "#app/shops/shops.server";
import type { Content, ContentProblem } from "./blocks";
import { checkContent } from "./check-content";
import { compileTemplate } from "./compile";
import { ContentSchema } from "./content-schema";
import type { CompiledTemplate } from "./compiled";
import { DEFAULT_TEMPLATES, isBuiltIn, TEMPLATE_KEYS, type TemplateKey } from "./default-templates";

/** Version 0 is the built-in form (default-templates.ts); edits are versions 1, 2, … and never change afterwards. */
export type Template = {
  key: TemplateKey;
  name: string;
  purpose: Purpose;
  /** Off where it was switched off or put away. */
  enabled: boolean;
  archived: boolean;
  version: number;
  content: Content;
};
export type TemplateState = Omit<Template, "content">;

/** A template without its content, or null for a key that this shop does not have. */
export async function templateState(tx: Tx, shopId: ShopId, key: TemplateKey): Promise<TemplateState | null> {
  return stateOf(key, await tx.messageTemplate.findUnique({ where: { shopId_key: { shopId, key } } }));
}

function stateOf(key: TemplateKey, row: MessageTemplate | null | undefined): TemplateState | null {
  const builtIn = isBuiltIn(key) ? DEFAULT_TEMPLATES[key] : null;
  if (!row && !builtIn) return null;
  const archived = Boolean(row?.archivedAt);
  return {
    key,
    name: builtIn?.name ?? row?.name ?? key,
    purpose: builtIn?.purpose ?? row!.purpose,
    enabled: (row?.enabled ?? true) && !archived,
    archived,
    version: row?.version ?? 0,
  };
}

/** @throws for a template of its own that this shop does not have */
export async function templatePurpose(tx: Tx, shopId: ShopId, key: TemplateKey): Promise<Purpose> {
  if (isBuiltIn(key)) return DEFAULT_TEMPLATES[key].purpose;
  return (await known(tx, shopId, key)).purpose;
}

async function known(tx: Tx, shopId: ShopId, key: TemplateKey): Promise<TemplateState> {
  const state = await templateState(tx, shopId, key);
  if (!state) throw new Error(`shop ${shopId} has no template ${key}`);
  return state;
}

/** The live form of a template. @throws for a template of its own that this shop does not have */
export async function liveTemplate(tx: Tx, shopId: ShopId, key: TemplateKey): Promise<Template> {
  const state = await known(tx, shopId, key);
  return { ...state, content: await contentOf(tx, shopId, key, state.version) };
}

/** The built-in templates, then the shop's own by name, without those that were put away. */
export async function liveTemplates(tx: Tx, shopId: ShopId): Promise<TemplateState[]> {
  return (await allTemplates(tx, shopId)).filter(({ archived }) => !archived);
}

/** Also those that were put away: what was sent before still has a name. */
export async function allTemplates(tx: Tx, shopId: ShopId): Promise<TemplateState[]> {
  const rows = await tx.messageTemplate.findMany({
    where: { shopId },
    orderBy: [{ name: "asc" }, { key: "asc" }],
  });
  const own = rows.map(({ key }) => key as TemplateKey).filter((key) => !isBuiltIn(key));
  return [...TEMPLATE_KEYS, ...own]
    .map((key) =>
      stateOf(
        key,
        rows.find((row) => row.key === key),
      ),
    )
    .filter((state) => state !== null);
}

/** One version's content. A version that does not exist is a broken invariant. */
export async function contentOf(tx: Tx, shopId: ShopId, key: TemplateKey, version: number): Promise<Content> {
  if (version === 0 && isBuiltIn(key)) return DEFAULT_TEMPLATES[key].content;
  const row = await tx.messageTemplateVersion.findUniqueOrThrow({
    where: { shopId_key_version: { shopId, key, version } },
  });
  return ContentSchema.parse(row.content);
}

export async function switchTemplate(
  tx: Tx,
  shopId: ShopId,
  key: TemplateKey,
  enabled: boolean,
  now: Date,
): Promise<void> {
  const purpose = await templatePurpose(tx, shopId, key);
  await tx.messageTemplate.upsert({
    where: { shopId_key: { shopId, key } },
    create: { shopId, key, purpose, enabled, version: 0, updatedAt: now },
    update: { enabled, updatedAt: now },
  });
}

export type SaveResult =
  | { status: "saved"; version: number }
  | { status: "invalid"; problems: ContentProblem[] }
  /** Somebody saved a newer version than the one that was edited. */
  | { status: "changed" };

/**
 * Saves an edit as a new version and makes it live. Messages already made keep the version they were made from.
 * @param edit `seen`: the version that was edited; left out: whichever is live
 */
export async function saveTemplate(
  tx: Tx,
  shopId: ShopId,
  key: TemplateKey,
  { content, author, now, seen }: { content: Content; author: string; now: Date; seen?: number },
): Promise<SaveResult> {
  const { locales } = await settingsOf(tx, shopId);
  const problems = checkContent(content, locales);
  if (problems.length > 0) return { status: "invalid", problems };
  return storeLive(tx, shopId, key, { content, author, now, seen });
}

/** `saveTemplate` for a content that is stored already, as another template or before: it is not judged again. */
export async function storeLive(
  tx: Tx,
  shopId: ShopId,
  key: TemplateKey,
  { content, author, now, seen }: { content: Content; author: string; now: Date; seen?: number },
): Promise<Exclude<SaveResult, { status: "invalid" }>> {
  const purpose = await templatePurpose(tx, shopId, key);
  // Two editors at once wait for each other here, so that each gets its own version number.
  const template = await tx.messageTemplate.upsert({
    where: { shopId_key: { shopId, key } },
    create: { shopId, key, purpose, version: 0, updatedAt: now },
    update: { updatedAt: now },
  });
  if (seen !== undefined && seen !== template.version) return { status: "changed" };
  const last = await tx.messageTemplateVersion.aggregate({ where: { shopId, key }, _max: { version: true } });
  const version = (last._max.version ?? template.version) + 1;
  await tx.messageTemplateVersion.create({
    data: { shopId, key, version, content, createdAt: now, createdBy: author },
  });
  await tx.messageTemplate.update({ where: { shopId_key: { shopId, key } }, data: { version } });
  return { status: "saved", version };
}

export type TemplateVersion = { version: number; createdAt: Date; createdBy: string };

/** Newest first. */
export async function versionsOf(tx: Tx, shopId: ShopId, key: TemplateKey): Promise<TemplateVersion[]> {
  return tx.messageTemplateVersion.findMany({
    where: { shopId, key },
    orderBy: { version: "desc" },
    take: 50,
    select: { version: true, createdAt: true, createdBy: true },
  });
}

/** Makes an old version (0: the built-in one) live again, as a new version with the same content. */
export async function restoreVersion(
  tx: Tx,
  shopId: ShopId,
  key: TemplateKey,
  { version, author, now }: { version: number; author: string; now: Date },
): Promise<SaveResult | { status: "unknown-version" }> {
  const isKnown =
    (version === 0 && isBuiltIn(key)) ||
    (await tx.messageTemplateVersion.count({ where: { shopId, key, version } })) > 0;
  if (!isKnown) return { status: "unknown-version" };
  return saveTemplate(tx, shopId, key, { content: await contentOf(tx, shopId, key, version), author, now });
}

// ───────── compiled once per version, language and look ─────────

const MOST_COMPILED = 500;
const compiled = new Map<string, Promise<CompiledTemplate>>();

/** A template's compiled form, from this process's memory where it was needed before. */
export function compiledTemplate(
  shopId: ShopId,
  { key, version, content, purpose }: Pick<Template, "key" | "version" | "content" | "purpose">,
  frame: { brand: Brand; shopName: string; locale: Locale; main: Locale },
): Promise<CompiledTemplate> {
  const name = JSON.stringify([shopId, key, version, frame]);
  const ready = compiled.get(name);
  if (ready) return ready;
  const made = compileTemplate(content, { ...frame, purpose });
  compiled.set(name, made);
  made.catch(() => compiled.delete(name));
  if (compiled.size > MOST_COMPILED) compiled.delete(compiled.keys().next().value!);
  return made;
}
