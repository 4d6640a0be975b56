import type { LoaderFunctionArgs } from "@remix-run/node";
import { Fragment } from "react";
import { useLoaderData, useNavigation, useSearchParams } from "@remix-run/react";
import { analyticsOf, type Analytics, type FigureName } from "#app/analytics/analytics.server";
import { PERIOD_DAYS, periodDays } from "#app/analytics/period";
import { shopUplift } from "#app/analytics/uplift.server";
import { inShop } from "#app/db/in-shop.server";
import { requireShop } from "#app/http/admin.server";
import { settingsOf } from "#app/shops/shops.server";
import { Chart, type ChartSeries } from "#app/ui/chart";
import { Figure } from "#app/ui/figure";
import { formatMoney } from "#app/ui/money";
import {
  BlockStack,
  Box,
  Button,
  Card,
  InlineGrid,
  InlineStack,
  Page,
  Select,
  Spinner,
  Text,
} from "#app/ui/polaris";
import { UpliftCard } from "#app/ui/uplift-card";

export const meta = () => [{ title: "Analytics · Postlude" }];

export async function loader({ request }: LoaderFunctionArgs) {
  const { shop, locale } = await requireShop(request);
  const days = periodDays(new URL(request.url).searchParams.get("days"));
  const clock = { now: new Date(), timezone: shop.timezone };
  const figures = await inShop(shop.id, async (tx) => ({
    analytics: await analyticsOf(tx, shop.id, { days, ...clock }),
    uplift: await shopUplift(tx, shop.id, clock),
    holdoutPercent: (await settingsOf(tx, shop.id)).holdoutPercent,
  }));
  return { ...figures, days, currency: shop.currency, timezone: shop.timezone, locale };
}

export default function AnalyticsPage() {
  const { analytics, uplift, holdoutPercent, days, currency, timezone, locale } =
    useLoaderData<typeof loader>();
  const [, setParams] = useSearchParams();
  const loading = useNavigation().state === "loading";
  const money = (minor: number) => formatMoney(minor, currency, locale);
  const count = (value: number) => new Intl.NumberFormat(locale).format(value);
  const view = { analytics, locale, money, count };

  return (
    <Page
      title="Analytics"
      subtitle={`Days begin at midnight in ${timezone.replaceAll("_", " ")}. Revenue is net of refunds.`}
    >
      <BlockStack gap="400">
        <Box paddingInline={{ xs: "400", md: "0" }}>
          <InlineStack align="end" blockAlign="center" gap="200">
            {loading && <Spinner size="small" accessibilityLabel="Loading figures" />}
            <Select
              label="Period"
              labelInline
              options={PERIOD_DAYS.map((length) => ({ label: `Last ${length} days`, value: String(length) }))}
              value={String(days)}
              onChange={(value) => setParams({ days: value }, { preventScrollReset: true })}
            />
          </InlineStack>
        </Box>
        {AREAS.map((area) => (
          <Fragment key={area.title}>
            <Area area={area} view={view} />
            {area.title === "Offers" && (
              <UpliftCard uplift={uplift} percent={holdoutPercent} {...{ currency, timezone, locale }} />
            )}
          </Fragment>
        ))}
      </BlockStack>
      <Box paddingBlockEnd="800" />
    </Page>
  );
}

type View = {
  analytics: Analytics;
  locale: string;
  money: (minor: number) => string;
  count: (value: number) => string;
};

type AreaFigure = {
  name: FigureName;
  label: string;
  help: string;
  money?: boolean;
  lessIsBetter?: boolean;
};
type AreaDefinition = {
  title: string;
  /** What stands where nothing happened, and where to make something happen. */
  empty: string;
  path: string;
  link: string;
  figures: AreaFigure[];
  chart: FigureName[];
};

