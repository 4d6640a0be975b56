import { z } from "zod";
import type { ShopId, Tx } from "#app/db/tx";
import { ExperimentFormSchema, MOST_VARIANTS, type ExperimentForm } from "#app/experiments/experiment";
import { METRICS, METRICS_OF, SUBJECTS, type Subject } from "#app/experiments/subjects";
import { startExperiment } from "#app/experiments/experiments.server";
import { isTemplateKey, type TemplateKey } from "#app/messages/default-templates";
import { addVersion } from "#app/messages/template-experiments.server";
import {
  contentOf,
  liveTemplate,
  liveTemplates,
  templateState,
  versionsOf,
} from "#app/messages/templates.server";
import { listOffers, offerById } from "#app/offers/offers.server";
import { textIn } from "#app/surveys/question";
import { listSurveys, surveyById } from "#app/surveys/surveys.server";
import type { Locale } from "#app/shops/settings";
import type { Problems } from "./form.server";

/** From what a merchant fills in to an experiment: what can be tested, and what each variant changes of it. */
export type Choice = {
  subject: Subject;
  id: string;
  name: string;
  /** Of an offer. */
  discountPercent?: number;
  headline?: string;
  body?: string;
  /** Of a survey. */
  questions?: { id: string; text: string }[];
  /** Of a mail. */
  subjectLine?: string;
  versions?: number[];
};
export type Choices = { things: Choice[]; products: { gid: string; title: string }[] };

const MOST_PRODUCTS = 100;

/** Everything that is live and can be tested. Texts are shown in one language, the shop's first. */
export async function experimentChoices(tx: Tx, shopId: ShopId, locale: Locale): Promise<Choices> {
  const offers = (await listOffers(tx, shopId))
    .filter(({ status }) => status === "live")
    .map(({ id, name, discountPercent, texts }): Choice => {
      const { headline = "", body = "" } = texts[locale] ?? {};
      return { subject: "offer", id, name, discountPercent, headline, body };
    });
  const surveys = (await listSurveys(tx, shopId))
    .filter(({ status }) => status === "live")
    .map(({ id, name, questions }): Choice => {
      const asked = questions.map((question) => ({ id: question.id, text: textIn(question.text, locale) }));
      return { subject: "survey", id, name, questions: asked };
    });
  const messages: Choice[] = [];
  for (const { key, name, enabled, version } of await liveTemplates(tx, shopId)) {
    if (!enabled) continue;
    const content = await contentOf(tx, shopId, key, version);
    const versions = (await versionsOf(tx, shopId, key)).map(({ version }) => version);
    const subjectLine = content.subject[locale] ?? content.subject.en ?? "";
    messages.push({ subject: "message", id: key, name, subjectLine, versions });
  }
  const products = await tx.product.findMany({
    where: { shopId, status: "ACTIVE", deletedAt: null },
    select: { gid: true, title: true },
    orderBy: { title: "asc" },
    take: MOST_PRODUCTS,
  });
  return { things: [...offers, ...surveys, ...messages], products };
}

const DraftVariantSchema = z.object({
  name: z.string(),
  share: z.number("Use a whole number."),
  discountPercent: z
    .int("Use a whole number.")
    .min(0, "Use 0 to 90.")
    .max(90, "Use 0 to 90.")
    .nullable()
    .default(null),
  headline: z.string().trim().max(60, "Use at most 60 characters.").default(""),
  body: z.string().trim().max(160, "Use at most 160 characters.").default(""),
  productGid: z.string().nullable().default(null),
  questions: z.record(z.string(), z.string().trim().max(200, "Use at most 200 characters.")).default({}),
  subjectLine: z.string().trim().max(300, "Use at most 300 characters.").default(""),
  version: z.int().nullable().default(null),
});
export const DraftSchema = z.object({
  name: z.string(),
  subject: z.enum(SUBJECTS, "Choose what to test."),
  subjectId: z.string().min(1, "Choose what to test."),
  metric: z.enum(METRICS),
  /** The first one is the thing as it is. */
  variants: z.array(DraftVariantSchema).min(2, "Compare at least two variants.").max(MOST_VARIANTS),
});
export type Draft = z.infer<typeof DraftSchema>;
type DraftVariant = Draft["variants"][number];

export type DraftContext = { shopId: ShopId; locale: Locale; author: string; now: Date };
export type DraftResult = { status: "started"; id: string } | { status: "refused"; problems: Problems };

