import type { PolicyEstimate, Refusal } from "#app/decisions/evaluation/estimate-policy";
import type { Question } from "#app/decisions/evaluation/question";
import type { WhatIf } from "#app/decisions/what-if.server";
import { IntervalPlot } from "#app/ui/interval-plot";
import { formatMoney } from "#app/ui/money";
import { Banner, BlockStack, Card, ProgressBar, Text } from "#app/ui/polaris";

type AnswerCardProps = { answer: WhatIf; currency: string; timezone: string; locale: string };

export function AnswerCard({ answer, currency, timezone, locale }: AnswerCardProps) {
  const asked = new Intl.DateTimeFormat(locale, {
    dateStyle: "medium",
    timeStyle: "short",
    timeZone: timezone,
  });
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h2" variant="headingMd">
          {sentenceOf(answer.question)}
        </Text>
        <Text as="p" variant="bodySm" tone="subdued">
          Asked on {asked.format(answer.askedAt)}
        </Text>
        {answer.status === "failed" && (
          <Banner tone="critical">This question could not be worked on. Ask it again.</Banner>
        )}
        {(answer.status === "waiting" || answer.status === "running") && (
          <Progress done={answer.done} total={answer.total} locale={locale} />
        )}
        {answer.result && <Answer result={answer.result} currency={currency} locale={locale} />}
      </BlockStack>
    </Card>
  );
}

function sentenceOf(question: Question): string {
  switch (question.kind) {
    case "floor":
      return `A floor of ${(question.floor * 100).toFixed(2)}% of the order`;
    case "cap":
      return `At most ${question.weekly} ${question.weekly === 1 ? "offer" : "offers"} per shopper in seven days`;
    case "without":
      return `Without “${question.name}”`;
    case "popularity":
      return "Always what is taken most";
    case "previous-model":
      return "Decided by the model before this one";
  }
}

function Progress({ done, total, locale }: { done: number; total: number; locale: string }) {
  const count = new Intl.NumberFormat(locale);
  return (
    <div role="status">
      <BlockStack gap="100">
        <Text as="p">
          {total === 0 ? "Waiting…" : `${count.format(done)} of ${count.format(total)} decisions read`}
        </Text>
        <ProgressBar progress={total === 0 ? 0 : (100 * done) / total} size="small" />
      </BlockStack>
    </div>
  );
}

function Answer({ result, currency, locale }: { result: PolicyEstimate; currency: string; locale: string }) {
  const count = (value: number) =>
    new Intl.NumberFormat(locale, { maximumFractionDigits: 0 }).format(Math.floor(value));
  // Per 100 shoppers: what one of them brings is often less than a cent. Estimates are per decision, and a shopper meets
  // several, on one page after the other; a cart may meet one without ever becoming an order.
  const decisionsOf100 = (100 * result.decisions) / Math.max(1, result.people);
  const money = (minor: number) => formatMoney(Math.round(minor * decisionsOf100), currency, locale);
  const basis = `${count(result.decisions)} decisions about ${count(result.people)} shoppers`;
  if (result.refusal) {
    return (
      <>
        <Banner tone="info" title="The log cannot answer this">
          <p>{REFUSALS[result.refusal](result, count)}</p>
        </Banner>
        {result.decisions > 0 && (
          <Text as="p" tone="subdued">
            {basis}.
          </Text>
        )}
      </>
    );
  }
  const { change } = result;
  return (
    <>
      <Text as="p" variant="headingLg">
        {headline(change, money)}
      </Text>
      <Text as="p">
        The change lies between {money(change.low)} and {money(change.high)} of net value per 100 shoppers,
        with 95% certainty.
      </Text>
      <IntervalPlot
        title="Net value per 100 shoppers"
        kind="bars"
        heading="Estimate"
        format={money}
        points={[
          { label: "What happened", ...result.happened },
          { label: "With these rules (doubly robust)", ...result.dr },
          { label: "Weighted, scaled (SNIPS)", ...result.snips },
          { label: "Weighted (IPS)", ...result.ips },
        ]}
      />
      <Text as="p" tone="subdued">
        {`${basis}; as good as ${count(result.effectiveDecisions)} that went by these rules, ${count(result.effectiveTakings)} of them taken.`}
      </Text>
    </>
  );
}

function headline(change: PolicyEstimate["change"], money: (minor: number) => string): string {
  if (change.low > 0) return `${money(change.value)} more per 100 shoppers`;
  if (change.high < 0) return `${money(-change.value)} less per 100 shoppers`;
  return "No clear difference";
}

type Reason = (result: PolicyEstimate, count: (value: number) => string) => string;

const REFUSALS: Record<Refusal, Reason> = {
  "no-decisions": () => "There are no decisions yet that this question is about.",
  "never-tried": ({ unsupported }) =>
    `In ${Math.ceil(unsupported * 100)}% of the cases these rules would have shown something that was never tried there, so nobody knows what would have come of it. Only a real try can tell: change the setting, or start an experiment.`,
  "few-decisions": ({ effectiveDecisions }, count) =>
    `These rules differ so much from what was done that the log is worth only about ${count(effectiveDecisions)} of their decisions; it takes 1,000.`,
  "few-takings": ({ effectiveTakings }, count) =>
    `For these rules the log is worth only about ${count(effectiveTakings)} of the offers that shoppers take; it takes 50. Ask again when more shoppers have bought.`,
  "propensities-do-not-add-up": () =>
    "The stored probabilities do not agree with what was shown. This is a fault of ours: please report it.",
};
