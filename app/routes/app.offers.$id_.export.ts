import type { LoaderFunctionArgs } from "@remix-run/node";
import { stringify } from "csv-stringify/sync";
import { requireShop } from "#app/http/admin.server";
import { currencyDigits } from "#app/ui/money";
import { loadResults } from "./app.offers.$id_.results/load.server";

/** One offer's figures per day as CSV; money in major units, as spreadsheets want it. */
export async function loader({ request, params }: LoaderFunctionArgs): Promise<Response> {
  const { shop } = await requireShop(request);
  const { trend } = await loadResults(request, params, shop);
  const digits = currencyDigits(shop.currency);
  const rows = trend.map(({ day, views, accepts, orders, netRevenueMinor }) => [
    day,
    views,
    accepts,
    orders,
    (netRevenueMinor / 10 ** digits).toFixed(digits),
  ]);
  const headings = ["Day", "Views", "Accepted", "Orders", `Net revenue (${shop.currency})`];
  return new Response(stringify([headings, ...rows]), {
    headers: {
      "content-type": "text/csv; charset=utf-8",
      "content-disposition": 'attachment; filename="offer.csv"',
      "cache-control": "no-store",
    },
  });
}
