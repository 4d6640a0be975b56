import type { LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { inShop } from "#app/db/in-shop.server";
import { latestDecisions } from "#app/decisions/explain.server";
import { requireShop } from "#app/http/admin.server";
import { productTitles } from "#app/offers/titles.server";
import { OUTCOME_WORDS, reasonWords, SURFACE_WORDS } from "#app/ui/decision-words";
import { Box, Card, IndexTable, Link, Page, Text, useBreakpoints } from "#app/ui/polaris";

export const meta = () => [{ title: "Decisions · Postlude" }];

const LIMIT = 50;

export async function loader({ request }: LoaderFunctionArgs) {
  const { shop, locale } = await requireShop(request);
  return inShop(shop.id, async (tx) => {
    const decisions = await latestDecisions(tx, shop.id, { block: "offers", limit: LIMIT });
    const gids = decisions.flatMap(({ placements }) => placements.map(({ subject }) => subject));
    const titles = await productTitles(tx, shop.id, [...new Set(gids)]);
    return { decisions, titles, locale, timezone: shop.timezone };
  });
}

export default function DecisionsPage() {
  const { decisions, titles, locale, timezone } = useLoaderData<typeof loader>();
  const { smDown } = useBreakpoints();
  const time = new Intl.DateTimeFormat(locale, {
    dateStyle: "medium",
    timeStyle: "short",
    timeZone: timezone,
  });
  return (
    <Page
      backAction={{ content: "Offers", url: "/app/offers" }}
      title="Decisions"
      subtitle="Each time a shopper could have seen an offer: what was chosen, and why."
    >
      <Card padding="0">
        {decisions.length === 0 ? (
          <Box padding="400">
            <Text as="p" tone="subdued">
              No decisions yet. Each thank-you and order status page with the offers block makes one.
            </Text>
          </Box>
        ) : (
          <IndexTable
            condensed={smDown}
            selectable={false}
            itemCount={decisions.length}
            resourceName={{ singular: "decision", plural: "decisions" }}
            headings={[
              { title: "Time" },
              { title: "Place" },
              { title: "Shown" },
              { title: "What came of it" },
            ]}
          >
            {decisions.map((decision, position) => {
              const [shown] = decision.placements;
              const when = time.format(new Date(decision.decidedAt));
              const link = (
                <Link
                  url={`/app/offers/decisions/${decision.id}`}
                  accessibilityLabel={`Explain the decision of ${when}`}
                >
                  {when}
                </Link>
              );
              const what = shown ? (titles[shown.subject] ?? "A product that is gone") : "Nothing";
              const outcome = shown ? OUTCOME_WORDS[shown.outcome] : nothingWords(decision);
              const place = SURFACE_WORDS[decision.surface] ?? decision.surface;
              return (
                <IndexTable.Row id={decision.id} key={decision.id} position={position}>
                  {smDown ? (
                    <Box padding="400" width="100%">
                      {link}
                      <Text as="p">{`${place}: ${what}`}</Text>
                      <Text as="p" tone="subdued">
                        {outcome}
                      </Text>
                    </Box>
                  ) : (
                    <>
                      <IndexTable.Cell>{link}</IndexTable.Cell>
                      <IndexTable.Cell>{place}</IndexTable.Cell>
                      <IndexTable.Cell>{what}</IndexTable.Cell>
                      <IndexTable.Cell>{outcome}</IndexTable.Cell>
                    </>
                  )}
                </IndexTable.Row>
              );
            })}
          </IndexTable>
        )}
      </Card>
      <Box paddingBlockEnd="800" />
    </Page>
  );
}

function nothingWords({ candidates, mainReason }: { candidates: number; mainReason: string | null }): string {
  return candidates === 0 ? "There was nothing to choose from" : reasonWords(mainReason);
}
