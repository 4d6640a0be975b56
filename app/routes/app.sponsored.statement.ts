import type { LoaderFunctionArgs } from "@remix-run/node";
import { stringify } from "csv-stringify/sync";
import { z } from "zod";
import { inShop } from "#app/db/in-shop.server";
import { requireShop } from "#app/http/admin.server";
import { MONTH } from "#app/shops/day";
import { statementOf, type Statement } from "#app/sponsored/statement.server";
import { currencyDigits } from "#app/ui/money";
import { entryWords } from "#app/ui/sponsored-words";

const Asked = z.object({
  month: z.string().regex(MONTH),
  advertiser: z.uuid().optional(),
});

/** A month's statement as CSV: of one advertiser, or of the shop. Every line adds up to the last one. */
export async function loader({ request }: LoaderFunctionArgs): Promise<Response> {
  const { shop } = await requireShop(request);
  const asked = Asked.safeParse(Object.fromEntries(new URL(request.url).searchParams));
  if (!asked.success) throw new Response("No such statement", { status: 404 });
  const { month, advertiser: advertiserId } = asked.data;
  const statement = await inShop(shop.id, (tx) =>
    statementOf(tx, shop.id, { month, timezone: shop.timezone, advertiserId }),
  );
  return new Response(csvOf(statement, shop.currency), {
    headers: {
      "content-type": "text/csv; charset=utf-8",
      "content-disposition": `attachment; filename="statement-${month}.csv"`,
      "cache-control": "no-store",
    },
  });
}

/** Spreadsheets would run a cell that begins like a formula: such words get an apostrophe in front, amounts do not. */
function csvOf({ month, entries, totals, openingMinor, closingMinor }: Statement, currency: string): string {
  const digits = currencyDigits(currency);
  const amount = (minor: number) => minor / 10 ** digits;
  const line = (words: string, minor: number) => ["", "", "", words, amount(minor), currency, ""];
  return stringify(
    [
      ["Time (UTC)", "Advertiser", "Campaign", "Entry", "Amount", "Currency", "Note"],
      line(`Owed at the start of ${month}`, openingMinor),
      ...entries.map((entry) => [
        entry.happenedAt.toISOString(),
        entry.advertiser,
        entry.campaign,
        entryWords(entry),
        amount(entry.amountMinor),
        entry.currency,
        entry.note,
      ]),
      line("Total charged, less reversals", totals.billed),
      line("Host's share", totals.share),
      line("Total earned, net", totals.earned),
      line("Total charged by partners, less reversals", totals.partners),
      line("Total paid", totals.payout),
      line(`Owed at the end of ${month}`, closingMinor),
    ],
    { escape_formulas: true, cast: { number: (value) => value.toFixed(digits) } },
  );
}
