import { isbot } from "isbot";

/**
 * Person or machine? Mail scanners follow every link, and mail clients fetch pictures before anybody looks. A visit is
 * taken for a person's only where no rule speaks against it; the rule is stored with the visit.
 */
export type Visit = { method: string; userAgent: string; prefetch: boolean; at: Date };

/** The rules, in the words in which they are stored and explained to merchants. */
export const MACHINE_RULES = {
  head: "Asked for the headers only, as link checkers do.",
  prefetch: "Said itself that it loads ahead of the reader.",
  "no-agent": "Did not say what it is.",
  bot: "Is known as a robot or a mail scanner.",
  proxy: "Is a mail provider's picture proxy, which loads pictures whether anybody looks or not.",
  "too-soon": "Came within two seconds of sending.",
  "not-sent": "Came before the mail was sent.",
  "several-links": "Followed several links within two seconds.",
  honeypot: "Followed a link that people cannot see, within ten seconds of this.",
} as const;
export type MachineRule = keyof typeof MACHINE_RULES;

const SECOND = 1_000;
export const SOON_MS = 2 * SECOND;
export const SEVERAL_LINKS_MS = 2 * SECOND;
export const HONEYPOT_MS = 10 * SECOND;

const SCANNERS =
  /barracuda|proofpoint|mimecast|safelinks|microsoft office|ms-office|bingpreview|fortimail|cisco|ironport|symantec|trend ?micro|sophos|zscaler|forcepoint|checkpoint|cloudmark|messagelabs|spamexperts|virustotal|urlscan|headless|phantomjs|puppeteer|playwright|curl|wget|python|java\/|go-http-client|okhttp|libwww|node-fetch|undici|axios|httpclient|powershell/i;
const PROXIES = /googleimageproxy|ggpht\.com|yahoomailproxy|yahoo mail proxy|duckduckgo|outlook-?image/i;
/** Apple Mail Privacy Protection loads every picture under this bare name. */
const APPLE_PROXY = /^Mozilla\/5\.0$/;

/** @returns the rule by which this visit alone is a machine's, or null */
export function machineRule(visit: Visit, sentAt: Date | null): MachineRule | null {
  const { method, userAgent, prefetch, at } = visit;
  if (method === "HEAD") return "head";
  if (prefetch) return "prefetch";
  if (userAgent.trim() === "") return "no-agent";
  if (PROXIES.test(userAgent) || APPLE_PROXY.test(userAgent)) return "proxy";
  if (SCANNERS.test(userAgent) || isbot(userAgent)) return "bot";
  if (!sentAt) return "not-sent";
  if (at.getTime() - sentAt.getTime() < SOON_MS) return "too-soon";
  return null;
}

/** The headers by which browsers and scanners say that nobody asked for this yet. */
export function saysPrefetch(header: (name: string) => string | undefined): boolean {
  const told = ["purpose", "sec-purpose", "x-purpose", "x-moz"].map((name) => header(name) ?? "").join(" ");
  return /prefetch|prerender|preview/i.test(told);
}
