import type { LoaderFunctionArgs } from "@remix-run/node";
import { stringify } from "csv-stringify/sync";
import { carrierScores, type Share } from "#app/analytics/deliveries.server";
import { lastDays } from "#app/analytics/period";
import { inShop } from "#app/db/in-shop.server";
import { requireShop } from "#app/http/admin.server";

const DAYS = 90;

/** The carriers of the last 90 days as CSV: each share as a number from 0 to 1 with its interval and what it rests on. */
export async function loader({ request }: LoaderFunctionArgs): Promise<Response> {
  const { shop } = await requireShop(request);
  const period = lastDays(DAYS, new Date(), shop.timezone);
  const scores = await inShop(shop.id, (tx) => carrierScores(tx, shop.id, period));
  const share = (value: Share | null) =>
    value
      ? [value.value, value.low, value.high].map((one) => one.toFixed(4)).concat(String(value.of))
      : ["", "", "", "0"];
  const shareHeadings = (name: string) => [name, `${name} (low)`, `${name} (high)`, `${name} (parcels)`];
  const rows = scores.map((score) => [
    score.carrier,
    score.lane,
    score.delivered,
    ...share(score.onTime),
    ...share(score.toldFirst),
    score.forecastError?.toFixed(2) ?? "",
    ...share(score.exceptions),
    ...share(score.damaged),
    ...(score.nps ? [score.nps.score, score.nps.low, score.nps.high, score.nps.answers] : ["", "", "", 0]),
  ]);
  const headings = [
    "Carrier",
    "Lane",
    "Delivered",
    ...shareHeadings("In time"),
    ...shareHeadings("Late, told first"),
    "Forecast off by (days)",
    ...shareHeadings("Something wrong"),
    ...shareHeadings("Damaged"),
    "NPS",
    "NPS (low)",
    "NPS (high)",
    "NPS (answers)",
  ];
  return new Response(stringify([headings, ...rows], { escape_formulas: true }), {
    headers: {
      "content-type": "text/csv; charset=utf-8",
      "content-disposition": 'attachment; filename="carriers.csv"',
      "cache-control": "no-store",
    },
  });
}
