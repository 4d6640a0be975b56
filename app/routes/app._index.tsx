import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { redirect } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { useAppBridge } from "@shopify/app-bridge-react";
import { z } from "zod";
import { analyticsOf, type Analytics } from "#app/analytics/analytics.server";
import { attentionOf, type Attention } from "#app/analytics/attention.server";
import { inShop } from "#app/db/in-shop.server";
import { requireShop } from "#app/http/admin.server";
import { readForm } from "#app/http/form.server";
import { ONBOARDING_STEPS, type Onboarding, type OnboardingStep } from "#app/shops/onboarding";
import { changeSettings, importProgress, settingsOf, startImport } from "#app/shops/shops.server";
import { Chart } from "#app/ui/chart";
import { Figure } from "#app/ui/figure";
import { ImportProgress } from "#app/ui/import-progress";
import { formatMoney } from "#app/ui/money";
import { Badge, BlockStack, Box, Button, Card, InlineGrid, InlineStack, Page, Text } from "#app/ui/polaris";
import { useSave, type SaveResult } from "#app/ui/save";
import { SetupGuide, type GuideStep } from "#app/ui/setup-guide";

export const meta = () => [{ title: "Home · Postlude" }];

const DAYS = 30;

export async function loader({ request }: LoaderFunctionArgs) {
  const { shop, locale } = await requireShop(request);
  const now = new Date();
  const page = await inShop(shop.id, async (tx) => ({
    settings: await settingsOf(tx, shop.id),
    imports: await importProgress(tx, shop.id),
    attention: await attentionOf(tx, shop.id, shop.domain, now),
    analytics: await analyticsOf(tx, shop.id, { days: DAYS, now, timezone: shop.timezone }),
  }));
  const { onboarding, guideDismissed } = page.settings;
  // A merchant who has just arrived is taken by the hand once; leaving a step skips it.
  if (Object.keys(onboarding).length === 0 && !guideDismissed) {
    throw redirect(`/app/onboarding?${new URL(request.url).searchParams}`);
  }
  return {
    shopName: shop.name,
    currency: shop.currency,
    timezone: shop.timezone,
    locale,
    guide: guideDismissed ? null : onboarding,
    imports: page.imports,
    attention: page.attention,
    analytics: page.analytics,
  };
}

const HomeForm = z.union([
  z.object({ guideDismissed: z.boolean() }),
  z.object({ intent: z.literal("start-import") }),
]);

export async function action({ request }: ActionFunctionArgs) {
  const { shop } = await requireShop(request);
  const form = await readForm(request, HomeForm);
  if (!form.ok) return { problems: form.problems } satisfies SaveResult;
  const wish = form.value;
  if ("intent" in wish) {
    const { started } = await inShop(shop.id, (tx) => startImport(tx, shop.id, new Date()));
    const saved = started ? "Import started" : "An import is already running";
    return { problems: {}, saved } satisfies SaveResult;
  }
  await inShop(shop.id, (tx) => changeSettings(tx, shop.id, wish));
  return { problems: {} } satisfies SaveResult;
}

export default function Home() {
  const { shopName, currency, timezone, locale, guide, imports, attention, analytics } =
    useLoaderData<typeof loader>();
  const shopify = useAppBridge();
  const { save, saving } = useSave<z.infer<typeof HomeForm>>();
  const dismiss = () => {
    save({ guideDismissed: true });
    shopify.toast.show("Guide dismissed", {
      action: "Undo",
      onAction: () => save({ guideDismissed: false }),
    });
  };
  return (
    <Page title={`Good to see you, ${shopName}`}>
      <BlockStack gap="400">
        {guide && <SetupGuide steps={guideSteps(guide)} saving={saving} onDismiss={dismiss} />}
        {imports.some(({ status }) => status !== "done") && (
          <ImportProgress
            imports={imports}
            locale={locale}
            starting={saving}
            onStartAgain={() => save({ intent: "start-import" })}
          />
        )}
        <NeedsAttention attention={attention} timezone={timezone} locale={locale} />
        <KeyFigures analytics={analytics} currency={currency} locale={locale} />
      </BlockStack>
      <Box paddingBlockEnd="800" />
    </Page>
  );
}

