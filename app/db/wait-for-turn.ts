import type { Tx } from "./tx";

/** Who asks for the same turn waits here until the transaction that has it ends. Asked again in that one, it goes on at once. */
export async function waitForTurn(tx: Tx, turn: string): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${turn}, 0))`;
}
