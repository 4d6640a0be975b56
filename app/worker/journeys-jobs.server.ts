import { acrossShops, inShop } from "#app/db/in-shop.server";
import {
  cancelOrder,
  enterException,
  enterOrder,
  enterParcel,
  runStep,
  type JourneyConfig,
} from "#app/journeys/journeys.server";
import { log } from "#app/log.server";
import type { JobHandlers } from "#app/queue/queue.server";
import type { Ports, Sweep } from "./ports.server";

type JourneyJobs =
  "journeys.enter-order" | "journeys.cancel-order" | "journeys.enter-parcel" | "journeys.enter-exception";

export function journeysJobs(ports: Ports): Pick<JobHandlers, JourneyJobs> {
  return {
    "journeys.enter-order": ({ shopId, orderGid }) =>
      inShop(shopId, (tx) => enterOrder(tx, shopId, orderGid, configOf(ports))),
    "journeys.cancel-order": ({ shopId, orderGid }) =>
      inShop(shopId, (tx) => cancelOrder(tx, shopId, orderGid, ports.now())),
    "journeys.enter-parcel": ({ shopId, parcelId, status }) =>
      inShop(shopId, (tx) => enterParcel(tx, shopId, { parcelId, status }, configOf(ports))),
    "journeys.enter-exception": ({ shopId, exceptionId }) =>
      inShop(shopId, (tx) => enterException(tx, shopId, exceptionId, configOf(ports))),
  };
}

function configOf({ appUrl, secret, now }: Ports): JourneyConfig {
  return { appUrl, secret, now: now() };
}

const BATCH = 200;

/** Steps whose time has come. The index holds waiting steps only, so a million of them cost nothing until due. */
const runDueSteps: Sweep = {
  name: "journeys.run-due",
  everySeconds: 5,
  run: async (ports) => {
    const due = await acrossShops((tx) =>
      tx.journeyStep.findMany({
        where: { state: "waiting", dueAt: { lte: ports.now() } },
        orderBy: { dueAt: "asc" },
        take: BATCH,
        select: { shopId: true, id: true },
      }),
    );
    let done = 0;
    for (const { shopId, id } of due) {
      try {
        await inShop(shopId, (tx) => runStep(tx, shopId, id, configOf(ports)));
        done++;
      } catch (error) {
        log.error({ shopId, step: id, error: String(error) }, "journey step failed");
      }
    }
    return done;
  },
};

export const journeysSweeps: Sweep[] = [runDueSteps];
