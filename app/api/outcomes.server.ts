import { z } from "zod";
import type { OutcomeResponse } from "../../extensions/shared/contract";
import { inShop } from "#app/db/in-shop.server";
import { recordOutcome } from "#app/decisions/outcomes.server";
import { endpoint } from "./extension-api.server";

/** `POST /api/outcomes`: seen, clicked or "not for me". */
const OutcomeSchema = z.object({
  decisionId: z.uuid(),
  position: z.int().min(1).max(3),
  outcome: z.enum(["impression", "click", "dismissal"]),
});

export const tellOutcome = endpoint(
  OutcomeSchema,
  async ({ shop, now }, { outcome, ...placement }): Promise<OutcomeResponse> => ({
    status: await inShop(shop.id, (tx) => recordOutcome(tx, shop.id, placement, outcome, now)),
  }),
);
