import type { ShopId, Tx } from "#app/db/tx";
import { orderByGid } from "#app/orders/orders.server";
import type { CaseType } from "./case";
import { addEntry, openCase, reopenCase } from "./cases.server";

/** What shoppers write by a signed link: about an order, or back into a case. */

const WINDOW = 60 * 60 * 1000;
/** Messages within the window, per order or case: a person writes less, a script more. */
const MOST_MESSAGES = 5;

/** Whose link it is: one about an order, or one back into a case. */
export type Writer = { orderGid: string } | { caseId: string };

/** What the page may say to whoever has the link. @returns null where it leads nowhere any more */
export async function whoWrites(
  tx: Tx,
  shopId: ShopId,
  writer: Writer,
): Promise<{ orderName: string | null; locale: string | null } | null> {
  const found =
    "caseId" in writer
      ? await tx.case.findUnique({ where: { shopId_id: { shopId, id: writer.caseId } } })
      : { orderGid: writer.orderGid, personKey: "" };
  if (!found || found.personKey === "redacted") return null;
  const order = found.orderGid ? await orderByGid(tx, shopId, found.orderGid) : null;
  if (!order && !("caseId" in writer)) return null;
  return { orderName: order?.name ?? null, locale: order?.locale ?? null };
}

export type Written = {
  text: string;
  /** Made with the form: sent twice, it is one message. */
  requestId: string;
};

export type WriteResult = { status: "received" | "unknown" | "too-many" };

export async function writeAboutOrder(
  tx: Tx,
  shopId: ShopId,
  { orderGid, type, text, requestId }: Written & { orderGid: string; type: CaseType },
  now: Date,
): Promise<WriteResult> {
  const order = await orderByGid(tx, shopId, orderGid);
  if (!order) return { status: "unknown" };
  if (await isTooMuch(tx, shopId, { orderGid }, now)) return { status: "too-many" };
  const person = { orderGid, customerGid: order.customerGid };
  const entry = { kind: "written" as const, text, sourceKey: `written:${requestId}` };
  await openCase(tx, shopId, { type, source: "shopper", person, entry }, now);
  return { status: "received" };
}

/** A case that was solved opens again; where another one took its place, the message goes there. */
export async function writeToCase(
  tx: Tx,
  shopId: ShopId,
  { caseId, text, requestId }: Written & { caseId: string },
  now: Date,
): Promise<WriteResult> {
  const found = await tx.case.findUnique({ where: { shopId_id: { shopId, id: caseId } } });
  if (!found || found.personKey === "redacted") return { status: "unknown" };
  if (await isTooMuch(tx, shopId, { id: caseId }, now)) return { status: "too-many" };
  const again = found.state === "solved" ? await reopenCase(tx, shopId, caseId, undefined, now) : null;
  const id = again?.status === "another" ? again.caseId : caseId;
  const target = await tx.case.findUniqueOrThrow({ where: { shopId_id: { shopId, id } } });
  await addEntry(tx, target, { kind: "written", text, sourceKey: `written:${requestId}` }, now);
  return { status: "received" };
}

async function isTooMuch(
  tx: Tx,
  shopId: ShopId,
  which: { orderGid: string } | { id: string },
  now: Date,
): Promise<boolean> {
  const written = await tx.caseEntry.count({
    where: {
      shopId,
      kind: "written",
      happenedAt: { gt: new Date(now.getTime() - WINDOW) },
      case: { is: which },
    },
  });
  return written >= MOST_MESSAGES;
}