const STEP_TEXTS: Record<OnboardingStep, { title: string; text: string }> = {
  brand: { title: "Show your brand", text: "Name, colour and address for emails and shoppers' pages." },
  surfaces: { title: "Choose where Postlude appears", text: "Thank-you page, order status page, emails." },
  offer: {
    title: "Publish your first offer",
    text: "What goes with what they bought, learnt from your orders.",
  },
  survey: { title: "Ask your first question", text: "One question, one tap, on the thank-you page." },
  loyalty: {
    title: "Decide on a points programme",
    text: "Points for each order, pending until the return window ends.",
  },
};

/** Where a step that is done can be changed. */
const DONE_PATHS: Record<OnboardingStep, string> = {
  brand: "/app/settings",
  surfaces: "/app/settings",
  offer: "/app/offers",
  survey: "/app/surveys",
  loyalty: "/app/loyalty",
};

function guideSteps(onboarding: Onboarding): GuideStep[] {
  return ONBOARDING_STEPS.map((key) => ({
    key,
    ...STEP_TEXTS[key],
    state: onboarding[key] ?? "open",
    path: onboarding[key] === "done" ? DONE_PATHS[key] : `/app/onboarding?step=${key}`,
  }));
}

type NeedsAttentionProps = { attention: Attention[]; timezone: string; locale: string };

function NeedsAttention({ attention, timezone, locale }: NeedsAttentionProps) {
  const date = new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeZone: timezone });
  const deadline = (count: number, dueAt: Date) =>
    ` ${count === 1 ? "by" : "– the first by"} ${date.format(dueAt)}`;
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h2" variant="headingMd">
          Needs attention
        </Text>
        {attention.length === 0 ? (
          <Text as="p" tone="subdued">
            Nothing needs you now. Failed emails, stopped imports and privacy requests will show up here.
          </Text>
        ) : (
          attention.map(({ key, count, text, path, dueAt, canWait }) => (
            <InlineStack key={key} align="space-between" blockAlign="center">
              <InlineStack gap="200" blockAlign="center">
                <Badge tone={canWait ? "info" : "warning"}>{String(count)}</Badge>
                <Text as="span">
                  {text}
                  {dueAt && deadline(count, dueAt)}
                </Text>
              </InlineStack>
              <Button url={path} variant="plain" accessibilityLabel={`Look at it: ${text}`}>
                Look at it
              </Button>
            </InlineStack>
          ))
        )}
      </BlockStack>
    </Card>
  );
}

function KeyFigures({
  analytics,
  currency,
  locale,
}: {
  analytics: Analytics;
  currency: string;
  locale: string;
}) {
  const { totals, series, days, nps } = analytics;
  const count = (value: number) => new Intl.NumberFormat(locale).format(value);
  const money = (minor: number) => formatMoney(minor, currency, locale);
  const score = new Intl.NumberFormat(locale, { maximumFractionDigits: 0, signDisplay: "exceptZero" });
  return (
    <Card>
      <BlockStack gap="400">
        <InlineStack align="space-between">
          <Text as="h2" variant="headingMd">{`Last ${DAYS} days`}</Text>
          <Button url="/app/analytics" variant="plain">
            All figures
          </Button>
        </InlineStack>
        <InlineGrid columns={{ xs: 2, md: 4 }} gap="400">
          <Figure
            label="Net revenue from offers"
            help="What shoppers paid for offered products, minus refunds."
            value={money(totals.netRevenue.current)}
            compared={totals.netRevenue}
            locale={locale}
          />
          <Figure
            label="Offers accepted"
            help="Offers whose code a shopper asked for."
            value={count(totals.accepts.current)}
            compared={totals.accepts}
            locale={locale}
          />
          <Figure
            label="NPS"
            help="Share of scores 9 and 10 minus share of scores 0 to 6."
            value={nps.current === null ? "–" : score.format(nps.current)}
            note={
              nps.current === null
                ? "Nobody answered yet"
                : `${count(totals.npsAnswers.current)} ${totals.npsAnswers.current === 1 ? "answer" : "answers"}`
            }
            locale={locale}
          />
          <Figure
            label="Messages sent"
            help="Messages the recipient's mail server took."
            value={count(totals.sent.current)}
            compared={totals.sent}
            locale={locale}
          />
        </InlineGrid>
        <Chart
          title="Orders and accepted offers"
          days={days}
          series={[
            { label: "Orders", values: series.orders, format: count },
            { label: "Accepted offers", values: series.accepts, format: count },
          ]}
          locale={locale}
        />
      </BlockStack>
    </Card>
  );
}
