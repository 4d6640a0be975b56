import {
  redirect,
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
} from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { z } from "zod";
import { lastDays } from "#app/analytics/period";
import { shopUplift } from "#app/analytics/uplift.server";
import { shopChanged } from "#app/api/shop-changes.server";
import { inShop } from "#app/db/in-shop.server";
import { requireShop } from "#app/http/admin.server";
import { readForm } from "#app/http/form.server";
import { standingOf, TOO_MANY_LIVE } from "#app/offers/offer";
import { duplicateOffer, listOffers, moveOffer } from "#app/offers/offers.server";
import { offerResults } from "#app/offers/results.server";
import { settingsOf } from "#app/shops/shops.server";
import { ArchiveLink, EmptyArchive } from "#app/ui/archive";
import { BlockStack, Box, Card, EmptyState, Page } from "#app/ui/polaris";
import type { SaveResult } from "#app/ui/save";
import { UpliftCard } from "#app/ui/uplift-card";
import { OfferList } from "./offer-list";

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `${data?.archived ? "Archived offers" : "Offers"} · Postlude` },
];

const DAYS = 30;

export async function loader({ request }: LoaderFunctionArgs) {
  const { shop, locale } = await requireShop(request);
  const archived = new URL(request.url).searchParams.get("show") === "archived";
  const now = new Date();
  const period = lastDays(DAYS, now, shop.timezone);
  return inShop(shop.id, async (tx) => {
    const results = new Map((await offerResults(tx, shop.id, period)).map((one) => [one.offerId, one]));
    const rows = (await listOffers(tx, shop.id, { archived })).map((offer) => {
      const { id, name, status, discountPercent } = offer;
      const { views = 0, accepts = 0, netRevenueMinor = 0, takeRate = null } = results.get(id) ?? {};
      const standing = standingOf(offer, now);
      return { id, name, status, standing, discountPercent, views, accepts, netRevenueMinor, takeRate };
    });
    const uplift = await shopUplift(tx, shop.id, { now, timezone: shop.timezone });
    const { holdoutPercent } = await settingsOf(tx, shop.id);
    const { currency, timezone } = shop;
    return { rows, archived, uplift, holdoutPercent, currency, timezone, locale };
  });
}

const Body = z.object({
  intent: z.enum(["publish", "pause", "archive", "restore", "duplicate"]),
  id: z.uuid(),
});

const DONE = {
  publish: "Offer is live",
  pause: "Offer paused",
  archive: "Offer archived",
  restore: "Offer is back, paused",
};

export async function action({ request }: ActionFunctionArgs) {
  const { shop } = await requireShop(request);
  const body = await readForm(request, Body);
  if (!body.ok) return { problems: body.problems } satisfies SaveResult;
  const { intent, id } = body.value;
  const now = new Date();
  if (intent === "duplicate") {
    const copy = await inShop(shop.id, (tx) => duplicateOffer(tx, shop, id, now));
    if (!copy) return { problems: { "": "This offer is no longer there." } } satisfies SaveResult;
    return redirect(`/app/offers/${copy}`);
  }
  const { status } = await inShop(shop.id, (tx) => moveOffer(tx, shop.id, id, intent, now));
  await shopChanged(shop.id);
  if (status === "too-many") return { problems: { "": TOO_MANY_LIVE } } satisfies SaveResult;
  if (status !== "moved")
    return { problems: { "": "The offer was changed meanwhile." } } satisfies SaveResult;
  return { problems: {}, saved: DONE[intent] } satisfies SaveResult;
}

export default function OffersPage() {
  const { rows, archived, uplift, holdoutPercent, currency, timezone, locale } =
    useLoaderData<typeof loader>();
  return (
    <Page
      title={archived ? "Archived offers" : "Offers"}
      subtitle={
        rows.length > 0 ? `Figures of the last ${DAYS} days, net of refunds and cancellations.` : undefined
      }
      backAction={archived ? { content: "Offers", url: "/app/offers" } : undefined}
      primaryAction={archived ? undefined : { content: "New offer", url: "/app/offers/new" }}
      secondaryActions={[
        { content: "Experiments", url: "/app/experiments" },
        { content: "What would have happened if…", url: "/app/offers/what-if" },
        { content: "What goes together", url: "/app/offers/companions" },
        { content: "Explain decisions", url: "/app/offers/decisions" },
        { content: "Relevance floor", url: "/app/offers/floor" },
      ]}
    >
      <BlockStack gap="400">
        {rows.length > 0 && <OfferList rows={rows} archived={archived} currency={currency} locale={locale} />}
        {rows.length === 0 && (archived ? <NothingArchived /> : <FirstOffer />)}
        {rows.length > 0 && !archived && (
          <UpliftCard uplift={uplift} percent={holdoutPercent} {...{ currency, timezone, locale }} />
        )}
        {!archived && <ArchiveLink url="/app/offers?show=archived">Archived offers</ArchiveLink>}
      </BlockStack>
      <Box paddingBlockEnd="800" />
    </Page>
  );
}

function FirstOffer() {
  return (
    <Card>
      <EmptyState
        heading="Sell one more thing that really fits"
        action={{ content: "Make your first offer", url: "/app/offers/new" }}
      >
        <p>
          After paying, a shopper sees at most one offer: what other people bought together with the same
          products. They get a code for themselves alone. Where nothing fits well enough, nothing is shown.
        </p>
      </EmptyState>
    </Card>
  );
}

function NothingArchived() {
  return (
    <EmptyArchive>
      No archived offers. An archived offer keeps its figures and can be brought back.
    </EmptyArchive>
  );
}
