// What an advertiser's server does: it reports a sale, or its refund, signed with the secret it was given.
import { createHmac } from "node:crypto";
import type { Demo } from "../demo.ts";
import { POSTBACK_SECRET } from "./feed.ts";

export type Report = {
  kind: "conversion" | "reversal";
  conversionId: string;
  clickId?: string;
  valueMinor?: number;
  /** Of a refund: what is left of the value. */
  netMinor?: number;
};
export type Reported = { status: number; answer: string };

/**
 * @param account whose click it was, as the landing page was told
 * @param secret what the merchant gave us; without one the secret of the feed
 */
export async function reportSale(
  demo: Demo,
  { account, secret, report }: { account: string; secret?: string; report: Report },
): Promise<Reported> {
  const body = JSON.stringify(report);
  const time = Math.floor(demo.clock.now().getTime() / 1000);
  const signature = createHmac("sha256", secret || POSTBACK_SECRET)
    .update(`${time}.${body}`)
    .digest("hex");
  const response = await fetch(`${demo.config.appUrl}/postback/${encodeURIComponent(account)}`, {
    method: "POST",
    headers: { "content-type": "application/json", "x-postlude-signature": `t=${time},v1=${signature}` },
    body,
  });
  const answer = await response.text();
  demo.log.add("advertiser", `${report.kind} ${report.conversionId} → ${response.status} ${answer}`);
  return { status: response.status, answer };
}
