import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { countCases, listCases } from "#app/cases/cases.server";
import { inShop } from "#app/db/in-shop.server";
import { CaseState } from "#app/generated/prisma/enums";
import { requireShop } from "#app/http/admin.server";
import { CASE_STATES } from "#app/ui/case-words";
import { BlockStack, Box, Button, Card, EmptyState, InlineStack, Page, Text } from "#app/ui/polaris";
import { CaseList } from "./case-list";

export const meta: MetaFunction = () => [{ title: "Cases · Postlude" }];

export async function loader({ request }: LoaderFunctionArgs) {
  const { shop, locale } = await requireShop(request);
  const params = new URL(request.url).searchParams;
  const state = Object.values(CaseState).find((one) => one === params.get("state")) ?? "open";
  const page = Math.min(Math.max(Number.parseInt(params.get("page") ?? "0", 10) || 0, 0), 1000);
  const now = new Date();
  return inShop(shop.id, async (tx) => ({
    ...(await listCases(tx, shop.id, { state, page })),
    counts: await countCases(tx, shop.id),
    ...{ state, page, locale, timezone: shop.timezone, now: now.getTime() },
  }));
}

export default function CasesPage() {
  const { cases, more, counts, state, page, ...reader } = useLoaderData<typeof loader>();
  const isNew = counts.open + counts.waiting + counts.solved === 0;
  return (
    <Page
      title="Cases"
      subtitle="Shoppers who need your help. Until a case is solved, they get no offers and no marketing."
      primaryAction={{ content: "New case", url: "/app/cases/new" }}
      secondaryActions={[{ content: "Rules", url: "/app/cases/settings" }]}
    >
      <Card padding="0">
        {isNew ? (
          <EmptyState
            heading="Nobody needs your help"
            action={{ content: "See what opens a case", url: "/app/cases/settings" }}
          >
            A case opens by itself when a parcel is lost, damaged or comes back, and when somebody gives you a
            bad score. Shoppers open one with “Something is wrong with my order” on the tracking page.
          </EmptyState>
        ) : (
          <BlockStack>
            <Box padding="400">
              <InlineStack gap="200">
                {Object.values(CaseState).map((one) => (
                  <Button
                    key={one}
                    url={`/app/cases?state=${one}`}
                    variant={one === state ? undefined : "tertiary"}
                    accessibilityLabel={`${CASE_STATES[one].label} (${counts[one]})${one === state ? ", shown" : ""}`}
                  >
                    {`${CASE_STATES[one].label} (${counts[one]})`}
                  </Button>
                ))}
              </InlineStack>
            </Box>
            {cases.length > 0 ? (
              <CaseList cases={cases} reader={reader} />
            ) : (
              <Box padding="400">
                <Text as="p" tone="subdued">
                  {NONE[state]}
                </Text>
              </Box>
            )}
            {(page > 0 || more) && (
              <Box padding="400">
                <InlineStack gap="200">
                  {page > 0 && <Button url={`/app/cases?state=${state}&page=${page - 1}`}>Back</Button>}
                  {more && <Button url={`/app/cases?state=${state}&page=${page + 1}`}>More</Button>}
                </InlineStack>
              </Box>
            )}
          </BlockStack>
        )}
      </Card>
      <Box paddingBlockEnd="800" />
    </Page>
  );
}

const NONE: Record<CaseState, string> = {
  open: "Nobody waits for your answer.",
  waiting: "You wait for nobody's answer.",
  solved: "No case is solved yet.",
};
