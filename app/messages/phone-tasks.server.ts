import type { ShopId, Tx } from "#app/db/tx";
import type { PhoneTask } from "#app/generated/prisma/client";

/** Calls that staff should make: done, and undone where the click was a mistake. */
export type PhoneTaskView = Pick<PhoneTask, "id" | "phone" | "note" | "orderGid" | "createdAt" | "doneAt"> & {
  orderName: string | null;
  customer: string | null;
};

const MOST = 100;

/** Oldest first. */
export async function openPhoneTasks(tx: Tx, shopId: ShopId): Promise<PhoneTaskView[]> {
  const rows = await tx.phoneTask.findMany({
    where: { shopId, doneAt: null },
    orderBy: { createdAt: "asc" },
    take: MOST,
  });
  return withNames(tx, shopId, rows);
}

/** Those done last, first. */
export async function donePhoneTasks(tx: Tx, shopId: ShopId): Promise<PhoneTaskView[]> {
  const rows = await tx.phoneTask.findMany({
    where: { shopId, doneAt: { not: null } },
    orderBy: { doneAt: "desc" },
    take: 20,
  });
  return withNames(tx, shopId, rows);
}

/** @returns false where there is no such task */
export async function settlePhoneTask(
  tx: Tx,
  shopId: ShopId,
  id: string,
  { done, staffId, now }: { done: boolean; staffId: string; now: Date },
): Promise<boolean> {
  const data = done ? { doneAt: now, doneBy: staffId } : { doneAt: null, doneBy: null };
  return (await tx.phoneTask.updateMany({ where: { shopId, id }, data })).count > 0;
}

async function withNames(tx: Tx, shopId: ShopId, tasks: PhoneTask[]): Promise<PhoneTaskView[]> {
  const gidsOf = (column: "orderGid" | "customerGid") =>
    tasks.map((task) => task[column]).filter((gid): gid is string => gid !== null);
  const orders = await tx.order.findMany({
    where: { shopId, gid: { in: gidsOf("orderGid") } },
    select: { gid: true, name: true },
  });
  const customers = await tx.customer.findMany({
    where: { shopId, gid: { in: gidsOf("customerGid") } },
    select: { gid: true, firstName: true, lastName: true },
  });
  return tasks.map(({ id, phone, note, orderGid, customerGid, createdAt, doneAt }) => {
    const customer = customers.find(({ gid }) => gid === customerGid);
    const orderName = orders.find(({ gid }) => gid === orderGid)?.name ?? null;
    const name = [customer?.firstName, customer?.lastName].filter(Boolean).join(" ");
    return { id, phone, note, orderGid, createdAt, doneAt, orderName, customer: name || null };
  });
}
