import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { z } from "zod";
import { inShop } from "#app/db/in-shop.server";
import { requireShop } from "#app/http/admin.server";
import { accountOf } from "#app/loyalty/loyalty.server";
import { LEDGER_KINDS } from "#app/ui/loyalty-words";
import { Badge, BlockStack, Box, Card, DataTable, InlineGrid, Page, Text } from "#app/ui/polaris";

export async function loader({ request, params }: LoaderFunctionArgs) {
  const { shop, locale } = await requireShop(request);
  const id = z.uuid().safeParse(params.id);
  const account = id.success ? await inShop(shop.id, (tx) => accountOf(tx, shop.id, id.data)) : null;
  if (!account) throw new Response("No such member", { status: 404 });
  return { account, locale, timezone: shop.timezone };
}

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `${data?.account.name ?? "Member"} · Postlude` },
];

const SURFACES: Record<string, string> = {
  "thank-you": "the thank-you page",
  "order-status": "the order status page",
};

export default function MemberPage() {
  const { account, locale, timezone } = useLoaderData<typeof loader>();
  const { name, joinedAt, joinedVia, consentText, points, pendingPoints, entries } = account;
  const date = new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeZone: timezone });
  const day = (value: Date | string) => date.format(new Date(value));
  const count = new Intl.NumberFormat(locale);
  const signed = new Intl.NumberFormat(locale, { signDisplay: "exceptZero" });
  return (
    <Page backAction={{ content: "Loyalty", url: "/app/loyalty" }} title={name ?? "Name not known yet"}>
      <BlockStack gap="400">
        <InlineGrid columns={{ xs: 1, sm: 2 }} gap="400">
          <Balance label="Points" value={count.format(points)} />
          <Balance label="Pending" value={count.format(pendingPoints)} />
        </InlineGrid>
        <Card>
          <BlockStack gap="200">
            <Text as="h2" variant="headingMd">
              Consent
            </Text>
            <Text as="p">{`“${consentText}”`}</Text>
            <Text as="p" tone="subdued">
              {`Given on ${day(joinedAt)} on ${SURFACES[joinedVia] ?? joinedVia}.`}
            </Text>
          </BlockStack>
        </Card>
        <Card padding="0">
          <Box padding="400">
            <Text as="h2" variant="headingMd">
              Ledger
            </Text>
          </Box>
          <DataTable
            columnContentTypes={["text", "text", "numeric", "text"]}
            headings={["Date", "What", "Points", "State"]}
            rows={entries.map((entry) => [
              day(entry.createdAt),
              [LEDGER_KINDS[entry.kind] ?? entry.kind, entry.orderName].filter(Boolean).join(" "),
              signed.format(entry.points),
              <EntryState key={entry.id} state={entry.state} until={day(entry.availableAt)} />,
            ])}
          />
        </Card>
      </BlockStack>
      <Box paddingBlockEnd="800" />
    </Page>
  );
}

function Balance({ label, value }: { label: string; value: string }) {
  return (
    <Card>
      <Text as="p" tone="subdued">
        {label}
      </Text>
      <Text as="p" variant="headingLg">
        {value}
      </Text>
    </Card>
  );
}

function EntryState({ state, until }: { state: "pending" | "approved" | "void"; until: string }) {
  if (state === "approved") return <Badge tone="success">Approved</Badge>;
  if (state === "void") return <Badge>Void</Badge>;
  return <Badge tone="attention">{`Pending until ${until}`}</Badge>;
}
