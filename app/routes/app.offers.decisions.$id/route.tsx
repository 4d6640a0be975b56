import type { LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { z } from "zod";
import { inShop } from "#app/db/in-shop.server";
import { decisionById } from "#app/decisions/explain.server";
import { voicesOf } from "#app/decisions/what-spoke.server";
import { requireShop } from "#app/http/admin.server";
import { offerNames, productTitles } from "#app/offers/titles.server";
import { advertiserTitles } from "#app/sponsored/titles.server";
import { isRefused, SURFACE_WORDS } from "#app/ui/decision-words";
import { formatMoney } from "#app/ui/money";
import { BlockStack, Box, Card, Page, Text } from "#app/ui/polaris";
import { CandidateTable } from "./candidate-table";
import { WhatSpoke } from "./what-spoke";

export async function loader({ request, params }: LoaderFunctionArgs) {
  const { shop, locale } = await requireShop(request);
  const id = z.uuid().safeParse(params.id);
  return inShop(shop.id, async (tx) => {
    const decision = id.success ? await decisionById(tx, shop.id, id.data) : null;
    if (!decision) throw new Response("No such decision", { status: 404 });
    const gids = decision.candidates.flatMap(({ subject }) => (subject ? [subject] : []));
    const titles = {
      ...(await offerNames(tx, shop.id, offersAmong(decision.candidates))),
      ...(await productTitles(tx, shop.id, [...new Set(gids)])),
      ...(await advertiserTitles(tx, shop.id, gids)),
    };
    const voices = await voicesOf(tx, shop.id, decision);
    return { decision, voices, titles, locale, currency: shop.currency, timezone: shop.timezone };
  });
}

export const meta = () => [{ title: "Why this decision · Postlude" }];

export default function ExplainPage() {
  const { decision, voices, titles, locale, currency, timezone } = useLoaderData<typeof loader>();
  const time = new Intl.DateTimeFormat(locale, { dateStyle: "long", timeStyle: "short", timeZone: timezone });
  const { context, candidates } = decision;
  const money = (minor: number) => formatMoney(minor, currency, locale);
  const titleOf = (index: number) => {
    const { id, subject = "" } = candidates[index]!;
    return titles[subject] ?? id;
  };
  const byChance = [...candidates].sort(
    (a, b) =>
      Number(isRefused(a.reason)) - Number(isRefused(b.reason)) ||
      (a.position ?? Infinity) - (b.position ?? Infinity) ||
      b.propensity - a.propensity ||
      b.score - a.score,
  );
  return (
    <Page
      backAction={{ content: "Decisions", url: "/app/offers/decisions" }}
      title="Why this decision"
      subtitle={`${SURFACE_WORDS[decision.surface] ?? decision.surface}, ${time.format(new Date(decision.decidedAt))}`}
    >
      <BlockStack gap="400">
        <Card>
          <BlockStack gap="200">
            <Text as="h2" variant="headingMd">
              How it was decided
            </Text>
            <Text as="p">
              {context
                ? `The order was worth ${money(context.orderValueMinor)}. To be shown, an offer had to be worth at least ${money(context.floorMinor)} on average: its chance to be accepted times what would be left of its price after discount and cost.`
                : "This shopper’s data was erased on request, and what their order was worth with it."}
            </Text>
            <Text as="p">{verdict(context, decision.placements.length, candidates)}</Text>
            <Text as="p" variant="bodySm" tone="subdued">
              Model {decision.modelVersion}. The choice is drawn with the chances below, so that new products
              get their turn; with the stored seed it can be drawn again.
            </Text>
          </BlockStack>
        </Card>
        {candidates.length > 0 && (
          <CandidateTable candidates={byChance} titles={titles} currency={currency} locale={locale} />
        )}
        {voices.length > 0 && <WhatSpoke voices={voices} titleOf={titleOf} locale={locale} />}
      </BlockStack>
      <Box paddingBlockEnd="800" />
    </Page>
  );
}

function offersAmong(candidates: { kind: string; id: string }[]): string[] {
  return [...new Set(candidates.flatMap(({ kind, id }) => (kind === "offer" ? [id] : [])))];
}

type Verdict = { holdout: boolean; drawn: boolean };

function verdict(context: Verdict | null, shown: number, candidates: { reason?: string }[]): string {
  const weighed = candidates.filter(({ reason }) => !isRefused(reason)).length;
  if (candidates.length === 0) return "There was no product to choose from.";
  if (shown > 0)
    return `${weighed} ${weighed === 1 ? "was" : "were"} weighed, and ${shown === 1 ? "one was" : `${shown} were`} drawn.`;
  if (context?.holdout)
    return "This shopper is in the group that sees no offers, to measure what offers add.";
  if (context?.drawn) return "Showing nothing was drawn: no product was clearly worth the attention.";
  return "No product passed; each row says why.";
}
