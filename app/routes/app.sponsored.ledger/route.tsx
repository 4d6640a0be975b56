import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData, useSearchParams } from "@remix-run/react";
import { z } from "zod";
import { inShop } from "#app/db/in-shop.server";
import { requireShop } from "#app/http/admin.server";
import { readForm } from "#app/http/form.server";
import { MONTH } from "#app/shops/day";
import { localDay } from "#app/shops/local-day";
import { listAdvertisers } from "#app/sponsored/advertisers.server";
import { balances, recordPayout } from "#app/sponsored/ledger.server";
import { statementMonths, statementOf } from "#app/sponsored/statement.server";
import { DownloadButton } from "#app/ui/download-button";
import { KeyFigure } from "#app/ui/figure";
import { formatMoney } from "#app/ui/money";
import { BlockStack, Box, Card, InlineGrid, InlineStack, Page, Select, Text } from "#app/ui/polaris";
import type { SaveResult } from "#app/ui/save";
import { EntryTable } from "./entry-table";
import { RecordPayment } from "./record-payment";

export const meta = () => [{ title: "Ledger of sponsored offers · Postlude" }];

export async function loader({ request }: LoaderFunctionArgs) {
  const { shop, locale } = await requireShop(request);
  const asked = new URL(request.url).searchParams;
  const thisMonth = localDay(new Date(), shop.timezone).slice(0, 7);
  const wanted = asked.get("month") ?? "";
  const month = MONTH.test(wanted) ? wanted : thisMonth;
  return inShop(shop.id, async (tx) => {
    const advertisers = await listAdvertisers(tx, shop.id);
    const advertiserId = advertisers.find(({ id }) => id === asked.get("advertiser"))?.id;
    const months = await statementMonths(tx, shop.id, shop.timezone);
    const owed = await balances(tx, shop.id);
    return {
      statement: await statementOf(tx, shop.id, { month, timezone: shop.timezone, advertiserId }),
      months: months.includes(thisMonth) ? months : [thisMonth, ...months],
      advertisers: advertisers.map(({ id, name, source }) => ({
        ...{ id, name, isPartner: source === "partner" },
        owedMinor: owed.get(id) ?? 0,
      })),
      advertiserId: advertiserId ?? "",
      ...{ currency: shop.currency, timezone: shop.timezone, locale },
    };
  });
}

const Payment = z.object({
  advertiserId: z.uuid("Choose an advertiser."),
  paidBy: z.enum(["them", "us"]),
  amountMinor: z
    .int("Use an amount of money.")
    .min(1, "Use more than zero.")
    .max(1_000_000_000_000, "This is too much."),
  note: z.string().trim().max(100, "Use at most 100 characters."),
  /** Made by the form: sent twice, it is one payment. */
  key: z.uuid(),
});
export type Payment = z.infer<typeof Payment>;

export async function action({ request }: ActionFunctionArgs): Promise<SaveResult> {
  const { shop } = await requireShop(request);
  const body = await readForm(request, Payment);
  if (!body.ok) return { problems: body.problems };
  const known = await inShop(shop.id, (tx) =>
    recordPayout(tx, shop.id, { ...body.value, currency: shop.currency }, new Date()),
  );
  return known
    ? { problems: {}, saved: "Payment recorded" }
    : { problems: { advertiserId: "This advertiser is no longer there." } };
}

export default function LedgerPage() {
  const { statement, months, advertisers, advertiserId, currency, timezone, locale } =
    useLoaderData<typeof loader>();
  const [, setParams] = useSearchParams();
  const money = (minor: number) => formatMoney(minor, currency, locale);
  const { month, totals } = statement;
  const show = (change: { month?: string; advertiser?: string }) => {
    const next = { month, advertiser: advertiserId, ...change };
    setParams(next.advertiser ? next : { month: next.month }, { preventScrollReset: true });
  };
  const query = new URLSearchParams({ month, ...(advertiserId ? { advertiser: advertiserId } : {}) });
  return (
    <Page
      title="Ledger"
      subtitle="What advertisers owe and paid. Entries are never changed; a correction is another entry."
      backAction={{ content: "Sponsored", url: "/app/sponsored" }}
    >
      <BlockStack gap="400">
        <Card>
          <BlockStack gap="400">
            <InlineStack gap="300" blockAlign="end">
              <Select
                label="Month"
                options={months.map((one) => ({ value: one, label: monthName(one, locale) }))}
                value={month}
                onChange={(next) => show({ month: next })}
              />
              <Select
                label="Advertiser"
                options={[
                  { value: "", label: "All" },
                  ...advertisers.map(({ id, name }) => ({ value: id, label: name })),
                ]}
                value={advertiserId}
                onChange={(next) => show({ advertiser: next })}
              />
              <DownloadButton
                label="Download statement (CSV)"
                url={`/app/sponsored/statement?${query}`}
                filename={`statement-${month}.csv`}
              />
            </InlineStack>
            <InlineGrid columns={{ xs: 2, md: totals.partners === 0 ? 5 : 6 }} gap="400">
              <KeyFigure
                label="Owed before"
                help="What advertisers owed at the start of the month."
                value={money(statement.openingMinor)}
              />
              <KeyFigure
                label="Charged"
                help="Clicks and sales, less reversals."
                value={money(totals.billed)}
              />
              <KeyFigure
                label="Earned"
                help="Charged, less the share of whoever hosts this app."
                value={money(totals.earned)}
              />
              {totals.partners !== 0 && (
                <KeyFigure
                  label="Partners charged you"
                  help="For your own offers in their shops, less reversals. It is taken off what is owed."
                  value={money(0 - totals.partners)}
                />
              )}
              <KeyFigure
                label="Paid"
                help="Payments received, less those that you made or paid back."
                value={money(0 - totals.payout)}
              />
              <KeyFigure
                label="Owed after"
                help="What is still to be paid."
                value={money(statement.closingMinor)}
              />
            </InlineGrid>
          </BlockStack>
        </Card>
        {statement.entries.length === 0 ? (
          <Card>
            <Text as="p" tone="subdued">
              Nothing happened in this month. Each click or sale that an advertiser pays for becomes a line
              here.
            </Text>
          </Card>
        ) : (
          <EntryTable entries={statement.entries} timezone={timezone} locale={locale} />
        )}
        {advertisers.length > 0 && (
          <RecordPayment advertisers={advertisers} currency={currency} locale={locale} />
        )}
      </BlockStack>
      <Box paddingBlockEnd="800" />
    </Page>
  );
}

function monthName(month: string, locale: string): string {
  const format = new Intl.DateTimeFormat(locale, { month: "long", year: "numeric", timeZone: "UTC" });
  return format.format(new Date(`${month}-15T00:00:00Z`));
}
