import { inShop } from "#app/db/in-shop.server";
import type { Shop } from "#app/generated/prisma/client";
import { balanceOf, saveProgram, type Balance } from "#app/loyalty/loyalty.server";
import { DEFAULT_PROGRAM, type Program } from "#app/loyalty/program";

type ShopKey = Pick<Shop, "id">;

/** Switches the programme on: 1 point per euro, 100 for joining, 30 days of waiting. */
export async function aProgram(shop: ShopKey, overrides: Partial<Program> = {}): Promise<Program> {
  const program = { ...DEFAULT_PROGRAM, enabled: true, ...overrides };
  const now = new Date("2026-11-01T08:00:00Z");
  await inShop(shop.id, (tx) => saveProgram(tx, shop.id, program, now));
  return program;
}

export async function membersOf(shop: ShopKey) {
  return inShop(shop.id, (tx) =>
    tx.loyaltyMember.findMany({ where: { shopId: shop.id }, orderBy: [{ joinedAt: "asc" }, { id: "asc" }] }),
  );
}

/** The balance of the shop's only member. */
export async function onlyBalance(shop: ShopKey): Promise<Balance> {
  const members = await membersOf(shop);
  if (members.length !== 1) throw new Error(`expected one member, found ${members.length}`);
  return inShop(shop.id, (tx) => balanceOf(tx, shop.id, members[0]!.id));
}

export async function entriesOf(shop: ShopKey) {
  return inShop(shop.id, (tx) =>
    tx.ledgerEntry.findMany({ where: { shopId: shop.id }, orderBy: [{ createdAt: "asc" }, { id: "asc" }] }),
  );
}
