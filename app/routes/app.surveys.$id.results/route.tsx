import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData, useNavigation, useSearchParams } from "@remix-run/react";
import { PERIOD_DAYS } from "#app/analytics/period";
import { inShop } from "#app/db/in-shop.server";
import { requireShop } from "#app/http/admin.server";
import { commentsOf, surveyResults } from "#app/surveys/surveys.server";
import { Chart } from "#app/ui/chart";
import { DownloadCsv } from "#app/ui/download-csv";
import { BlockStack, Box, Card, InlineStack, Page, Select, Spinner, Text } from "#app/ui/polaris";
import { SurveyStatus } from "#app/ui/survey-status";
import { Comments } from "./comments";
import { KeyFigures } from "./key-figures";
import { periodOf } from "./period.server";
import { QuestionBars } from "./question-bars";

export async function loader({ request, params }: LoaderFunctionArgs) {
  const { shop, locale } = await requireShop(request);
  const { days, length, surveyId, ...period } = periodOf(request, params, shop.timezone, new Date());
  return inShop(shop.id, async (tx) => {
    const results = await surveyResults(tx, shop.id, surveyId, period);
    if (!results) throw new Response("No such survey", { status: 404 });
    const { survey, responses, shown, responseRate, nps, questions, trend } = results;
    const comments = await commentsOf(tx, shop.id, surveyId, period);
    const perDay = new Map(trend.map((day) => [day.day, day]));
    const series = (name: "responses" | "promoters" | "detractors") =>
      days.map((day) => perDay.get(day)?.[name] ?? 0);
    return {
      survey: { id: survey.id, name: survey.name, status: survey.status },
      figures: { responses, shown, responseRate, nps },
      questions,
      comments,
      days,
      length,
      locale,
      timezone: shop.timezone,
      series: {
        responses: series("responses"),
        promoters: series("promoters"),
        detractors: series("detractors"),
      },
    };
  });
}

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `Results${data ? `: ${data.survey.name}` : ""} · Postlude` },
];

export default function SurveyResultsPage() {
  const { survey, figures, questions, comments, days, length, locale, timezone, series } =
    useLoaderData<typeof loader>();
  const [, setParams] = useSearchParams();
  const loading = useNavigation().state === "loading";
  const lines = [
    { label: "Answers", values: series.responses },
    ...(figures.nps
      ? [
          { label: "Promoters", values: series.promoters },
          { label: "Detractors", values: series.detractors },
        ]
      : []),
  ];
  return (
    <Page
      backAction={{ content: survey.name, url: `/app/surveys/${survey.id}` }}
      title={`Results: ${survey.name}`}
      titleMetadata={<SurveyStatus status={survey.status} />}
    >
      <BlockStack gap="400">
        <Box paddingInline={{ xs: "400", md: "0" }}>
          <InlineStack align="end" blockAlign="center" gap="200">
            {loading && <Spinner size="small" accessibilityLabel="Loading results" />}
            <Select
              label="Period"
              labelInline
              options={PERIOD_DAYS.map((count) => ({ label: `Last ${count} days`, value: String(count) }))}
              value={String(length)}
              onChange={(value) => setParams({ days: value }, { preventScrollReset: true })}
            />
            <DownloadCsv
              url={`/app/surveys/${survey.id}/export?days=${length}`}
              name={survey.name}
              disabled={figures.responses === 0}
            />
          </InlineStack>
        </Box>
        {figures.responses === 0 ? (
          <Nothing live={survey.status === "live"} />
        ) : (
          <>
            <KeyFigures {...figures} locale={locale} />
            <Card>
              <Chart title="Answers per day" days={days} series={lines} locale={locale} />
            </Card>
            {questions.map((question) => (
              <QuestionBars key={question.id} question={question} locale={locale} />
            ))}
            <Comments comments={comments} locale={locale} timezone={timezone} />
          </>
        )}
      </BlockStack>
      <Box paddingBlockEnd="800" />
    </Page>
  );
}

function Nothing({ live }: { live: boolean }) {
  return (
    <Card>
      <BlockStack gap="200">
        <Text as="h2" variant="headingMd">
          No answers in this period
        </Text>
        <Text as="p" tone="subdued">
          {live
            ? "The survey is live. Answers appear here as soon as shoppers finish it; choose a longer period to see older ones."
            : "The survey is not live. Publish it, and answers will appear here."}
        </Text>
      </BlockStack>
    </Card>
  );
}
