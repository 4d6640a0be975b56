import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData, useSearchParams } from "@remix-run/react";
import { z } from "zod";
import { inShop } from "#app/db/in-shop.server";
import { storableText } from "#app/db/storable";
import { requireShop } from "#app/http/admin.server";
import { privacyRequests, takeExport } from "#app/privacy/privacy.server";
import { deadLetters, replayDeadLetters } from "#app/queue/dead-letters.server";
import { inboxEntries, inboxOverview, replayWebhooks } from "#app/queue/inbox.server";
import { BlockStack, Box, Card, Page, Tabs, Text } from "#app/ui/polaris";
import { JobsTable } from "./jobs-table";
import { PrivacyTable } from "./privacy-table";
import { WebhooksTable } from "./webhooks-table";

export const meta: MetaFunction = () => [{ title: "Activity · Postlude" }];

const PAGE_SIZE = 25;

const QuerySchema = z.object({
  view: z.enum(["webhooks", "jobs", "privacy"]).catch("webhooks"),
  status: z.enum(["pending", "done", "ignored", "malformed", "failed"]).optional().catch(undefined),
  topic: z.string().max(100).transform(storableText).optional(),
  page: z.coerce.number().int().min(1).max(10_000).catch(1),
});

export async function loader({ request }: LoaderFunctionArgs) {
  const { shop, locale } = await requireShop(request);
  const query = QuerySchema.parse(Object.fromEntries(new URL(request.url).searchParams));
  const filter = {
    ...(query.status ? { status: query.status } : {}),
    ...(query.topic ? { topic: query.topic } : {}),
  };
  // One more than shown tells whether there is a next page.
  const slice = { skip: (query.page - 1) * PAGE_SIZE, take: PAGE_SIZE + 1 };
  const found = await inShop(shop.id, async (tx) => ({
    overview: await inboxOverview(tx, shop.domain),
    webhooks: query.view === "webhooks" ? await inboxEntries(tx, shop.domain, filter, slice) : [],
    jobs: query.view === "jobs" ? await deadLetters(tx, shop.id, slice) : [],
    requests: query.view === "privacy" ? await privacyRequests(tx, shop.id, slice) : [],
    cursor: await tx.syncCursor.findUnique({
      where: { shopId_resource: { shopId: shop.id, resource: "orders" } },
    }),
  }));
  const rows = Math.max(found.webhooks.length, found.jobs.length, found.requests.length);
  return {
    query,
    overview: found.overview,
    webhooks: found.webhooks.slice(0, PAGE_SIZE),
    jobs: found.jobs.slice(0, PAGE_SIZE),
    requests: found.requests.slice(0, PAGE_SIZE),
    repaired: found.cursor && { count: found.cursor.repaired, checkedAt: found.cursor.checkedAt },
    hasNext: rows > PAGE_SIZE,
    locale,
    timezone: shop.timezone,
  };
}

const ActionSchema = z.discriminatedUnion("intent", [
  z.object({ intent: z.literal("replay-webhook"), webhookId: z.string().max(200).transform(storableText) }),
  z.object({ intent: z.literal("replay-failed-webhooks") }),
  z.object({ intent: z.literal("replay-job"), id: z.uuid() }),
  z.object({ intent: z.literal("replay-all-jobs") }),
  z.object({ intent: z.literal("export"), id: z.uuid() }),
]);

export type ActivityResult =
  | { status: "replayed"; count: number }
  | { status: "export"; fileName: string; data: object }
  | { status: "refused"; problem: string };

