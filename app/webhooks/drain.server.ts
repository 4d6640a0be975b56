import { bindToShop } from "#app/db/in-shop.server";
import { prisma } from "#app/db/pool.server";
import type { Tx } from "#app/db/tx";
import type { InboxStatus } from "#app/generated/prisma/enums";
import { log } from "#app/log.server";
import { isAboutErasedPerson } from "#app/privacy/erased.server";
import { isKnownTopic, parsePayload, topicNamed } from "./topics/topics.server";

/**
 * Works off the inbox. One webhook is one transaction: claim, handle, mark. A process that dies in between leaves the
 * row pending and nothing half done. Several workers may drain at once (SKIP LOCKED).
 */

/** After this many tries a webhook waits for a person, who may replay it. */
export const MAX_ATTEMPTS = 8;
/** Tries granted to a webhook of a shop whose first session is still being made. */
const TRIES_WITHOUT_SHOP = 5;
const LANES = 4;
const ROWS_PER_LANE = 100;
const TRANSACTION = { maxWait: 10_000, timeout: 30_000 };

type InboxRow = {
  shopDomain: string;
  webhookId: string;
  topic: string;
  body: string;
  attempts: number;
  triggeredAt: Date | null;
  receivedAt: Date;
};

type Verdict = { status: InboxStatus; error?: string; forgetBody?: boolean } | { retry: string };

export type DrainPorts = { now: () => Date; secret: string };

/** Works off what is due. @returns how many webhooks were handled, put off or given up */
export async function drainInbox(ports: DrainPorts): Promise<number> {
  const lanes = await Promise.all(Array.from({ length: LANES }, () => drainLane(ports)));
  return lanes.reduce((sum, handled) => sum + handled, 0);
}

async function drainLane(ports: DrainPorts): Promise<number> {
  for (let handled = 0; handled < ROWS_PER_LANE; handled++) {
    if (!(await handleNext(ports))) return handled;
  }
  return ROWS_PER_LANE;
}

/** @returns false where nothing is due */
async function handleNext(ports: DrainPorts): Promise<boolean> {
  const now = ports.now();
  let claimed: InboxRow | undefined;
  try {
    return await prisma.$transaction(async (tx) => {
      claimed = await claim(tx, now);
      if (!claimed) return false;
      const verdict = await handle(tx, claimed, now, ports.secret);
      await mark(tx, claimed, verdict, now);
      return true;
    }, TRANSACTION);
  } catch (error) {
    if (!claimed) throw error;
    const { topic, webhookId, shopDomain } = claimed;
    log.error({ topic, webhookId, shopDomain, error: String(error) }, "webhook failed");
    await mark(prisma, claimed, { retry: reasonOf(error) }, now);
    return true;
  }
}

/** A new row is due at once, whatever the database's clock says; a row that was put off is due by the app's clock. */
async function claim(tx: Tx, now: Date): Promise<InboxRow | undefined> {
  const [row] = await tx.$queryRaw<InboxRow[]>`
    SELECT "shopDomain", "webhookId", topic, body, attempts, "triggeredAt", "receivedAt" FROM "WebhookInbox"
    WHERE status = 'pending' AND (attempts = 0 OR "nextAttemptAt" <= ${now})
    ORDER BY "nextAttemptAt" LIMIT 1 FOR UPDATE SKIP LOCKED`;
  return row;
}

async function handle(tx: Tx, row: InboxRow, now: Date, secret: string): Promise<Verdict> {
  if (!isKnownTopic(row.topic)) return { status: "ignored", error: "We do not use this topic." };
  const topic = topicNamed(row.topic);
  const shop = await tx.shop.findUnique({ where: { domain: row.shopDomain } });
  if (!shop && topic.afterUninstall) {
    return { status: "done", error: "Nothing is stored for this shop.", forgetBody: topic.forgetBody };
  }
  if (!shop) {
    if (row.attempts < TRIES_WITHOUT_SHOP) return { retry: "The shop has not finished installing." };
    return { status: "ignored", error: "This shop has not installed the app." };
  }
  if (shop.status !== "installed" && !topic.afterUninstall) {
    const forgetBody = shop.redactedAt !== null;
    return { status: "ignored", error: "The shop has uninstalled the app.", forgetBody };
  }
  const payload = parsePayload(row.topic, row.body);
  if (!payload.ok) return { status: "malformed", error: payload.problems.slice(0, 10).join("; ") };

  await bindToShop(tx, shop.id);
  const { webhookId, triggeredAt, receivedAt } = row;
  const webhook = { topic: row.topic, webhookId, triggeredAt: triggeredAt ?? receivedAt };
  const context = { tx, shop, now, secret, webhook };
  const outcome = await topic.handle(context, payload.value as never);
  if (outcome.status !== "done") return { retry: `Waits for ${outcome.waitsFor}.` };
  const forgetBody = topic.forgetBody || (await isAboutErasedPerson(tx, shop.id, row.body));
  return { status: "done", error: outcome.note, forgetBody };
}

async function mark(tx: Pick<Tx, "webhookInbox">, row: InboxRow, verdict: Verdict, now: Date): Promise<void> {
  const attempts = row.attempts + 1;
  const data =
    "status" in verdict
      ? {
          status: verdict.status,
          error: verdict.error ?? null,
          attempts,
          processedAt: now,
          ...(verdict.forgetBody ? { body: "" } : {}),
        }
      : {
          status: attempts >= MAX_ATTEMPTS ? ("failed" as const) : ("pending" as const),
          error: verdict.retry,
          attempts,
          nextAttemptAt: nextAttempt(attempts, now),
        };
  const { shopDomain, webhookId } = row;
  // Only while it is still pending: another worker may have finished it after our transaction was rolled back.
  await tx.webhookInbox.updateMany({ where: { shopDomain, webhookId, status: "pending" }, data });
}

/** 5 s, 15 s, 45 s … at most an hour; together about two hours. */
function nextAttempt(attempts: number, now: Date): Date {
  const seconds = Math.min(5 * 3 ** (attempts - 1), 3600);
  return new Date(now.getTime() + seconds * 1000);
}

/** The last line (Prisma puts the query first), so that no payload of a failed query ends up in the inbox. */
function reasonOf(error: unknown): string {
  const message = error instanceof Error ? error.message.trim() : String(error);
  return (message.split("\n").at(-1) ?? "").slice(0, 500);
}
