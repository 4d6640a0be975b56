import { z } from "zod";
import type { ShopId, Tx } from "#app/db/tx";
import { changeFor, trialsOf } from "#app/experiments/experiment";
import { runningOn } from "#app/experiments/experiments.server";
import { recordExposures } from "#app/experiments/exposures.server";
import type { Content, ContentProblem } from "./blocks";
import { checkContent } from "./check-content";
import { isBuiltIn, type TemplateKey } from "./default-templates";
import { contentOf, liveTemplate, templatePurpose, type Template } from "./templates.server";

/** Experiments on mails: each variant is a version of the template, and every person gets one of them. */
export const TemplateChangeSchema = z.object({ version: z.int().min(0) });

type Recipient = { personKey: string; orderGid: string | null };

/** The form of a template that this person gets; that they got it is noted with the mail. */
export async function templateFor(
  tx: Tx,
  shopId: ShopId,
  key: TemplateKey,
  { personKey, orderGid }: Recipient,
  now: Date,
): Promise<Template> {
  const template = await liveTemplate(tx, shopId, key);
  const experiment = await runningOn(tx, shopId, "message", key);
  if (!experiment) return template;
  const known = await tx.exposure.findUnique({
    where: { shopId_trialKey_personKey: { shopId, trialKey: experiment.id, personKey } },
  });
  const earlier = known ? { [experiment.id]: known.variant } : {};
  const trials = trialsOf([experiment], personKey, earlier);
  const variant = trials[experiment.id]!;
  await recordExposures(tx, shopId, [
    {
      trialKey: experiment.id,
      personKey,
      variant,
      share: experiment.variants.find((one) => one.key === variant)!.share / 100,
      orderGid,
      valueMinor: 0,
      exposedAt: now,
    },
  ]);
  const change = TemplateChangeSchema.safeParse(changeFor([experiment], trials, "message", key));
  if (!change.success) return template;
  const { version } = change.data;
  return { ...template, version, content: await contentOf(tx, shopId, key, version) };
}

/** Stores another form without making it live. */
export async function addVersion(
  tx: Tx,
  shopId: ShopId,
  key: TemplateKey,
  { content, author, now }: { content: Content; author: string; now: Date },
): Promise<{ status: "saved"; version: number } | { status: "invalid"; problems: ContentProblem[] }> {
  const problems = checkContent(content);
  if (problems.length > 0) return { status: "invalid", problems };
  // Locked by the upsert, so that two at once get different numbers.
  const template = await tx.messageTemplate.upsert({
    where: { shopId_key: { shopId, key } },
    create: { shopId, key, purpose: await templatePurpose(tx, shopId, key), version: 0, updatedAt: now },
    update: { updatedAt: now },
  });
  const last = await tx.messageTemplateVersion.aggregate({ where: { shopId, key }, _max: { version: true } });
  const version = Math.max(last._max.version ?? 0, template.version) + 1;
  await tx.messageTemplateVersion.create({
    data: { shopId, key, version, content, createdAt: now, createdBy: author },
  });
  return { status: "saved", version };
}

/** Makes a stored version the live one. @returns what it replaced, to take it back; null where there is no such version */
export async function goLive(
  tx: Tx,
  shopId: ShopId,
  key: TemplateKey,
  version: number,
  now: Date,
): Promise<{ version: number } | null> {
  const isKnown =
    (version === 0 && isBuiltIn(key)) ||
    (await tx.messageTemplateVersion.count({ where: { shopId, key, version } })) > 0;
  if (!isKnown) return null;
  const { version: replaced } = await liveTemplate(tx, shopId, key);
  await tx.messageTemplate.updateMany({ where: { shopId, key }, data: { version, updatedAt: now } });
  return { version: replaced };
}
