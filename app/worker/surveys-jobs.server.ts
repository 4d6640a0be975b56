import { inShop } from "#app/db/in-shop.server";
import { orderByGid } from "#app/orders/orders.server";
import type { JobHandlers } from "#app/queue/queue.server";
import { joinResponses } from "#app/surveys/surveys.server";
import type { Ports, Sweep } from "./ports.server";

export function surveysJobs(_ports: Ports): Pick<JobHandlers, "surveys.join-order"> {
  return {
    "surveys.join-order": ({ shopId, orderGid }) =>
      inShop(shopId, async (tx) => {
        const order = await orderByGid(tx, shopId, orderGid);
        if (order) await joinResponses(tx, shopId, order);
      }),
  };
}

export const surveysSweeps: Sweep[] = [];
