import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { z } from "zod";
import { campaignResults } from "#app/analytics/campaign-results.server";
import { inShop } from "#app/db/in-shop.server";
import { requireShop } from "#app/http/admin.server";
import { campaignState } from "#app/messages/campaign-state";
import { allTemplates, campaignsOf, type Audience } from "#app/messages/messages.server";
import { audienceText } from "#app/ui/campaign-words";
import { Box, Card, EmptyState, InlineStack, Link, Page } from "#app/ui/polaris";
import { CampaignList } from "./campaign-list";

export const meta: MetaFunction = () => [{ title: "Campaigns · Postlude" }];

export async function loader({ request }: LoaderFunctionArgs) {
  const { shop, locale } = await requireShop(request);
  const before = z.uuid().safeParse(new URL(request.url).searchParams.get("before")).data;
  return inShop(shop.id, async (tx) => {
    const { campaigns, more } = await campaignsOf(tx, shop.id, { before });
    const results = await campaignResults(tx, shop.id, campaigns);
    const names = new Map((await allTemplates(tx, shop.id)).map(({ key, name }) => [key as string, name]));
    return {
      ...{ more, locale, currency: shop.currency, timezone: shop.timezone },
      rows: campaigns.map((campaign) => {
        const { id, name, templateKey, dueAt, audience } = campaign;
        const figures = results.get(id)!;
        const state = campaignState({ ...campaign, waiting: figures.waiting });
        const message = names.get(templateKey) ?? templateKey;
        const whom = audienceText(audience as Audience, locale, shop.timezone);
        return { id, name: name || message, message, dueAt, whom, state, ...figures };
      }),
    };
  });
}

export default function CampaignsPage() {
  const { rows, more, ...words } = useLoaderData<typeof loader>();
  return (
    <Page
      title="Campaigns"
      subtitle="One message to many customers, once. Whoever may not be written to is left out, with the reason."
      primaryAction={{ content: "New campaign", url: "/app/campaigns/new" }}
    >
      {rows.length > 0 ? <CampaignList rows={rows} {...words} /> : <FirstCampaign />}
      {more && (
        <Box paddingBlockStart="400">
          <InlineStack align="center">
            <Link url={`/app/campaigns?before=${rows.at(-1)!.id}`}>Older campaigns</Link>
          </InlineStack>
        </Box>
      )}
      <Box paddingBlockEnd="800" />
    </Page>
  );
}

function FirstCampaign() {
  return (
    <Card>
      <EmptyState
        heading="Tell your customers something new"
        action={{ content: "Plan your first campaign", url: "/app/campaigns/new" }}
        secondaryAction={{ content: "Write an email first", url: "/app/messages/new" }}
      >
        <p>
          A new collection, a last day of sale, a thank-you at the end of the year. Choose a message and whom
          it is for; before it goes out you see who gets it, who does not, and why. What repeats by itself is
          a journey.
        </p>
      </EmptyState>
    </Card>
  );
}
