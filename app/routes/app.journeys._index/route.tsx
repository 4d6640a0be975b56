import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { z } from "zod";
import { inShop } from "#app/db/in-shop.server";
import { requireShop } from "#app/http/admin.server";
import { readForm } from "#app/http/form.server";
import { allFigures, archiveJourney, journeysOf, switchJourney } from "#app/journeys/journeys.server";
import { TRIGGERS, type TriggerFact } from "#app/journeys/triggers";
import { EmptyState } from "#app/ui/empty-state";
import { Page } from "#app/ui/page";
import { ArchiveLink, EmptyArchive, useArchivedNotice } from "#app/ui/archive";
import { BlockStack, Box, Card } from "#app/ui/polaris";
import type { SaveResult } from "#app/ui/save";
import { useSteps } from "#app/ui/steps";
import { JourneyList } from "./journey-list";

export const meta: MetaFunction = () => [{ title: "Journeys · Postlude" }];

export async function loader({ request }: LoaderFunctionArgs) {
  const { shop, locale } = await requireShop(request);
  const archived = new URL(request.url).searchParams.get("show") === "archived";
  return inShop(shop.id, async (tx) => {
    const figures = await allFigures(tx, shop.id);
    const journeys = await journeysOf(tx, shop.id, new Date(), { archived });
    return {
      ...{ locale, archived },
      rows: journeys.map(({ id, key, name, description, enabled, edited, trigger }) => ({
        ...{ id, name, description, enabled, edited },
        isReady: key !== null,
        starts: TRIGGERS[trigger as TriggerFact].label,
        figures: figures.get(id) ?? null,
      })),
    };
  });
}

const Body = z.object({ intent: z.enum(["on", "off", "archive", "restore"]), id: z.uuid() });
export type JourneyStep = z.infer<typeof Body>["intent"];

export async function action({ request }: ActionFunctionArgs): Promise<SaveResult> {
  const { shop } = await requireShop(request);
  const body = await readForm(request, Body);
  if (!body.ok) return { problems: body.problems };
  const { intent, id } = body.value;
  const now = new Date();
  const done = await inShop(shop.id, async (tx) => {
    if (intent === "on" || intent === "off") return switchJourney(tx, shop.id, id, intent === "on", now);
    return archiveJourney(tx, shop.id, id, intent === "archive", now);
  });
  if (done.status === "unknown") return { problems: { "": "This journey is no longer there." } };
  if (done.status === "invalid") {
    return { problems: { "": `${done.problems[0]!.message} Open the journey to see the step.` } };
  }
  return { problems: {}, saved: DONE[intent] };
}

const DONE: Record<JourneyStep, string> = {
  on: "Journey switched on",
  off: "Journey switched off",
  archive: "Journey archived",
  restore: "Journey brought back",
};

export default function JourneysPage() {
  const { rows, archived, locale } = useLoaderData<typeof loader>();
  const steps = useSteps<JourneyStep>({ on: "off", off: "on", archive: "restore", restore: "archive" });
  useArchivedNotice("Journey", (id) => steps.take("restore", id));
  return (
    <Page
      title={archived ? "Archived journeys" : "Journeys"}
      subtitle={archived ? undefined : "What happens after an order, by itself: who gets what, and when."}
      backAction={archived ? { content: "Journeys", url: "/app/journeys" } : undefined}
      primaryAction={archived ? undefined : { content: "New journey", url: "/app/journeys/new" }}
    >
      <BlockStack gap="400">
        {rows.length > 0 && <JourneyList rows={rows} archived={archived} locale={locale} {...steps} />}
        {rows.length === 0 && !archived && <FirstJourney />}
        {rows.length === 0 && archived && (
          <EmptyArchive>
            No archived journeys. Into an archived journey nobody enters, and who is on the way leaves it
            before anything else is done. It keeps its versions and figures and can be brought back.
          </EmptyArchive>
        )}
        {!archived && <ArchiveLink url="/app/journeys?show=archived">Archived journeys</ArchiveLink>}
      </BlockStack>
      <Box paddingBlockEnd="800" />
    </Page>
  );
}

function FirstJourney() {
  return (
    <Card>
      <EmptyState
        heading="Say the right thing at the right time"
        action={{ content: "Build your first journey", url: "/app/journeys/new" }}
      >
        <p>
          A journey begins with something that happens: an order, a delivery, an answer. Then it waits, asks,
          decides and writes, for each shopper in their own time. Try it on a real order before it runs.
        </p>
      </EmptyState>
    </Card>
  );
}
