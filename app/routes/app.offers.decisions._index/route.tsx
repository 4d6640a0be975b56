import type { LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData, useSearchParams } from "@remix-run/react";
import { useState } from "react";
import { z } from "zod";
import { inShop } from "#app/db/in-shop.server";
import { latestDecisions } from "#app/decisions/explain.server";
import { requireShop } from "#app/http/admin.server";
import { productTitles } from "#app/offers/titles.server";
import { advertiserTitles } from "#app/sponsored/titles.server";
import { offerById } from "#app/offers/offers.server";
import { OUTCOME_WORDS, reasonWords, SURFACE_WORDS } from "#app/ui/decision-words";
import { Box, Button, Card, IndexTable, Link, Page, Text, TextField, useBreakpoints } from "#app/ui/polaris";

export const meta = () => [{ title: "Decisions · Postlude" }];

const LIMIT = 50;

export async function loader({ request }: LoaderFunctionArgs) {
  const { shop, locale } = await requireShop(request);
  const params = new URL(request.url).searchParams;
  const about = params.get("about")?.trim().slice(0, 200) ?? "";
  const offer = z.uuid().safeParse(params.get("offer"));
  return inShop(shop.id, async (tx) => {
    const shown = offer.success ? await offerById(tx, shop.id, offer.data) : null;
    const filter = { block: "offers", limit: LIMIT, about, candidateId: shown?.id };
    const decisions = await latestDecisions(tx, shop.id, filter);
    const gids = decisions.flatMap(({ placements }) => placements.map(({ subject }) => subject));
    const titles = {
      ...(await productTitles(tx, shop.id, [...new Set(gids)])),
      ...(await advertiserTitles(tx, shop.id, gids)),
    };
    return { decisions, titles, about, offerName: shown?.name ?? null, locale, timezone: shop.timezone };
  });
}

export default function DecisionsPage() {
  const { decisions, titles, about, offerName, locale, timezone } = useLoaderData<typeof loader>();
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
      subtitle={
        offerName
          ? `Where “${offerName}” was shown, and why.`
          : "Each time a shopper could have seen an offer: what was chosen, and why."
      }
    >
      <Search key={about} about={about} />
      <Card padding="0">
        {decisions.length === 0 ? (
          <Box padding="400">
            <Text as="p" tone="subdued">
              {about || offerName
                ? "No decision fits. Look for an order by its name, like #1001, or for a customer by email address or full name."
                : "No decisions yet. Each page with the offers block makes one."}
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

/** Finds the decisions about one order or customer. */
function Search({ about }: { about: string }) {
  const [, setParams] = useSearchParams();
  const [text, setText] = useState(about);
  const search = (wanted: string) =>
    setParams((current) => {
      if (wanted.trim()) current.set("about", wanted.trim());
      else current.delete("about");
      return current;
    });
  return (
    <Box paddingInline={{ xs: "400", md: "0" }} paddingBlockEnd="400">
      <form
        role="search"
        onSubmit={(event) => {
          event.preventDefault();
          search(text);
        }}
      >
        <TextField
          label="Order or customer"
          placeholder="#1001, ada@example.com or Ada Byron"
          value={text}
          maxLength={200}
          onChange={setText}
          clearButton
          onClearButtonClick={() => search("")}
          autoComplete="off"
          connectedRight={<Button submit>Find</Button>}
        />
      </form>
    </Box>
  );
}