const AREAS: AreaDefinition[] = [
  {
    title: "Offers",
    empty: "No shopper has seen an offer in this period.",
    path: "/app/offers",
    link: "Look at your offers",
    figures: [
      { name: "views", label: "Views", help: "Offers that came into a shopper's view." },
      { name: "accepts", label: "Accepted", help: "Offers whose code a shopper asked for." },
      { name: "offerOrders", label: "Orders", help: "Orders placed with an offer's code." },
      {
        name: "netRevenue",
        label: "Net revenue",
        help: "What these orders paid for the offered products, minus refunds.",
        money: true,
      },
    ],
    chart: ["views", "accepts"],
  },
  {
    title: "Surveys",
    empty: "No answers in this period.",
    path: "/app/surveys",
    link: "Look at your surveys",
    figures: [
      { name: "responses", label: "Answers", help: "Surveys that were finished." },
      { name: "npsAnswers", label: "NPS answers", help: "Answers to the 0 to 10 question." },
      { name: "promoters", label: "Promoters", help: "Scores of 9 and 10." },
      { name: "detractors", label: "Detractors", help: "Scores of 0 to 6.", lessIsBetter: true },
    ],
    chart: ["responses", "promoters", "detractors"],
  },
  {
    title: "Messages",
    empty: "No message was sent in this period.",
    path: "/app/messages",
    link: "Look at your messages",
    figures: [
      { name: "sent", label: "Sent", help: "Messages the recipient's mail server took." },
      {
        name: "bounced",
        label: "Bounced",
        help: "Messages that came back, or were reported as spam.",
        lessIsBetter: true,
      },
      {
        name: "humanClicks",
        label: "Clicks by people",
        help: "Clicks, without those of scanners and previews.",
      },
      {
        name: "unsubscribes",
        label: "Unsubscribed",
        help: "People who said no to further messages.",
        lessIsBetter: true,
      },
    ],
    chart: ["sent", "humanClicks"],
  },
  {
    title: "Loyalty",
    empty: "No points moved in this period.",
    path: "/app/loyalty",
    link: "Look at your programme",
    figures: [
      { name: "joined", label: "Joined", help: "People who became members." },
      {
        name: "pointsPending",
        label: "Points pending",
        help: "Points of new orders that wait for the return window to end.",
      },
      { name: "pointsApproved", label: "Points approved", help: "Points that became spendable." },
      {
        name: "pointsTaken",
        label: "Points taken back",
        help: "Points of refunded or cancelled orders, and joining bonuses given twice.",
        lessIsBetter: true,
      },
    ],
    chart: ["pointsPending", "pointsApproved"],
  },
];

function Area({ area, view }: { area: AreaDefinition; view: View }) {
  const { analytics, locale, money, count } = view;
  const nothing = area.figures.every(({ name }) => {
    const { current, previous } = analytics.totals[name];
    return current === 0 && previous === 0;
  });
  const series: ChartSeries[] = area.chart.map((name) => {
    const figure = area.figures.find((one) => one.name === name)!;
    return { label: figure.label, values: analytics.series[name], format: figure.money ? money : count };
  });
  return (
    <Card>
      <BlockStack gap="400">
        <InlineStack align="space-between" blockAlign="center">
          <Text as="h2" variant="headingMd">
            {area.title}
          </Text>
          {area.title === "Surveys" && <Nps nps={analytics.nps} locale={locale} />}
        </InlineStack>
        {nothing ? (
          <InlineStack gap="300" blockAlign="center">
            <Text as="p" tone="subdued">
              {area.empty}
            </Text>
            <Button url={area.path} variant="plain">
              {area.link}
            </Button>
          </InlineStack>
        ) : (
          <>
            <InlineGrid columns={{ xs: 2, md: 4 }} gap="400">
              {area.figures.map((figure) => (
                <Figure
                  key={figure.name}
                  label={figure.label}
                  help={figure.help}
                  value={(figure.money ? money : count)(analytics.totals[figure.name].current)}
                  compared={analytics.totals[figure.name]}
                  lessIsBetter={figure.lessIsBetter}
                  locale={locale}
                />
              ))}
            </InlineGrid>
            <Chart title={`${area.title} per day`} days={analytics.days} series={series} locale={locale} />
          </>
        )}
      </BlockStack>
    </Card>
  );
}

function Nps({ nps, locale }: { nps: Analytics["nps"]; locale: string }) {
  if (nps.current === null) return null;
  const format = new Intl.NumberFormat(locale, { maximumFractionDigits: 0, signDisplay: "exceptZero" });
  return (
    <Text as="p" variant="headingMd">
      NPS {format.format(nps.current)}
      {nps.previous !== null && (
        <Text as="span" variant="bodySm" tone="subdued">{` (before: ${format.format(nps.previous)})`}</Text>
      )}
    </Text>
  );
}
