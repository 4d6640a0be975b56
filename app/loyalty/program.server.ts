import type { ShopId, Tx } from "#app/db/tx";
import { readProgram, type Program } from "./program";

/** The shop's rules; the defaults, switched off, where it has never saved any. */
export async function programOf(tx: Tx, shopId: ShopId): Promise<Program> {
  return readProgram(await tx.loyaltyProgram.findUnique({ where: { shopId } }));
}

/** New rules hold for orders that are settled from now on; points already given are not touched. */
export async function saveProgram(tx: Tx, shopId: ShopId, program: Program, now: Date): Promise<void> {
  const values = { ...program, updatedAt: now };
  await tx.loyaltyProgram.upsert({ where: { shopId }, create: { shopId, ...values }, update: values });
}
