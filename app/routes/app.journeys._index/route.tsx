import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { z } from "zod";
import { inShop } from "#app/db/in-shop.server";
import { requireShop } from "#app/http/admin.server";
import { readForm } from "#app/http/form.server";
import { allFigures, journeysOf, switchJourney } from "#app/journeys/journeys.server";
import { TRIGGERS, type TriggerFact } from "#app/journeys/triggers";
import { EmptyState } from "#app/ui/empty-state";
import { Page } from "#app/ui/page";
import { BlockStack, Box, Card } from "#app/ui/polaris";
import type { SaveResult } from "#app/ui/save";
import { JourneyList } from "./journey-list";

export const meta: MetaFunction = () => [{ title: "Journeys · Postlude" }];

export async function loader({ request }: LoaderFunctionArgs) {
  const { shop, locale } = await requireShop(request);
  return inShop(shop.id, async (tx) => {
    const figures = await allFigures(tx, shop.id);
    const journeys = await journeysOf(tx, shop.id, new Date());
    return {
      locale,
      rows: journeys.map(({ id, key, name, description, enabled, edited, trigger }) => ({
        ...{ id, name, description, enabled, edited },
        isReady: key !== null,
        starts: TRIGGERS[trigger as TriggerFact].label,
        figures: figures.get(id) ?? null,
      })),
    };
  });
}

const Body = z.object({ intent: z.enum(["on", "off"]), id: z.uuid() });
export type SwitchIntent = z.infer<typeof Body>["intent"];

export async function action({ request }: ActionFunctionArgs): Promise<SaveResult> {
  const { shop } = await requireShop(request);
  const body = await readForm(request, Body);
  if (!body.ok) return { problems: body.problems };
  const { intent, id } = body.value;
  const now = new Date();
  const { status } = await inShop(shop.id, (tx) => switchJourney(tx, shop.id, id, intent === "on", now));
  if (status !== "switched") return { problems: { "": "This journey is no longer there." } };
  return { problems: {}, saved: `Journey switched ${intent}` };
}

export default function JourneysPage() {
  const { rows, locale } = useLoaderData<typeof loader>();
  return (
    <Page
      title="Journeys"
      subtitle="What happens after an order, by itself: who gets what, and when."
      primaryAction={{ content: "New journey", url: "/app/journeys/new" }}
    >
      <BlockStack gap="400">
        {rows.length > 0 ? <JourneyList rows={rows} locale={locale} /> : <FirstJourney />}
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
