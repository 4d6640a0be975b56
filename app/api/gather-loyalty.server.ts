import { areMembers, proposeProgram } from "#app/loyalty/loyalty-candidates.server";
import { source } from "./source";

/** The invitation to the loyalty programme, for people who are not members yet. */
export const loyaltySource = source<unknown, boolean>({
  read: async (client, shopId, asks) => {
    if (!asks[0]!.memory.program.enabled) return asks.map(() => false);
    return areMembers(
      client,
      shopId,
      asks.map(({ moment, customerGid }) => ({ ...moment, customerGid })),
    );
  },
  propose: ({ shop, memory, moment }, { known: isMember }) =>
    isMember ? [] : proposeProgram(memory.program, shop, moment),
});
