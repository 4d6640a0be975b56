import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { inShop } from "#app/db/in-shop.server";
import { listExperiments } from "#app/experiments/experiments.server";
import { requireShop } from "#app/http/admin.server";
import { experimentStatus, subjectName } from "#app/ui/experiment-words";
import { Badge, BlockStack, Box, Card, EmptyState, InlineStack, Link, Page, Text } from "#app/ui/polaris";

export const meta: MetaFunction = () => [{ title: "Experiments · Postlude" }];

export async function loader({ request }: LoaderFunctionArgs) {
  const { shop, locale } = await requireShop(request);
  const experiments = await inShop(shop.id, (tx) => listExperiments(tx, shop.id));
  return {
    ...{ locale, timezone: shop.timezone },
    rows: experiments.map(({ id, name, subject, status, startedAt, endedAt, variants, promoted }) => ({
      ...{ id, name, subject, status, startedAt, endedAt },
      kept: variants.find(({ key }) => key === promoted)?.name ?? null,
      variants: variants.length,
    })),
  };
}

export default function ExperimentsPage() {
  const { rows, locale, timezone } = useLoaderData<typeof loader>();
  const date = new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeZone: timezone });
  return (
    <Page
      title="Experiments"
      subtitle="Every shopper meets one variant and keeps it. Look at the results as often as you like."
      primaryAction={{ content: "New experiment", url: "/app/experiments/new" }}
    >
      {rows.length === 0 && <FirstExperiment />}
      <BlockStack gap="300">
        {rows.map((row) => (
          <Card key={row.id}>
            <BlockStack gap="100">
              <InlineStack align="space-between" blockAlign="center" gap="200">
                <Link url={`/app/experiments/${row.id}`}>{row.name}</Link>
                <Badge tone={experimentStatus(row.status).tone}>{experimentStatus(row.status).label}</Badge>
              </InlineStack>
              <Text as="p" tone="subdued">
                {subjectName(row.subject)} · {row.variants} variants · started {date.format(row.startedAt)}
                {row.endedAt && `, ended ${date.format(row.endedAt)}`}
                {row.kept && ` · kept: ${row.kept}`}
              </Text>
            </BlockStack>
          </Card>
        ))}
      </BlockStack>
      <Box paddingBlockEnd="800" />
    </Page>
  );
}

function FirstExperiment() {
  return (
    <Card>
      <EmptyState
        heading="Does 15% off bring more than 10%?"
        action={{ content: "Start your first experiment", url: "/app/experiments/new" }}
      >
        <p>
          Choose an offer, a survey or an email, and change one thing: the discount, the words, the product,
          the subject line. Half of your shoppers get it. Postlude tells when the difference is real, and one
          click keeps the better one.
        </p>
      </EmptyState>
    </Card>
  );
}
