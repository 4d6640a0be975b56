import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { useEffect, useState } from "react";
import { z } from "zod";
import { experimentResults } from "#app/analytics/experiment-results.server";
import { shopChanged } from "#app/api/shop-changes.server";
import { inShop } from "#app/db/in-shop.server";
import { experimentById, stopExperiment } from "#app/experiments/experiments.server";
import { requireShop } from "#app/http/admin.server";
import { promote, undoPromotion, wasChangedMeanwhile } from "#app/http/experiment-subjects.server";
import { readForm } from "#app/http/form.server";
import { experimentStatus, METRIC_WORDS, subjectName } from "#app/ui/experiment-words";
import { Badge, Banner, BlockStack, Box, Card, Page, Text } from "#app/ui/polaris";
import { useSave, type SaveResult } from "#app/ui/save";
import { Guardrails } from "./guardrails";
import { VariantResults } from "./variant-results";

export async function loader({ request, params }: LoaderFunctionArgs) {
  const { shop, locale } = await requireShop(request);
  const id = idOf(params);
  return inShop(shop.id, async (tx) => {
    const experiment = await experimentById(tx, shop.id, id);
    if (!experiment) throw new Response("No such experiment", { status: 404 });
    const clock = { now: new Date(), timezone: shop.timezone };
    const results = await experimentResults(tx, shop.id, experiment, clock);
    const isChanged = await wasChangedMeanwhile(tx, shop.id, experiment);
    return { experiment, results, isChanged, currency: shop.currency, locale };
  });
}

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `${data?.experiment.name ?? "Experiment"} · Postlude` },
];

const Body = z.discriminatedUnion("intent", [
  z.object({ intent: z.literal("stop") }),
  z.object({ intent: z.literal("undo") }),
  z.object({ intent: z.literal("promote"), variant: z.string() }),
]);
type Body = z.infer<typeof Body>;

export async function action({ request, params }: ActionFunctionArgs) {
  const { shop } = await requireShop(request);
  const id = idOf(params);
  const body = await readForm(request, Body);
  if (!body.ok) return { problems: body.problems } satisfies SaveResult;
  const result = await inShop(shop.id, (tx) => act(tx, shop.id, id, body.value));
  await shopChanged(shop.id);
  return result;
}

type Tx = Parameters<typeof stopExperiment>[0];

async function act(tx: Tx, shopId: number, id: string, body: Body): Promise<SaveResult> {
  const now = new Date();
  if (body.intent === "stop") {
    const { status } = await stopExperiment(tx, shopId, id, now);
    return status === "stopped" ? done("Experiment stopped") : failed("It was already over.");
  }
  if (body.intent === "undo") {
    const undone = await undoPromotion(tx, shopId, id, now);
    return undone
      ? done("Taken back: everything is as it was before")
      : failed("There is nothing to take back.");
  }
  const status = await promote(tx, shopId, id, body.variant, now);
  if (status === "promoted") return done("This variant stays, for everybody");
  return failed(
    status === "over" ? "The experiment is already over." : "What was tested is no longer there.",
  );
}

function done(saved: string): SaveResult {
  return { problems: {}, saved };
}
function failed(problem: string): SaveResult {
  return { problems: { "": problem } };
}

/** An id that is no UUID belongs to no experiment. */
function idOf(params: { id?: string }): string {
  const id = z.uuid().safeParse(params.id);
  if (!id.success) throw new Response("No such experiment", { status: 404 });
  return id.data;
}

export default function ExperimentPage() {
  const { experiment, results, isChanged, currency, locale } = useLoaderData<typeof loader>();
  const { save, saving, problems } = useSave<Body>();
  const [sent, setSent] = useState<string | null>(null);
  useEffect(() => {
    if (!saving) setSent(null);
  }, [saving]);
  const send = (body: Body) => {
    setSent(body.intent === "promote" ? body.variant : body.intent);
    save(body);
  };
  const status = experimentStatus(experiment.status);
  const isOver = experiment.status !== "running";
  const kept = experiment.variants.find(({ key }) => key === experiment.promoted);
  const winner = results.variants.find(({ key }) => key === results.winner);

  return (
    <Page
      backAction={{ content: "Experiments", url: "/app/experiments" }}
      title={experiment.name}
      titleMetadata={<Badge tone={status.tone}>{status.label}</Badge>}
      subtitle={`${subjectName(experiment.subject)} · decides: ${METRIC_WORDS[experiment.metric].label}`}
      primaryAction={
        isOver
          ? undefined
          : { content: "Stop", onAction: () => send({ intent: "stop" }), loading: saving && sent === "stop" }
      }
      secondaryActions={
        experiment.isUndoable
          ? [
              {
                content: "Take back",
                onAction: () => send({ intent: "undo" }),
                loading: saving && sent === "undo",
              },
            ]
          : undefined
      }
    >
      <BlockStack gap="400">
        {problems[""] && <Banner tone="critical" title={problems[""]} />}
        {kept && (
          <Banner tone="success" title={`“${kept.name}” stays, for everybody.`}>
            {experiment.isUndoable && <p>“Take back” puts everything as it was before.</p>}
          </Banner>
        )}
        {results.sampleRatio.isOff && (
          <Banner tone="warning" title="Do not trust these figures">
            <p>
              Shoppers did not land in the variants as planned. Something loses people of one variant, so they
              cannot be compared. Stop this experiment and start a new one.
            </p>
          </Banner>
        )}
        {isChanged && (
          <Banner tone="warning" title="What is tested was changed while the experiment runs">
            <p>Figures from before and after are mixed. Stop this experiment and start a new one.</p>
          </Banner>
        )}
        {!kept && winner && (
          <Banner tone="success" title={`“${winner.name}” is clearly better.`}>
            <p>This holds however often you looked. Keep it with one click below.</p>
          </Banner>
        )}
        {results.variants.map((variant) => (
          <VariantResults
            key={variant.key}
            variant={variant}
            metric={experiment.metric}
            currency={currency}
            locale={locale}
            onPromote={
              experiment.status === "promoted"
                ? undefined
                : () => send({ intent: "promote", variant: variant.key })
            }
            promoting={saving && sent === variant.key}
          />
        ))}
        <Guardrails results={results} currency={currency} locale={locale} />
        <Card>
          <Text as="p" tone="subdued">
            Every shopper meets one variant and keeps it. The intervals hold for all looks together, so you
            may stop at any time. Several variants at once make them wider.
            {experiment.metric === "revenue" &&
              " Differences are adjusted for what orders were worth before, so they are closer to the truth than the two averages side by side."}
          </Text>
        </Card>
      </BlockStack>
      <Box paddingBlockEnd="800" />
    </Page>
  );
}
