import type { ShopId, Tx } from "#app/db/tx";
import { orderByGid } from "#app/orders/orders.server";
import type { ExceptionKind } from "#app/parcels/exception";
import { exceptionById } from "#app/parcels/exceptions.server";
import { TYPE_OF_EXCEPTION } from "./case-rules";
import { caseRulesOf } from "./case-rules.server";
import { addEntry, openCase, type OpenedCase } from "./cases.server";

/** Cases that nobody had to ask for: something went wrong with a delivery, or somebody gave a bad score. */

/** A delivery's exception was opened or closed. Safe to repeat, in any order. @returns null where no rule asks for a case */
export async function hearException(
  tx: Tx,
  shopId: ShopId,
  exceptionId: string,
  now: Date,
): Promise<OpenedCase | null> {
  const exception = await exceptionById(tx, shopId, exceptionId);
  if (!exception) return null;
  const kind = exception.kind as ExceptionKind;
  const type = TYPE_OF_EXCEPTION[kind];
  const { orderGid: subject, closedAt } = exception;
  if (closedAt) {
    const open = await tx.case.findFirst({ where: { shopId, subject, type, state: { not: "solved" } } });
    const entry = { kind: "told" as const, text: `over:${kind}`, sourceKey: `exception-over:${exceptionId}` };
    if (open?.source === "delivery") await addEntry(tx, open, entry, now);
    return null;
  }
  const { exceptions } = await caseRulesOf(tx, shopId);
  const order = await orderByGid(tx, shopId, subject);
  if (!order || !exceptions.includes(kind)) return null;
  return openCase(
    tx,
    shopId,
    {
      type,
      source: "delivery",
      person: { orderGid: order.gid, customerGid: order.customerGid },
      entry: { kind: "told", text: kind, sourceKey: `exception:${exceptionId}` },
    },
    now,
  );
}

/** Scores of this and less are those of detractors. https://www.netpromoter.com/know/ */
const DETRACTOR_MOST = 6;

export type Answered = {
  responseId: string;
  /** Of the NPS question, 0 to 10; null where none was asked or answered. */
  nps: number | null;
  comment: string | null;
  orderGid: string | null;
  customerGid: string | null;
};

/** Somebody answered: a detractor gets a private case with a clock, never a public ask. */
export async function hearAnswer(
  tx: Tx,
  shopId: ShopId,
  { responseId, nps, comment, orderGid, customerGid }: Answered,
  now: Date,
): Promise<OpenedCase | null> {
  if (nps === null || nps > DETRACTOR_MOST || !(orderGid || customerGid)) return null;
  if (!(await caseRulesOf(tx, shopId)).detractors) return null;
  const text = `score:${nps}${comment ? `\n${comment}` : ""}`;
  const entry = { kind: "told" as const, text, sourceKey: `answer:${responseId}` };
  const person = { orderGid, customerGid };
  return openCase(tx, shopId, { type: "unhappy", source: "answer", person, entry }, now);
}
