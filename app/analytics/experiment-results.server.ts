import type { ShopId, Tx } from "#app/db/tx";
import { compareArms, type Comparison } from "#app/experiments/compare-arms";
import type { Experiment } from "#app/experiments/experiment";
import { GUARDRAILS_OF, type Guardrail, type Metric } from "#app/experiments/subjects";
import { checkSampleRatio, type SampleRatio } from "#app/experiments/sample-ratio";
import { Prisma } from "#app/generated/prisma/client";
import { armOf, armSums, refundOutcome, revenueOutcome, WINDOW_DAYS, type Outcome } from "./arm-sums.server";
import { calendarDays } from "./period";
import { dayByDay, type UpliftDay } from "./uplift.server";

/** An experiment's figures: each variant beside the first one, which is the thing as it is. */
export type VariantResult = {
  key: string;
  name: string;
  share: number;
  people: number;
  /** Per person, or per mail. */
  value: number;
  /** Against the first variant; null for the first one itself. */
  comparison: Comparison | null;
  days: UpliftDay[];
};
export type ExperimentResults = {
  variants: VariantResult[];
  sampleRatio: SampleRatio;
  guardrails: { name: Guardrail; variants: { key: string; value: number; comparison: Comparison }[] }[];
  /** Key of the variant that is clearly best; null as long as there is none. */
  winner: string | null;
};

const DAY = 24 * 60 * 60 * 1000;

export async function experimentResults(
  tx: Tx,
  shopId: ShopId,
  experiment: Experiment,
  { now, timezone }: { now: Date; timezone: string },
): Promise<ExperimentResults> {
  const { id: trialKey, variants, startedAt: since } = experiment;
  const read = (outcome: Outcome) => armSums(tx, shopId, { trialKey, since, timezone }, outcome);
  const sums = await read(outcomeOf(experiment, experiment.metric));
  const [first, ...others] = variants as [Experiment["variants"][number], ...Experiment["variants"]];
  const smallest = Math.min(...variants.map(({ share }) => share)) / 100;
  const compare = (days: typeof sums, key: string) =>
    compareArms(armOf(days, key), armOf(days, first.key), smallest, others.length);
  const until = experiment.endedAt ?? now;
  const length = Math.min(365, Math.ceil((until.getTime() - since.getTime()) / DAY) + 1);
  const days = calendarDays(Math.max(1, length), until, timezone);
  const results = variants.map(({ key, name, share }) => {
    const isFirst = key === first.key;
    const comparison = isFirst ? null : compare(sums, key);
    const { people, y, n } = armOf(sums, key);
    const arms = { treated: key, control: first.key };
    return {
      ...{ key, name, share, people, comparison },
      value: n > 0 ? y / n : 0,
      days: isFirst ? [] : dayByDay(sums, days, smallest, arms, others.length),
    };
  });
  const guardrails: ExperimentResults["guardrails"] = [];
  for (const name of GUARDRAILS_OF[experiment.subject]) {
    const guarded = await read(outcomeOf(experiment, name));
    const beside = others.map(({ key }) => {
      const { y, n } = armOf(guarded, key);
      return { key, value: n > 0 ? y / n : 0, comparison: compare(guarded, key) };
    });
    guardrails.push({ name, variants: beside });
  }
  const sampleRatio = checkSampleRatio(results);
  return { variants: results, sampleRatio, guardrails, winner: winnerOf(results, sampleRatio) };
}

/** The best of those that clearly beat the first; the first itself where all others are clearly worse. */
function winnerOf(variants: VariantResult[], sampleRatio: SampleRatio): string | null {
  if (sampleRatio.isOff) return null;
  const [first, ...others] = variants;
  const better = others.filter(({ comparison }) => comparison!.verdict.state === "better");
  if (better.length > 0) {
    return better.reduce((best, one) =>
      one.comparison!.difference > best.comparison!.difference ? one : best,
    ).key;
  }
  return others.every(({ comparison }) => comparison!.verdict.state === "worse") ? first!.key : null;
}

function outcomeOf({ subject, subjectId }: Experiment, figure: Metric | Guardrail): Outcome {
  switch (figure) {
    case "revenue":
      return revenueOutcome();
    case "refunded":
      return refundOutcome();
    case "taken":
      return placementOutcome(subject, subjectId, "acceptedAt");
    case "dismissed":
      return placementOutcome(subject, subjectId, "dismissedAt");
    case "answered":
      return didOnce(Prisma.sql`SELECT FROM "SurveyResponse" r
        WHERE r."shopId" = e."shopId" AND r."surveyId" = ${subjectId}::uuid AND r.complete
          AND (r."personKey" = e."personKey" OR r."orderGid" = e."orderGid") AND r."answeredAt" >= e."exposedAt"`);
    case "clicks":
      return mailOutcome(subjectId, Prisma.sql`(m."clickedAt" IS NOT NULL)::int`);
    case "unsubscribed":
      return mailOutcome(
        subjectId,
        Prisma.sql`(EXISTS (SELECT FROM "MessageEvent" v WHERE v."shopId" = m."shopId" AND v."messageId" = m.id
          AND v.kind IN ('unsubscribe', 'complaint')))::int`,
      );
  }
}

/** 1 where the person did it within the window, else 0. */
function didOnce(found: Prisma.Sql): Outcome {
  return Prisma.sql`SELECT (EXISTS (${found}))::int::float8 AS y, 1::float8 AS n, 0::float8 AS x`;
}

function placementOutcome(kind: string, candidateId: string, column: "acceptedAt" | "dismissedAt"): Outcome {
  const at = Prisma.raw(`p."${column}"`);
  return didOnce(Prisma.sql`SELECT FROM "Placement" p
    WHERE p."shopId" = e."shopId" AND p."personKey" = e."personKey" AND p.kind = ${kind} AND p."candidateId" = ${candidateId}
      AND ${at} >= e."exposedAt" AND ${at} <= e."exposedAt" + make_interval(days => ${WINDOW_DAYS})`);
}

/** Per mail of this template that went out to the person. */
function mailOutcome(templateKey: string, did: Prisma.Sql): Outcome {
  return Prisma.sql`
    SELECT coalesce(sum(${did}), 0)::float8 AS y, count(*)::float8 AS n, 0::float8 AS x
    FROM "Message" m
    WHERE m."shopId" = e."shopId" AND m."templateKey" = ${templateKey} AND m."sentAt" >= e."exposedAt"
      AND (m."customerGid" = e."personKey" OR m."orderGid" = e."orderGid")`;
}
