import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData, useRevalidator } from "@remix-run/react";
import { useEffect } from "react";
import { z } from "zod";
import { campaignResults } from "#app/analytics/campaign-results.server";
import { inShop } from "#app/db/in-shop.server";
import { requireShop } from "#app/http/admin.server";
import { campaignState } from "#app/messages/campaign-state";
import {
  allTemplates,
  audienceSize,
  campaignById,
  stopCampaign,
  type Audience,
} from "#app/messages/messages.server";
import { audienceText, campaignStatus } from "#app/ui/campaign-words";
import { CHANNEL_LABELS } from "#app/ui/message-words";
import { Badge, BlockStack, Box, Page } from "#app/ui/polaris";
import { useSave, type SaveResult } from "#app/ui/save";
import { Effect } from "./effect";
import { Progress } from "./progress";
import { Results } from "./results";

export async function loader({ request, params }: LoaderFunctionArgs) {
  const { shop, locale } = await requireShop(request);
  const id = idOf(params.id);
  return inShop(shop.id, async (tx) => {
    const campaign = await campaignById(tx, shop.id, id);
    if (!campaign) throw noSuchCampaign();
    const results = (await campaignResults(tx, shop.id, [campaign])).get(id)!;
    const templates = await allTemplates(tx, shop.id);
    const { name, templateKey, channels, audience, dueAt, planned, suppressed, finishedAt } = campaign;
    const message = templates.find(({ key }) => key === templateKey)?.name ?? templateKey;
    const size = finishedAt
      ? planned + suppressed
      : await audienceSize(tx, shop.id, audience as Audience, new Date());
    return {
      ...{ id, name: name || message, message, channels, dueAt, results, size },
      whom: audienceText(audience as Audience, locale, shop.timezone),
      state: campaignState({ ...campaign, waiting: results.waiting }),
      lookedAt: planned + suppressed,
      ...{ locale, currency: shop.currency, timezone: shop.timezone },
    };
  });
}

export async function action({ request, params }: ActionFunctionArgs): Promise<SaveResult> {
  const { shop } = await requireShop(request);
  const now = new Date();
  const { status } = await inShop(shop.id, (tx) => stopCampaign(tx, shop.id, idOf(params.id), now));
  if (status === "unknown") throw noSuchCampaign();
  return { problems: {}, saved: STOPPED[status] };
}

const STOPPED = {
  cancelled: "Cancelled: nobody gets it",
  stopped: "Stopped: nothing more goes out",
  over: "It is over already",
};

function idOf(text: string | undefined): string {
  const id = z.uuid().safeParse(text);
  if (!id.success) throw noSuchCampaign();
  return id.data;
}

function noSuchCampaign(): Response {
  return new Response("There is no such campaign.", { status: 404 });
}

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `${data?.name ?? "Campaign"} · Postlude` },
];

const POLL_MS = 3_000;

export default function CampaignPage() {
  const data = useLoaderData<typeof loader>();
  const { id, name, message, channels, whom, state, dueAt, results, locale, currency, timezone } = data;
  const { save, saving } = useSave<{ intent: "stop" }>();
  const isOpen = state === "scheduled" || state === "planning" || state === "sending";
  usePolling(isOpen);
  const time = new Intl.DateTimeFormat(locale, { dateStyle: "full", timeStyle: "short", timeZone: timezone });
  const ways = channels.map((channel) => CHANNEL_LABELS[channel] ?? channel).join(", ");
  return (
    <Page
      backAction={{ content: "Campaigns", url: "/app/campaigns" }}
      title={name}
      titleMetadata={<Badge tone={campaignStatus(state).tone}>{campaignStatus(state).label}</Badge>}
      subtitle={`${message} · ${ways} · ${whom} · ${time.format(new Date(dueAt))}`}
      secondaryActions={[
        { content: "Duplicate", url: `/app/campaigns/new?from=${id}` },
        ...(isOpen
          ? [
              {
                content: state === "scheduled" ? "Cancel it" : "Stop it",
                onAction: () => save({ intent: "stop" }),
                destructive: true,
                loading: saving,
              },
            ]
          : []),
      ]}
    >
      <BlockStack gap="400">
        {isOpen && <Progress {...data} />}
        <Results results={results} currency={currency} locale={locale} />
        {results.effect && (
          <Effect effect={results.effect} heldOut={results.heldOut} currency={currency} locale={locale} />
        )}
      </BlockStack>
      <Box paddingBlockEnd="800" />
    </Page>
  );
}

/** Keeps the figures fresh while something happens. */
function usePolling(on: boolean): void {
  const { revalidate } = useRevalidator();
  useEffect(() => {
    if (!on) return;
    const timer = setInterval(revalidate, POLL_MS);
    return () => clearInterval(timer);
  }, [on, revalidate]);
}
