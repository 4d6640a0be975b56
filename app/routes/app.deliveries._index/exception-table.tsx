import { useSearchParams } from "@remix-run/react";
import { EXCEPTION_KINDS } from "#app/parcels/exception";
import { EXCEPTION_WORDS, exceptionName } from "#app/ui/exception-words";
import { BlockStack, Box, Card, DataTable, InlineGrid, Link, Select, Text } from "#app/ui/polaris";

type Row = {
  id: string;
  kind: string;
  orderName: string;
  parcelId: string | null;
  carrier: string | null;
  trackingUrl: string | null;
  openedAt: Date | string;
  toldAt: Date | string | null;
  latestAt: Date | string | null;
};

type ExceptionTableProps = {
  list: { exceptions: Row[]; more: boolean };
  open: boolean;
  kind: string | null;
  locale: string;
  timezone: string;
};

/** What is wrong with deliveries, newest first; filtered by kind and by whether it is settled. */
export function ExceptionTable({ list, open, kind, locale, timezone }: ExceptionTableProps) {
  const [, setParams] = useSearchParams();
  const filter = (name: "show" | "kind", value: string) =>
    setParams(
      (params) => {
        if (value) params.set(name, value);
        else params.delete(name);
        return params;
      },
      { preventScrollReset: true },
    );
  const time = new Intl.DateTimeFormat(locale, {
    dateStyle: "medium",
    timeStyle: "short",
    timeZone: timezone,
  });
  const day = new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeZone: timezone });
  return (
    <Card padding="0">
      <Box padding="400">
        <BlockStack gap="300">
          <Text as="h2" variant="headingMd">
            What goes wrong
          </Text>
          <InlineGrid columns={{ xs: 1, sm: 2 }} gap="300">
            <Select
              label="Show"
              options={[
                { label: "Wrong now", value: "" },
                { label: "Settled", value: "settled" },
              ]}
              value={open ? "" : "settled"}
              onChange={(value) => filter("show", value)}
            />
            <Select
              label="Kind"
              options={[
                { label: "All kinds", value: "" },
                ...EXCEPTION_KINDS.map((value) => ({ label: EXCEPTION_WORDS[value].name, value })),
              ]}
              value={kind ?? ""}
              onChange={(value) => filter("kind", value)}
              helpText={kind ? EXCEPTION_WORDS[kind as keyof typeof EXCEPTION_WORDS].means : undefined}
            />
          </InlineGrid>
          {list.exceptions.length === 0 && (
            <Text as="p" tone="subdued">
              {open
                ? "Nothing is wrong. An order that is not shipped in time, a parcel that stands still or comes late appears here, and its shopper is told before anybody asks."
                : "Nothing was settled yet."}
            </Text>
          )}
        </BlockStack>
      </Box>
      {list.exceptions.length > 0 && (
        <DataTable
          columnContentTypes={["text", "text", "text", "text", "text", "text"]}
          headings={["Order", "What", "Carrier", "Since", "Shopper told", "Expected by"]}
          rows={list.exceptions.map((row) => [
            row.parcelId ? (
              <Link key={row.id} url={`/app/deliveries/parcels/${row.parcelId}`}>
                {row.orderName}
              </Link>
            ) : (
              row.orderName
            ),
            exceptionName(row.kind),
            row.trackingUrl?.startsWith("https://") ? (
              <Link key={row.id} url={row.trackingUrl} external>
                {row.carrier ?? "Track"}
              </Link>
            ) : (
              (row.carrier ?? "–")
            ),
            time.format(new Date(row.openedAt)),
            row.toldAt ? time.format(new Date(row.toldAt)) : "No",
            row.latestAt ? day.format(new Date(row.latestAt)) : "–",
          ])}
          footerContent={list.more ? "Only the newest are shown." : undefined}
        />
      )}
    </Card>
  );
}
