// The stand-in for an advertiser: the feed that the app reads, the page that a sponsored offer leads to, and the sale that
// is reported back. One brand for all shops.
import type { Demo } from "../demo.ts";
import { json, text, type DemoRequest, type Route } from "../http.ts";
import { advertiserFeed } from "./feed.ts";
import { landingPage, soldPage } from "./pages.ts";
import { reportSale, type Report } from "./postback.ts";

export function advertiserRoutes(demo: Demo): Route[] {
  return [
    { method: "GET", pattern: "/advertiser/feed.json", handle: () => json(advertiserFeed(demo.config)) },
    { method: "GET", pattern: "/advertiser/coffee.svg", handle: () => text(PICTURE, "image/svg+xml") },
    {
      method: "GET",
      pattern: "/advertiser/coffee",
      handle: ({ url }) => landingPage(visitOf(url.searchParams)),
    },
    { method: "POST", pattern: "/advertiser/sales", handle: (request) => report(demo, request) },
  ];
}

/** Of the espresso machine, minor units. */
const PRICE = 44_900;

/** Somebody buys, or is given the money back; the shop that sent them hears of it. */
async function report(demo: Demo, request: DemoRequest) {
  const data = request.data() as Record<string, string>;
  const { account = "", clickId, secret, conversionId, kind, part } = data;
  const sale: Report =
    kind === "reversal"
      ? { kind, conversionId: conversionId ?? "", netMinor: part === "half" ? PRICE / 2 : 0 }
      : { kind: "conversion", conversionId: conversionId || newOrder(demo), clickId, valueMinor: PRICE };
  const reported = await reportSale(demo, { account, secret, report: sale });
  return soldPage({ account, clickId: clickId ?? null }, sale, reported);
}

function newOrder(demo: Demo): string {
  return `NW-${demo.clock.now().getTime().toString(36).toUpperCase()}`;
}

function visitOf(query: URLSearchParams) {
  return { clickId: query.get("pl_click"), account: query.get("pl_account") };
}

const PICTURE = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 120 120" role="img" aria-label="A bag of coffee">
  <rect width="120" height="120" fill="#efe6da"/>
  <path d="M36 30h48l6 62a8 8 0 0 1-8 8H38a8 8 0 0 1-8-8z" fill="#6b4226"/>
  <path d="M36 30h48v12H36z" fill="#4b2c17"/>
  <ellipse cx="60" cy="72" rx="15" ry="19" fill="#efe6da"/>
  <path d="M60 54c-8 10 8 24 0 36" fill="none" stroke="#6b4226" stroke-width="3"/>
</svg>`;
