import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { z } from "zod";
import { calendarDays, lastDays } from "#app/analytics/period";
import { shopChanged } from "#app/api/shop-changes.server";
import { inShop } from "#app/db/in-shop.server";
import { requireShop } from "#app/http/admin.server";
import { readForm } from "#app/http/form.server";
import { listAdvertisers } from "#app/sponsored/advertisers.server";
import { standingUnder } from "#app/sponsored/block-rules";
import {
  campaignResults,
  earningsByDay,
  invalidClicks,
  type CampaignResult,
} from "#app/sponsored/results.server";
import { listCampaigns, moveCampaign } from "#app/sponsored/sponsored.server";
import { sponsoredTerms } from "#app/sponsored/terms.server";
import { ArchiveLink } from "#app/ui/archive";
import { BlockStack, Box, Page } from "#app/ui/polaris";
import type { SaveResult } from "#app/ui/save";
import { REFUSED_STEPS } from "#app/ui/sponsored-words";
import { CampaignTable, type CampaignRow } from "./campaign-table";
import { FirstSteps, NothingArchived } from "./first-steps";
import { Results } from "./results";

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `${data?.archived ? "Archived campaigns" : "Sponsored"} · Postlude` },
];

const DAYS = 30;

export async function loader({ request }: LoaderFunctionArgs) {
  const { shop, locale } = await requireShop(request);
  const archived = new URL(request.url).searchParams.get("show") === "archived";
  const now = new Date();
  const period = lastDays(DAYS, now, shop.timezone);
  return inShop(shop.id, async (tx) => {
    // Those of archived campaigns too: what they earned is in the sum as well.
    const all = await campaignResults(tx, shop.id, period);
    const results = new Map(all.map((one) => [one.campaignId, one]));
    const campaigns = await listCampaigns(tx, shop.id, { archived });
    const rules = await sponsoredTerms(tx, shop.id);
    const rows = campaigns.map((campaign): CampaignRow => {
      const { id, name, status, model, bidMinor, currency, budgetMinor, spentMinor, advertiser } = campaign;
      const { views = 0, clicks = 0, conversions = 0, earnedMinor = 0 } = results.get(id) ?? {};
      return {
        ...{ id, name, status, model, bidMinor, currency, budgetMinor, spentMinor },
        ...{ views, clicks, conversions, earnedMinor },
        ...standingUnder(campaign, rules, now),
        advertiser: { name: advertiser.name, status: advertiser.status },
      };
    });
    const earned = new Map(
      (await earningsByDay(tx, shop.id, period, shop.timezone)).map((one) => [one.day, one]),
    );
    const days = calendarDays(DAYS, now, shop.timezone);
    return {
      rows,
      archived,
      hasCampaigns: all.length > 0,
      hasAdvertisers: (await listAdvertisers(tx, shop.id)).length > 0,
      results: {
        days,
        own: days.map((day) => earned.get(day)?.ownMinor ?? 0),
        sponsored: days.map((day) => earned.get(day)?.sponsoredMinor ?? 0),
        views: total(all, "views"),
        clicks: total(all, "clicks"),
        conversions: total(all, "conversions"),
        invalid: await invalidClicks(tx, shop.id, period),
      },
      currency: shop.currency,
      locale,
    };
  });
}

function total(rows: CampaignResult[], name: "views" | "clicks" | "conversions"): number {
  return rows.reduce((sum, row) => sum + row[name], 0);
}

const Body = z.object({
  intent: z.enum(["approve", "reject", "pause", "resume", "archive", "reconsider"]),
  id: z.uuid(),
});

const DONE = {
  approve: "Campaign approved, it is live",
  reject: "Campaign rejected",
  pause: "Campaign paused",
  resume: "Campaign is live",
  archive: "Campaign archived",
  reconsider: "Campaign waits for your approval",
};

export async function action({ request }: ActionFunctionArgs): Promise<SaveResult> {
  const { shop } = await requireShop(request);
  const body = await readForm(request, Body);
  if (!body.ok) return { problems: body.problems };
  const { intent, id } = body.value;
  const { status } = await inShop(shop.id, (tx) => moveCampaign(tx, shop.id, id, intent, new Date()));
  await shopChanged(shop.id);
  return status === "moved"
    ? { problems: {}, saved: DONE[intent] }
    : { problems: { "": REFUSED_STEPS[status] } };
}

const PLACES = [
  { content: "Advertisers", url: "/app/sponsored/advertisers" },
  { content: "Rules", url: "/app/sponsored/rules" },
  { content: "Ledger", url: "/app/sponsored/ledger" },
  { content: "Partner exchange", url: "/app/sponsored/partners" },
];

export default function SponsoredPage() {
  const { rows, archived, hasCampaigns, hasAdvertisers, results, currency, locale } =
    useLoaderData<typeof loader>();
  return (
    <Page
      title={archived ? "Archived campaigns" : "Sponsored"}
      subtitle={
        rows.length > 0 && !archived ? `Figures of the last ${DAYS} days, net of reversals.` : undefined
      }
      backAction={archived ? { content: "Sponsored", url: "/app/sponsored" } : undefined}
      primaryAction={
        archived || !hasAdvertisers
          ? undefined
          : { content: "New campaign", url: "/app/sponsored/campaigns/new" }
      }
      secondaryActions={archived ? [] : PLACES}
    >
      <BlockStack gap="400">
        {rows.length === 0 &&
          (archived ? <NothingArchived /> : <FirstSteps hasAdvertisers={hasAdvertisers} />)}
        {rows.length > 0 && <CampaignTable rows={rows} currency={currency} locale={locale} />}
        {hasCampaigns && !archived && <Results {...results} currency={currency} locale={locale} />}
        {!archived && <ArchiveLink url="/app/sponsored?show=archived">Archived campaigns</ArchiveLink>}
      </BlockStack>
      <Box paddingBlockEnd="800" />
    </Page>
  );
}
