import { inShop } from "#app/db/in-shop.server";
import { answerWhatIf } from "#app/decisions/what-if.server";
import type { JobHandlers } from "#app/queue/queue.server";
import type { Ports } from "./ports.server";

export function whatIfJobs(ports: Ports): Pick<JobHandlers, "decisions.answer-what-if"> {
  return {
    "decisions.answer-what-if": ({ shopId, whatIfId }) =>
      answerWhatIf((work) => inShop(shopId, work), shopId, whatIfId, ports.now()),
  };
}
