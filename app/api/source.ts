import type { PoolClient } from "pg";
import type { Block } from "../../extensions/shared/contract";
import type { Candidate } from "#app/decisions/candidate";
import type { Attention } from "#app/decisions/decision";
import type { ShopId } from "#app/db/tx";
import type { Shop } from "#app/generated/prisma/client";
import type { ParsedMoment } from "./moment";
import type { ShopMemory } from "./shop-memory.server";

/** One request to decide, with what is in memory of its shop. */
export type Asked = {
  shop: Shop;
  memory: ShopMemory;
  block: Block;
  moment: ParsedMoment;
  /** The signed-in customer, where the token told one. */
  customerGid: string | null;
  now: Date;
};

/**
 * One feature's part in the answer to a block: what it would show. Requests are answered in groups, so a source never
 * queries for one person: it prepares what it needs of the shop in memory, reads what it must know of all people of a
 * group in one query, and proposes from both. Most sources only propose.
 */
export type Source<Prepared = unknown, Known = unknown> = {
  /** Before the group: sees to what is missing in memory. Answers without a promise where nothing is. */
  prepare?: (asked: Asked) => Prepared | Promise<Prepared>;
  /**
   * One query for all asks of one shop in a group, sent along with the attention's. Reads only. May run more than once
   * for an ask.
   * @returns one entry per ask, in the same order
   */
  read?: (client: PoolClient, shopId: ShopId, asked: Asked[]) => Promise<Known[]>;
  /** Pure and quick: memory only. `person` is what contact policy and earlier decisions know of who looks. */
  propose: (asked: Asked, facts: Facts<Prepared, Known>) => Candidate[];
};

export type Facts<Prepared, Known> = {
  prepared: Prepared;
  /** Undefined in a preview, where nobody looks. */
  known: Known | undefined;
  person: Attention;
};

/** Lets a list hold sources of different facts; each gets back only what itself prepared and read. */
export function source<Prepared, Known>(one: Source<Prepared, Known>): Source {
  return one as Source;
}
