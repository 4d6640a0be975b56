import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { redirect } from "@remix-run/node";
import { useFetcher, useLoaderData } from "@remix-run/react";
import { z } from "zod";
import { lastDays } from "#app/analytics/period";
import { inShop } from "#app/db/in-shop.server";
import { requireShop } from "#app/http/admin.server";
import { readForm } from "#app/http/form.server";
import { STARTERS } from "#app/surveys/starters";
import { createBlank, createFromStarter, listSurveys, surveyResults } from "#app/surveys/surveys.server";
import {
  BlockStack,
  Box,
  Button,
  Card,
  IndexTable,
  InlineGrid,
  InlineStack,
  Link,
  Page,
  Text,
  useBreakpoints,
} from "#app/ui/polaris";
import { SurveyStatus } from "#app/ui/survey-status";

export const meta: MetaFunction = () => [{ title: "Surveys · Postlude" }];

const DAYS = 30;

export async function loader({ request }: LoaderFunctionArgs) {
  const { shop, locale } = await requireShop(request);
  const { timezone } = shop;
  const now = new Date();
  const period = { ...lastDays(DAYS, now, timezone), timezone };
  const rows = await inShop(shop.id, async (tx) => {
    const rows = [];
    for (const survey of await listSurveys(tx, shop.id)) {
      const { responses, responseRate, nps } = (await surveyResults(tx, shop.id, survey.id, period))!;
      const { id, key, name, status } = survey;
      rows.push({ id, key, name, status, responses, responseRate, nps: nps?.score ?? null });
    }
    return rows;
  });
  const used = new Set(rows.map((row) => row.key));
  const starters = STARTERS.filter((starter) => !used.has(starter.key));
  return { rows, starters: starters.map(({ key, name, purpose }) => ({ key, name, purpose })), locale };
}

const CreateForm = z.object({ starter: z.enum(["post-purchase", "nps", "delivery", "blank"]) });

export async function action({ request }: ActionFunctionArgs) {
  const { shop } = await requireShop(request);
  const form = await readForm(request, CreateForm);
  if (!form.ok) return { problems: form.problems };
  const { starter } = form.value;
  const now = new Date();
  const survey = await inShop(shop.id, (tx) =>
    starter === "blank"
      ? createBlank(tx, shop.id, "New survey", now)
      : createFromStarter(tx, shop.id, starter, now),
  );
  return redirect(`/app/surveys/${survey.id}`);
}

export default function SurveysPage() {
  const { rows, starters } = useLoaderData<typeof loader>();
  return (
    <Page title="Surveys" subtitle={rows.length > 0 ? `Figures of the last ${DAYS} days.` : undefined}>
      <BlockStack gap="400">
        {rows.length > 0 && <SurveyTable />}
        <Starters starters={starters} empty={rows.length === 0} />
      </BlockStack>
      <Box paddingBlockEnd="800" />
    </Page>
  );
}

function SurveyTable() {
  const { rows, locale } = useLoaderData<typeof loader>();
  const { smDown } = useBreakpoints();
  const percent = new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: 0 });
  const signed = new Intl.NumberFormat(locale, { maximumFractionDigits: 0, signDisplay: "exceptZero" });
  return (
    <Card padding="0">
      <IndexTable
        condensed={smDown}
        selectable={false}
        itemCount={rows.length}
        resourceName={{ singular: "survey", plural: "surveys" }}
        headings={[
          { title: "Survey" },
          { title: "Status" },
          { title: "Answers", alignment: "end" },
          { title: "Response rate", alignment: "end" },
          { title: "NPS", alignment: "end" },
          { title: "Results" },
        ]}
      >
        {rows.map((row, position) => {
          const figures = [
            { label: "Answers", value: String(row.responses) },
            {
              label: "Response rate",
              value: row.responseRate === null ? "–" : percent.format(row.responseRate),
            },
            { label: "NPS", value: row.nps === null ? "–" : signed.format(row.nps) },
          ];
          const results = (
            <Link url={`/app/surveys/${row.id}/results`} accessibilityLabel={`Results of ${row.name}`}>
              Results
            </Link>
          );
          return smDown ? (
            <IndexTable.Row id={row.id} key={row.id} position={position}>
              <Box padding="400" width="100%">
                <BlockStack gap="200">
                  <InlineStack align="space-between" blockAlign="center" gap="200">
                    <Link url={`/app/surveys/${row.id}`}>{row.name}</Link>
                    <SurveyStatus status={row.status} />
                  </InlineStack>
                  <Text as="p" tone="subdued">
                    {figures.map(({ label, value }) => `${label} ${value}`).join(" · ")}
                  </Text>
                  {results}
                </BlockStack>
              </Box>
            </IndexTable.Row>
          ) : (
            <IndexTable.Row id={row.id} key={row.id} position={position}>
              <IndexTable.Cell>
                <Link url={`/app/surveys/${row.id}`}>{row.name}</Link>
              </IndexTable.Cell>
              <IndexTable.Cell>
                <SurveyStatus status={row.status} />
              </IndexTable.Cell>
              {figures.map(({ label, value }) => (
                <IndexTable.Cell key={label}>
                  <Text as="span" alignment="end" numeric>
                    {value}
                  </Text>
                </IndexTable.Cell>
              ))}
              <IndexTable.Cell>{results}</IndexTable.Cell>
            </IndexTable.Row>
          );
        })}
      </IndexTable>
    </Card>
  );
}

type StartersProps = { starters: { key: string; name: string; purpose: string }[]; empty: boolean };

function Starters({ starters, empty }: StartersProps) {
  const fetcher = useFetcher();
  const busy = fetcher.state !== "idle";
  const create = (starter: string) =>
    fetcher.submit(JSON.stringify({ starter }), { method: "post", encType: "application/json" });
  return (
    <BlockStack gap="400">
      <Box paddingInline={{ xs: "400", md: "0" }}>
        <Text as="h2" variant="headingMd">
          {empty ? "Ask your first question" : "Add a survey"}
        </Text>
        {empty && (
          <Text as="p" tone="subdued">
            Nobody knows better than your customers how they found you and how the order went. Begin with a
            survey that is ready in four languages; you can change every word. Nothing is asked until you
            publish it.
          </Text>
        )}
      </Box>
      <InlineGrid columns={{ xs: 1, md: Math.max(1, Math.min(3, starters.length)) as 1 | 2 | 3 }} gap="400">
        {starters.map(({ key, name, purpose }) => (
          <Card key={key}>
            <BlockStack gap="300">
              <Text as="h3" variant="headingSm">
                {name}
              </Text>
              <Text as="p">{purpose}</Text>
              <InlineStack>
                <Button
                  onClick={() => create(key)}
                  disabled={busy}
                  accessibilityLabel={`Start with this: ${name}`}
                >
                  Start with this
                </Button>
              </InlineStack>
            </BlockStack>
          </Card>
        ))}
      </InlineGrid>
      <Box paddingInline={{ xs: "400", md: "0" }}>
        <Button variant="plain" onClick={() => create("blank")} disabled={busy}>
          Start from scratch
        </Button>
      </Box>
    </BlockStack>
  );
}
