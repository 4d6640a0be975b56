import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData, useSearchParams } from "@remix-run/react";
import { PERIOD_DAYS } from "#app/analytics/period";
import { requireShop } from "#app/http/admin.server";
import { Chart } from "#app/ui/chart";
import { DownloadCsv } from "#app/ui/download-csv";
import { KeyFigure } from "#app/ui/figure";
import { formatMoney } from "#app/ui/money";
import { OfferStatusBadge } from "#app/ui/offer-status";
import { BlockStack, Box, Card, InlineGrid, InlineStack, Link, Page, Select, Text } from "#app/ui/polaris";
import { UpliftCard } from "#app/ui/uplift-card";
import { loadResults } from "./load.server";
import { ReasonBars } from "./reason-bars";

export async function loader({ request, params }: LoaderFunctionArgs) {
  const { shop, locale } = await requireShop(request);
  const { currency, timezone } = shop;
  return { ...(await loadResults(request, params, shop)), currency, timezone, locale };
}

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `Results: ${data?.offer.name ?? "offer"} · Postlude` },
];

export default function OfferResultsPage() {
  const { offer, days, trend, uplift, reasons, currency, timezone, locale } = useLoaderData<typeof loader>();
  const [, setParams] = useSearchParams();
  const count = (value: number) => new Intl.NumberFormat(locale).format(value);
  const money = (minor: number) => formatMoney(minor, currency, locale);
  return (
    <Page
      backAction={{ content: "Offer", url: `/app/offers/${offer.id}` }}
      title={`Results: ${offer.name}`}
      titleMetadata={<OfferStatusBadge standing={offer.standing} />}
      secondaryActions={[{ content: "Explain decisions", url: `/app/offers/decisions?offer=${offer.id}` }]}
    >
      <BlockStack gap="400">
        <Box paddingInline={{ xs: "400", md: "0" }}>
          <InlineStack align="end" blockAlign="end" gap="200">
            <Select
              label="Period"
              labelInline
              options={PERIOD_DAYS.map((one) => ({ label: `Last ${one} days`, value: String(one) }))}
              value={String(days)}
              onChange={(next) =>
                setParams((current) => {
                  current.set("days", next);
                  return current;
                })
              }
            />
            <DownloadCsv url={`/app/offers/${offer.id}/export?days=${days}`} name={offer.name} />
          </InlineStack>
        </Box>
        <KeyFigures />
        <Card>
          <BlockStack gap="400">
            <Chart
              title="Views and acceptances"
              days={trend.map(({ day }) => day)}
              series={[
                { label: "Views", values: trend.map(({ views }) => views), format: count },
                { label: "Accepted", values: trend.map(({ accepts }) => accepts), format: count },
              ]}
              locale={locale}
            />
            <Chart
              title="Net revenue"
              days={trend.map(({ day }) => day)}
              series={[
                {
                  label: "Net revenue",
                  values: trend.map(({ netRevenueMinor }) => netRevenueMinor),
                  format: money,
                },
              ]}
              locale={locale}
            />
          </BlockStack>
        </Card>
        {offer.holdoutPercent > 0 || uplift ? (
          <UpliftCard
            title="What this offer adds"
            uplift={uplift}
            percent={offer.holdoutPercent}
            {...{ currency, timezone, locale }}
          />
        ) : (
          <NoHoldout id={offer.id} />
        )}
        <ReasonBars {...reasons} days={days} locale={locale} />
      </BlockStack>
      <Box paddingBlockEnd="800" />
    </Page>
  );
}

function KeyFigures() {
  const { result, currency, locale } = useLoaderData<typeof loader>();
  const count = new Intl.NumberFormat(locale);
  const percent = new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: 1 });
  return (
    <Card>
      <InlineGrid columns={{ xs: 2, md: 5 }} gap="400">
        <KeyFigure
          label="Net revenue"
          help="What shoppers paid for it, minus refunds and cancellations."
          value={formatMoney(result?.netRevenueMinor ?? 0, currency, locale)}
        />
        <KeyFigure label="Orders" help="Orders that came of it." value={count.format(result?.orders ?? 0)} />
        <KeyFigure
          label="Taken per order"
          help="Acceptances per order for which it stood ready."
          value={result?.takeRate == null ? "–" : percent.format(result.takeRate)}
          note={result ? `of ${count.format(result.eligibleOrders)} orders` : undefined}
        />
        <KeyFigure
          label="Accepted"
          help="How often a shopper took it."
          value={count.format(result?.accepts ?? 0)}
        />
        <KeyFigure label="Views" help="How often it was seen." value={count.format(result?.views ?? 0)} />
      </InlineGrid>
    </Card>
  );
}

function NoHoldout({ id }: { id: string }) {
  return (
    <Card>
      <BlockStack gap="200">
        <Text as="h2" variant="headingMd">
          What this offer adds
        </Text>
        <Text as="p" tone="subdued">
          Some who took it would have bought anyway. To know what this offer alone adds, let a share of
          shoppers never see it: <Link url={`/app/offers/${id}`}>“Never shown to” under Limits</Link>. What
          all offers together add stands on the <Link url="/app/offers">list of offers</Link>.
        </Text>
      </BlockStack>
    </Card>
  );
}
