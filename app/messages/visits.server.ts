import { newId } from "#app/db/id";
import type { ShopId, Tx } from "#app/db/tx";
import { HONEYPOT_MS, machineRule, SEVERAL_LINKS_MS, type MachineRule, type Visit } from "./human";

/**
 * Clicks and opens. Every visit is kept with its judgement; figures count people only. A later visit can show that
 * earlier ones were a machine's (it followed all links): then their judgement changes and the figure with it.
 */

/** A flood of visits to one mail fills no table. */
const MOST_EVENTS = 200;

/** @returns where the link leads, or null for a link that this message does not have */
export async function recordClick(
  tx: Tx,
  shopId: ShopId,
  { messageId, position }: { messageId: string; position: number },
  visit: Visit,
): Promise<{ url: string } | null> {
  const link = await tx.messageLink.findUnique({
    where: { shopId_messageId_position: { shopId, messageId, position } },
  });
  if (!link) return null;
  const sentAt = await lockMessage(tx, shopId, messageId);
  const isHoneypot = link.role === "honeypot";
  const rule = isHoneypot
    ? "honeypot"
    : (machineRule(visit, sentAt) ?? (await companyRule(tx, shopId, messageId, position, visit.at)));
  if (!(await addEvent(tx, shopId, messageId, "click", position, visit, rule))) return { url: link.url };
  if (isHoneypot) await rejudge(tx, shopId, messageId, "honeypot", visit.at, HONEYPOT_MS, null);
  if (rule === "several-links") {
    await rejudge(tx, shopId, messageId, "several-links", visit.at, SEVERAL_LINKS_MS, position);
  }
  await noteFirst(tx, shopId, messageId, visit.at);
  return { url: link.url };
}

export async function recordOpen(tx: Tx, shopId: ShopId, messageId: string, visit: Visit): Promise<void> {
  const known = await tx.message.count({ where: { shopId, id: messageId } });
  if (known === 0) return;
  const sentAt = await lockMessage(tx, shopId, messageId);
  await addEvent(tx, shopId, messageId, "open", null, visit, machineRule(visit, sentAt));
  await noteFirst(tx, shopId, messageId, visit.at);
}

/** Visits to one mail are judged one after another: a scanner's come all at once. @returns when it was sent */
async function lockMessage(tx: Tx, shopId: ShopId, id: string): Promise<Date | null> {
  const [row] = await tx.$queryRaw<{ sentAt: Date | null }[]>`
    SELECT "sentAt" FROM "Message" WHERE "shopId" = ${shopId} AND id = ${id}::uuid FOR UPDATE`;
  return row?.sentAt ?? null;
}

/** What the company that this click keeps says about it. */
async function companyRule(
  tx: Tx,
  shopId: ShopId,
  messageId: string,
  position: number,
  at: Date,
): Promise<MachineRule | null> {
  const since = (ms: number) => ({ gt: new Date(at.getTime() - ms) });
  const clicks = { shopId, messageId, kind: "click" };
  if (
    (await tx.messageEvent.count({ where: { ...clicks, why: "honeypot", happenedAt: since(HONEYPOT_MS) } })) >
    0
  ) {
    return "honeypot";
  }
  const others = await tx.messageEvent.count({
    where: { ...clicks, link: { not: position }, happenedAt: since(SEVERAL_LINKS_MS) },
  });
  return others > 0 ? "several-links" : null;
}

async function rejudge(
  tx: Tx,
  shopId: ShopId,
  messageId: string,
  why: MachineRule,
  at: Date,
  withinMs: number,
  exceptLink: number | null,
): Promise<void> {
  await tx.messageEvent.updateMany({
    where: {
      shopId,
      messageId,
      kind: "click",
      human: true,
      happenedAt: { gt: new Date(at.getTime() - withinMs) },
      ...(exceptLink === null ? {} : { link: { not: exceptLink } }),
    },
    data: { human: false, why },
  });
}

async function addEvent(
  tx: Tx,
  shopId: ShopId,
  messageId: string,
  kind: "click" | "open",
  link: number | null,
  visit: Visit,
  rule: MachineRule | null,
): Promise<boolean> {
  if ((await tx.messageEvent.count({ where: { shopId, messageId } })) >= MOST_EVENTS) return false;
  await tx.messageEvent.create({
    data: {
      shopId,
      id: newId(visit.at),
      messageId,
      kind,
      link,
      human: rule === null,
      why: rule,
      userAgent: visit.userAgent.slice(0, 300),
      happenedAt: visit.at,
    },
  });
  return true;
}

/** After this time no later visit changes how this one is judged. */
const SETTLED_MS = HONEYPOT_MS + 2_000;

/** The message's first human click and open, from the judgements as they stand now; who looks at its offer hears once they are settled. */
async function noteFirst(tx: Tx, shopId: ShopId, messageId: string, at: Date): Promise<void> {
  const first = async (kind: string) =>
    (
      await tx.messageEvent.findFirst({
        where: { shopId, messageId, kind, human: true },
        orderBy: { happenedAt: "asc" },
        select: { happenedAt: true },
      })
    )?.happenedAt ?? null;
  await tx.message.update({
    where: { shopId_id: { shopId, id: messageId } },
    data: { clickedAt: await first("click"), openedAt: await first("open") },
  });
  const settled = new Date(at.getTime() + SETTLED_MS);
  await tx.$executeRaw`
    UPDATE "Message" SET "visitsSettleAt" = ${settled}
    WHERE "shopId" = ${shopId} AND id = ${messageId}::uuid AND variables ? 'offer'`;
}
