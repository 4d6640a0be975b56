import type { ShopId, Tx } from "#app/db/tx";
import { importProgress } from "#app/shops/shops.server";

/** Something a merchant should look at, with the page where it can be mended. Most pressing first. */
export type Attention = {
  key: string;
  text: string;
  path: string;
  count: number;
  /** The first deadline, where there is one (UTC). */
  dueAt?: Date;
  /** There is time left: no need to look at once. */
  canWait?: boolean;
};

const DAY_MS = 86_400_000;
/** A data request must be answered within 30 days; it is pressing in its last ten. */
const PRIVACY_PRESSING_MS = 10 * DAY_MS;

export async function attentionOf(
  tx: Tx,
  shopId: ShopId,
  shopDomain: string,
  now: Date,
): Promise<Attention[]> {
  const since = new Date(now.getTime() - 30 * DAY_MS);
  const [webhooks, messages, bounces, codes, requests, imports, cases] = await Promise.all([
    tx.webhookInbox.count({ where: { shopDomain, status: "failed" } }),
    tx.message.count({ where: { shopId, state: "unknown" } }),
    tx.message.count({
      where: { shopId, state: { in: ["bounced", "complained"] }, queuedAt: { gte: since } },
    }),
    tx.offerCode.count({
      where: { shopId, state: { in: ["failed", "unknown"] }, createdAt: { gte: since } },
    }),
    tx.privacyRequest.aggregate({
      where: { shopId, doneAt: null },
      _count: true,
      _min: { dueAt: true },
    }),
    failedImports(tx, shopId),
    tx.case.count({ where: { shopId, state: "open" } }),
  ]);
  const dueAt = requests._min.dueAt ?? undefined;
  const canWait = dueAt && dueAt.getTime() - now.getTime() > PRIVACY_PRESSING_MS;
  const found: Attention[] = [
    {
      key: "cases",
      count: cases,
      path: "/app/cases",
      text: cases === 1 ? "shopper waits for your help" : "shoppers wait for your help",
    },
    {
      key: "privacy",
      count: requests._count,
      path: "/app/activity?view=privacy",
      text: `privacy ${requests._count === 1 ? "request" : "requests"} must ${canWait ? "" : "soon "}be answered`,
      ...{ dueAt, canWait },
    },
    {
      key: "webhooks",
      count: webhooks,
      path: "/app/activity?status=failed",
      text: `${webhooks === 1 ? "event" : "events"} from Shopify could not be handled`,
    },
    {
      key: "import",
      count: imports,
      path: "/app",
      text: `${imports === 1 ? "import" : "imports"} stopped before the end`,
    },
    {
      key: "messages",
      count: messages,
      path: "/app/messages",
      text: `${messages === 1 ? "email" : "emails"} may or may not have been sent`,
    },
    {
      key: "codes",
      count: codes,
      path: "/app/offers",
      text: `discount ${codes === 1 ? "code" : "codes"} could not be made`,
    },
    {
      key: "bounces",
      count: bounces,
      path: "/app/messages?show=problems",
      text: `${bounces === 1 ? "email" : "emails"} bounced or ${bounces === 1 ? "was" : "were"} reported as spam`,
    },
  ];
  return found.filter(({ count }) => count > 0);
}

/** Of the newest run of each kind: one that was started again is mended, or tells anew that it is not. */
async function failedImports(tx: Tx, shopId: ShopId): Promise<number> {
  const newest = await importProgress(tx, shopId);
  return newest.filter(({ status }) => status === "failed").length;
}
