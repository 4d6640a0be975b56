import { addressHash } from "#app/db/seal";
import type { ShopId, Tx } from "#app/db/tx";
import type { Person } from "./person-data";

/** A person as a privacy request names them: by customer id, e-mail address, phone number, orders, or any of these. */
export type PersonRequest = {
  customerGid: string | null;
  email: string | null;
  phone: string | null;
  orderGids: string[];
  /** Makes a repeated request one row. */
  sourceKey: string;
};

/** Follows the names a request gives to everything that identifies the same person here. */
export async function findPerson(
  tx: Tx,
  shopId: ShopId,
  request: PersonRequest,
  secret: string,
): Promise<Person> {
  const { customerGid, email, phone, orderGids } = request;
  const asked = await tx.customer.findMany({
    where: {
      shopId,
      OR: [
        ...(customerGid ? [{ gid: customerGid }] : []),
        ...(email ? [{ email: { equals: email, mode: "insensitive" as const } }] : []),
        ...(phone ? [{ phone }] : []),
      ],
    },
  });
  const customers = unique([customerGid, ...asked.map((customer) => customer.gid)]);
  const emails = unique([email, ...asked.map((customer) => customer.email)].map((one) => one?.toLowerCase()));
  const phones = unique([phone, ...asked.map((customer) => customer.phone)]);
  const orders = await tx.order.findMany({
    where: {
      shopId,
      OR: [
        { gid: { in: orderGids } },
        { customerGid: { in: customers } },
        ...emails.map((one) => ({ email: { equals: one, mode: "insensitive" as const } })),
      ],
    },
    select: { gid: true, email: true, phone: true },
  });
  // An order may have been placed with another address than the customer's.
  const allEmails = unique([...emails, ...orders.map((order) => order.email?.toLowerCase())]);
  const allPhones = unique([...phones, ...orders.map((order) => order.phone)]);
  const allOrders = unique([...orderGids, ...orders.map((order) => order.gid)]);
  return {
    customers,
    orders: allOrders,
    keys: [...customers, ...allOrders.map((gid) => `order:${gid}`)],
    emails: allEmails,
    phones: allPhones,
    hashes: [...allEmails, ...allPhones].map((address) => addressHash(secret, shopId, address)),
  };
}

function unique(values: (string | null | undefined)[]): string[] {
  return [...new Set(values.filter((value): value is string => Boolean(value)))];
}
