import { METRICS_OF, type Subject } from "#app/experiments/subjects";
import type { Choice, Draft } from "#app/http/experiment-drafts.server";
import { subjectName } from "#app/ui/experiment-words";

type DraftVariant = Draft["variants"][number];

/** A draft that needs one change only: half of the shoppers get the thing as it is, half what differs. */
export function draftFor(thing: Choice | { subject: Subject } | undefined): Draft {
  const subject = thing?.subject ?? "offer";
  const known = thing && "id" in thing ? thing : undefined;
  return {
    name: known ? `${subjectName(subject)} “${known.name}”`.slice(0, 80) : "",
    subject,
    subjectId: known?.id ?? "",
    metric: METRICS_OF[subject][0]!,
    variants: [variantOf("As it is", 50, known), variantOf("Changed", 50, known)],
  };
}

function variantOf(name: string, share: number, thing: Choice | undefined): DraftVariant {
  return {
    name,
    share,
    discountPercent: thing?.discountPercent ?? null,
    headline: thing?.headline ?? "",
    body: thing?.body ?? "",
    productGid: null,
    questions: Object.fromEntries((thing?.questions ?? []).map(({ id, text }) => [id, text])),
    subjectLine: thing?.subjectLine ?? "",
    version: null,
  };
}

/** One more, with even shares for all. */
export function addVariant(draft: Draft, thing: Choice): DraftVariant[] {
  return evenly([...draft.variants, variantOf(`Changed ${draft.variants.length}`, 0, thing)]);
}

export function removeVariant(draft: Draft, index: number): DraftVariant[] {
  return evenly(draft.variants.filter((_, at) => at !== index));
}

/** Whole percents; what does not divide goes to the first. */
function evenly(variants: DraftVariant[]): DraftVariant[] {
  const share = Math.floor(100 / variants.length);
  const rest = 100 - share * variants.length;
  return variants.map((variant, index) => ({ ...variant, share: share + (index === 0 ? rest : 0) }));
}
