import { placeHold, releaseHold } from "#app/contact-policy/contact-policy.server";
import { personKeyOf } from "#app/customers/customers.server";
import { newId } from "#app/db/id";
import type { ShopId, Tx } from "#app/db/tx";
import type { Case } from "#app/generated/prisma/client";
import { publish } from "#app/queue/queue.server";
import { answerDue } from "./case-rules.server";
import { OPEN_CASE, type CaseEntryKind, type CaseSource, type CaseType } from "./case";

/**
 * Cases: something a shopper needs help with, until it is solved. At most one of a type is unsolved per order; what
 * comes in addition joins it. While a case is not solved, its person gets no marketing and no offers (a hold in contact
 * policy). Telling twice changes nothing: every entry has a key of its own.
 */
export { caseById, countCases, listCases, type CaseView, type ListedCase } from "./find-cases.server";
export { caseRulesOf, saveCaseRules } from "./case-rules.server";

export type NewCase = {
  type: CaseType;
  source: CaseSource;
  /** Whom it is about: an order, a customer, or both. */
  person: { orderGid: string | null; customerGid: string | null };
  entry: NewEntry;
};

export type NewEntry = {
  kind: CaseEntryKind;
  text: string;
  staffId?: string;
  /** The same thing told twice is one entry. */
  sourceKey: string;
};

export type OpenedCase = { status: "opened" | "added" | "known"; caseId: string };

/** Opens a case, or adds to the one of this type that is not solved yet. @throws where neither order nor customer is given */
export async function openCase(tx: Tx, shopId: ShopId, input: NewCase, now: Date): Promise<OpenedCase> {
  const { type, source, person, entry } = input;
  const { orderGid, customerGid } = person;
  const known = await entryBy(tx, shopId, entry.sourceKey);
  if (known) return { status: "known", caseId: known.caseId };
  const subject = orderGid ?? customerGid;
  if (!subject) throw new Error("A case needs an order or a customer.");
  const personKey = personKeyOf({ customerGid, orderGid: orderGid ?? "" });
  const id = newId(now);
  const due = await answerDue(tx, shopId, now);
  // The index decides who is first; the other one adds to it.
  const opened = await tx.$executeRaw`
    INSERT INTO "Case" ("shopId", id, type, source, subject, "personKey", "customerGid", "orderGid",
      "openedAt", "heldSince", "answerDueAt")
    VALUES (${shopId}, ${id}::uuid, ${type}, ${source}, ${subject}, ${personKey}, ${customerGid}, ${orderGid},
      ${now}, ${now}, ${due})
    ON CONFLICT ("shopId", subject, type) WHERE state <> 'solved' DO NOTHING`;
  const found = opened
    ? await tx.case.findUniqueOrThrow({ where: { shopId_id: { shopId, id } } })
    : await tx.case.findFirstOrThrow({ where: { shopId, subject, type, state: { not: "solved" } } });
  await addEntry(tx, found, entry, now);
  if (!opened) return { status: "added", caseId: found.id };
  await hold(tx, found);
  await publish(tx, "case.opened", { shopId, caseId: id });
  return { status: "opened", caseId: id };
}

/** Adds what was said or done. The shopper's own words make it our turn. @returns null where it was added before */
export async function addEntry(
  tx: Tx,
  { shopId, id: caseId, state }: Pick<Case, "shopId" | "id" | "state">,
  entry: NewEntry,
  now: Date,
): Promise<string | null> {
  const id = newId(now);
  const created = await tx.caseEntry.createMany({
    data: [{ shopId, id, caseId, happenedAt: now, ...entry }],
    skipDuplicates: true,
  });
  if (created.count === 0) return null;
  if (entry.kind === "written" && state === "waiting") {
    const answerDueAt = await answerDue(tx, shopId, now);
    await tx.case.update({
      where: { shopId_id: { shopId, id: caseId } },
      data: { state: "open", answerDueAt },
    });
  }
  return id;
}

export async function noteOnCase(
  tx: Tx,
  shopId: ShopId,
  caseId: string,
  { text, staffId }: { text: string; staffId: string },
  now: Date,
): Promise<boolean> {
  const found = await tx.case.findUnique({ where: { shopId_id: { shopId, id: caseId } } });
  if (!found) return false;
  await addEntry(tx, found, { kind: "note", text, staffId, sourceKey: `note:${newId(now)}` }, now);
  return true;
}

/** Whose case it is, as staff call each other; "" for nobody's. */
export async function giveCase(tx: Tx, shopId: ShopId, caseId: string, owner: string): Promise<boolean> {
  const { count } = await tx.case.updateMany({ where: { shopId, id: caseId }, data: { owner } });
  return count > 0;
}

/** Ends a case and its hold. @returns false where it is solved already, or gone */
export async function solveCase(
  tx: Tx,
  shopId: ShopId,
  caseId: string,
  staffId: string,
  now: Date,
): Promise<boolean> {
  const [solved] = await tx.case.updateManyAndReturn({
    where: { shopId, id: caseId, state: { not: "solved" } },
    data: { state: "solved", solvedAt: now, answerDueAt: null },
  });
  if (!solved) return false;
  await releaseHold(tx, shopId, { sourceKey: holdKey(solved), now });
  await addEntry(
    tx,
    solved,
    { kind: "solved", text: "", staffId, sourceKey: stepKey(solved, "solved", now) },
    now,
  );
  await publish(tx, "case.solved", { shopId, caseId });
  return true;
}

export type ReopenResult =
  | { status: "reopened" }
  /** There is another one of its type about the same order. */
  | { status: "another"; caseId: string }
  | { status: "not-solved" };

/** It was not solved after all: marketing rests again. */
export async function reopenCase(
  tx: Tx,
  shopId: ShopId,
  caseId: string,
  staffId: string | undefined,
  now: Date,
): Promise<ReopenResult> {
  const solved = await tx.case.findUnique({ where: { shopId_id: { shopId, id: caseId }, state: "solved" } });
  // Of somebody who was erased nothing can be settled any more.
  if (!solved || solved.personKey === "redacted") return { status: "not-solved" };
  const { subject, type } = solved;
  const other = await tx.case.findFirst({ where: { shopId, subject, type, state: { not: "solved" } } });
  if (other) return { status: "another", caseId: other.id };
  const answerDueAt = await answerDue(tx, shopId, now);
  const [reopened] = await tx.case.updateManyAndReturn({
    where: { shopId, id: caseId, state: "solved" },
    data: { state: "open", solvedAt: null, heldSince: now, answerDueAt },
  });
  if (!reopened) return { status: "not-solved" };
  await hold(tx, reopened);
  const sourceKey = stepKey(reopened, "reopened", now);
  await addEntry(tx, reopened, { kind: "reopened", text: "", staffId, sourceKey }, now);
  return { status: "reopened" };
}

export async function entryBy(tx: Tx, shopId: ShopId, sourceKey: string) {
  return tx.caseEntry.findUnique({ where: { shopId_sourceKey: { shopId, sourceKey } } });
}

async function hold(tx: Tx, opened: Case): Promise<void> {
  const { shopId, personKey, heldSince: startsAt } = opened;
  await placeHold(tx, shopId, { personKey, reason: OPEN_CASE, sourceKey: holdKey(opened), startsAt });
}

/** Opened again, it is another hold: the first one has ended. */
function holdKey({ id, heldSince }: Pick<Case, "id" | "heldSince">): string {
  return `case:${id}:${heldSince.toISOString()}`;
}

function stepKey({ id }: Pick<Case, "id">, step: string, now: Date): string {
  return `case:${id}:${step}:${now.toISOString()}`;
}
