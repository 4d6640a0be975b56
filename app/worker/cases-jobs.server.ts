import { hearAnswer, hearException } from "#app/cases/opened-by-itself.server";
import { inShop } from "#app/db/in-shop.server";
import type { JobHandlers } from "#app/queue/queue.server";
import { npsAnswer } from "#app/surveys/nps-answer.server";
import type { Ports } from "./ports.server";

export function casesJobs(
  ports: Pick<Ports, "now">,
): Pick<JobHandlers, "cases.hear-exception" | "cases.hear-answer"> {
  return {
    "cases.hear-exception": async ({ shopId, exceptionId }) => {
      await inShop(shopId, (tx) => hearException(tx, shopId, exceptionId, ports.now()));
    },
    "cases.hear-answer": async ({ shopId, responseId }) => {
      await inShop(shopId, async (tx) => {
        const answer = await npsAnswer(tx, shopId, responseId);
        if (answer) await hearAnswer(tx, shopId, answer, ports.now());
      });
    },
  };
}