export async function action({ request }: ActionFunctionArgs): Promise<ActivityResult> {
  const { shop } = await requireShop(request);
  const input = ActionSchema.safeParse(Object.fromEntries(await request.formData()));
  if (!input.success) return { status: "refused", problem: "This page is out of date. Load it again." };
  const wish = input.data;
  const now = new Date();
  return inShop(shop.id, async (tx): Promise<ActivityResult> => {
    switch (wish.intent) {
      case "replay-webhook":
        return { status: "replayed", count: await replayWebhooks(tx, shop.domain, wish, now) };
      case "replay-failed-webhooks":
        return { status: "replayed", count: await replayWebhooks(tx, shop.domain, "failed", now) };
      case "replay-job":
        return { status: "replayed", count: await replayDeadLetters(tx, shop.id, wish.id) };
      case "replay-all-jobs":
        return { status: "replayed", count: await replayDeadLetters(tx, shop.id, "all") };
      case "export": {
        const data = await takeExport(tx, shop.id, wish.id, now);
        if (!data) return { status: "refused", problem: "There is nothing to download for this request." };
        return { status: "export", fileName: `customer-data-${wish.id}.json`, data };
      }
    }
  });
}

const VIEWS = [
  { id: "webhooks", content: "Events from Shopify", panelID: "activity-panel" },
  { id: "jobs", content: "Failed jobs", panelID: "activity-panel" },
  { id: "privacy", content: "Privacy requests", panelID: "activity-panel" },
] as const;

export default function ActivityPage() {
  const loaded = useLoaderData<typeof loader>();
  const [params, setParams] = useSearchParams();
  const { view, page } = loaded.query;
  const change = (changes: Record<string, string | undefined>) => {
    const next = new URLSearchParams(params);
    for (const [name, value] of Object.entries({ page: undefined, ...changes })) {
      if (value) next.set(name, value);
      else next.delete(name);
    }
    setParams(next, { preventScrollReset: true });
  };
  const paging = {
    page,
    hasNext: loaded.hasNext,
    go: (to: number) => change({ page: String(to) }),
  };
  const formatTime = timeFormat(loaded.locale, loaded.timezone);

  return (
    <Page title="Activity" subtitle="What Shopify told Postlude, and what became of it.">
      <BlockStack gap="400">
        <Card padding="0">
          <Tabs
            tabs={[...VIEWS]}
            selected={VIEWS.findIndex(({ id }) => id === view)}
            onSelect={(index) => change({ view: VIEWS[index]!.id, status: undefined, topic: undefined })}
          />
          <div id="activity-panel">
            {view === "webhooks" && (
              <WebhooksTable
                webhooks={loaded.webhooks}
                overview={loaded.overview}
                filter={loaded.query}
                onFilter={change}
                formatTime={formatTime}
                paging={paging}
              />
            )}
            {view === "jobs" && <JobsTable jobs={loaded.jobs} formatTime={formatTime} paging={paging} />}
            {view === "privacy" && (
              <PrivacyTable requests={loaded.requests} formatTime={formatTime} paging={paging} />
            )}
          </div>
        </Card>
        {view === "webhooks" && <Repaired repaired={loaded.repaired} formatTime={formatTime} />}
      </BlockStack>
      <Box paddingBlockEnd="800" />
    </Page>
  );
}

export type FormatTime = (time: string | Date | null) => string;
export type Paging = { page: number; hasNext: boolean; go: (page: number) => void };

function timeFormat(locale: string, timezone: string): FormatTime {
  const format = new Intl.DateTimeFormat(locale, {
    dateStyle: "medium",
    timeStyle: "short",
    timeZone: timezone,
  });
  return (time) => (time ? format.format(new Date(time)) : "");
}

/** Shopify does not promise to deliver every event; this tells how often it did not, and that nothing is missing. */
function Repaired({
  repaired,
  formatTime,
}: {
  repaired: { count: number; checkedAt: string | Date } | null;
  formatTime: FormatTime;
}) {
  return (
    <Card>
      <BlockStack gap="100">
        <Text as="h2" variant="headingSm">
          Events that never came
        </Text>
        <Text as="p" tone="subdued">
          {repaired
            ? `Every 15 minutes Postlude compares its orders with Shopify's. Repaired so far: ${repaired.count}. Last look: ${formatTime(repaired.checkedAt)}.`
            : "Every 15 minutes Postlude compares its orders with Shopify's and fetches what is missing. The first look is still to come."}
        </Text>
      </BlockStack>
    </Card>
  );
}