export async function startDraft(tx: Tx, draft: Draft, context: DraftContext): Promise<DraftResult> {
  const { shopId, author, now } = context;
  const variants: ExperimentForm["variants"] = [];
  for (const [index, variant] of draft.variants.entries()) {
    const made = index === 0 ? { change: {} } : await changeOf(tx, draft, variant, context);
    if ("problem" in made) return refuse({ [`variants.${index}.${made.at}`]: made.problem });
    variants.push({ key: "abcde"[index]!, name: variant.name, share: variant.share, change: made.change });
  }
  const form = ExperimentFormSchema.safeParse({
    ...draft,
    metric: METRICS_OF[draft.subject].includes(draft.metric) ? draft.metric : METRICS_OF[draft.subject][0],
    variants,
  });
  if (!form.success) {
    return refuse(
      Object.fromEntries(form.error.issues.map(({ path, message }) => [path.join("."), message])),
    );
  }
  const started = await startExperiment(tx, shopId, form.data, { author, now });
  if (started.status === "started") return started;
  return refuse({ subjectId: "Another experiment runs on this. Stop it first." });
}

function refuse(problems: Problems): DraftResult {
  return { status: "refused", problems };
}

type Made = { change: Record<string, unknown> } | { problem: string; at: string };

async function changeOf(tx: Tx, draft: Draft, variant: DraftVariant, context: DraftContext): Promise<Made> {
  if (draft.subject === "offer") return offerChange(tx, draft.subjectId, variant, context);
  if (draft.subject === "survey") return surveyChange(tx, draft.subjectId, variant, context);
  return messageChange(tx, draft.subjectId, variant, context);
}

const NOTHING = "Change something here, otherwise there is nothing to compare.";
const GONE: Made = { problem: "This is no longer there.", at: "name" };

async function offerChange(
  tx: Tx,
  id: string,
  variant: DraftVariant,
  { shopId, locale }: DraftContext,
): Promise<Made> {
  const offer = z.uuid().safeParse(id).success ? await offerById(tx, shopId, id) : null;
  if (!offer) return GONE;
  const { headline = "", body = "" } = offer.texts[locale] ?? {};
  const hasNewDiscount =
    variant.discountPercent !== null && variant.discountPercent !== offer.discountPercent;
  const hasNewWords = variant.headline !== headline || variant.body !== body;
  const gid = variant.productGid;
  if (gid && (await tx.product.count({ where: { shopId, gid } })) === 0) {
    return { problem: "This product is no longer there.", at: "productGid" };
  }
  const change = {
    ...(hasNewDiscount && { discountPercent: variant.discountPercent }),
    ...(hasNewWords && { texts: { [locale]: { headline: variant.headline, body: variant.body } } }),
    ...(gid && gid !== offer.productGid && { selection: "pinned", productGid: gid }),
  };
  return Object.keys(change).length > 0 ? { change } : { problem: NOTHING, at: "discountPercent" };
}

async function surveyChange(
  tx: Tx,
  id: string,
  variant: DraftVariant,
  { shopId, locale }: DraftContext,
): Promise<Made> {
  const survey = z.uuid().safeParse(id).success ? await surveyById(tx, shopId, id) : null;
  if (!survey) return GONE;
  const changed = survey.questions.filter((question) => {
    const words = variant.questions[question.id];
    return !!words && words !== textIn(question.text, locale);
  });
  const [first] = survey.questions;
  if (changed.length === 0) return { problem: NOTHING, at: first ? `questions.${first.id}` : "name" };
  const questions = changed.map((question) => [
    question.id,
    { text: { [locale]: variant.questions[question.id] } },
  ]);
  return { change: { questions: Object.fromEntries(questions) } };
}

async function messageChange(
  tx: Tx,
  id: string,
  { subjectLine, version }: DraftVariant,
  { shopId, locale, author, now }: DraftContext,
): Promise<Made> {
  if (!isTemplateKey(id) || !(await templateState(tx, shopId, id))) return GONE;
  const key: TemplateKey = id;
  const live = await liveTemplate(tx, shopId, key);
  const from = version ?? live.version;
  if (version !== null && !(await isVersion(tx, shopId, key, version))) {
    return { problem: "This version is no longer there.", at: "version" };
  }
  const content = version === null ? live.content : await contentOf(tx, shopId, key, from);
  const hasNewSubject = subjectLine !== "" && subjectLine !== (content.subject[locale] ?? content.subject.en);
  if (!hasNewSubject) {
    return from === live.version ? { problem: NOTHING, at: "subjectLine" } : { change: { version: from } };
  }
  const changed = { ...content, subject: { ...content.subject, [locale]: subjectLine } };
  const saved = await addVersion(tx, shopId, key, { content: changed, author, now });
  if (saved.status === "saved") return { change: { version: saved.version } };
  return { problem: saved.problems[0]?.message ?? "This subject cannot be sent.", at: "subjectLine" };
}

async function isVersion(tx: Tx, shopId: ShopId, key: TemplateKey, version: number): Promise<boolean> {
  return version === 0 || (await tx.messageTemplateVersion.count({ where: { shopId, key, version } })) > 0;
}
