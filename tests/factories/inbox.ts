import { prisma } from "#app/db/pool.server";
import type { Shop } from "#app/generated/prisma/client";
import { drainInbox } from "#app/webhooks/drain.server";
import { env } from "#app/env.server";

/** Drains until nothing is pending; the clock jumps ahead so that what was put off becomes due. */
export async function drainEverything(start = new Date("2026-11-22T12:00:00Z")): Promise<void> {
  for (let hours = 0; hours < 12; hours++) {
    const now = new Date(start.getTime() + hours * 3_600_000);
    await drainInbox({ now: () => now, secret: env().ENCRYPTION_KEY });
    if ((await prisma.webhookInbox.count({ where: { status: "pending" } })) === 0) return;
  }
}

export async function inboxOf(shop: Pick<Shop, "domain">) {
  return prisma.webhookInbox.findMany({
    where: { shopDomain: shop.domain },
    orderBy: [{ receivedAt: "asc" }, { webhookId: "asc" }],
  });
}

let count = 0;

/** Puts a webhook into the inbox as the receiver does. */
export async function inboxRow(
  shop: Pick<Shop, "domain">,
  topic: string,
  payload: unknown,
  webhookId = `webhook-${++count}`,
): Promise<void> {
  await prisma.webhookInbox.createMany({
    data: [
      {
        shopDomain: shop.domain,
        webhookId,
        topic,
        apiVersion: "2026-10",
        body: typeof payload === "string" ? payload : JSON.stringify(payload),
      },
    ],
    skipDuplicates: true,
  });
}

/** Which jobs wait in the queue, as "name id" sorted; facts are seen through the jobs they start. */
export async function waitingJobs(shop: Pick<Shop, "id">): Promise<string[]> {
  const rows = await prisma.$queryRaw<{ name: string; data: Record<string, unknown> }[]>`
    SELECT name, data FROM pgboss.job WHERE (data->>'shopId')::int = ${shop.id} AND name <> 'dead-letters'`;
  return rows
    .map(({ name, data }) => {
      const { shopId: _shopId, ...ids } = data;
      return `${name} ${Object.values(ids).join(" ")}`.trim();
    })
    .sort();
}
