import { acrossShops, inShop } from "#app/db/in-shop.server";
import { foldExposures, shopsToFold } from "#app/decisions/fold-exposures.server";
import { joinOrder } from "#app/decisions/join-order.server";
import { learnOutcomes, shopsToLearn } from "#app/decisions/learn.server";
import { shareModels } from "#app/decisions/share-models.server";
import { shopsToTeach, teachModel } from "#app/decisions/teach.server";
import type { JobHandlers } from "#app/queue/queue.server";
import type { Ports, Sweep } from "./ports.server";

export function decisionsJobs(_ports: Ports): Pick<JobHandlers, "decisions.join-order"> {
  return {
    "decisions.join-order": ({ shopId, orderGid }) => inShop(shopId, (tx) => joinOrder(tx, shopId, orderGid)),
  };
}

/** Outcomes reach the ranking of every web process within half a minute. */
const learn: Sweep = {
  name: "decisions.learn",
  everySeconds: 10,
  run: async (ports) => {
    let counted = 0;
    for (const shopId of await acrossShops(shopsToLearn)) {
      counted += await inShop(shopId, (tx) => learnOutcomes(tx, shopId, ports.now()));
    }
    return counted;
  },
};

/** Comparisons know of a decision within two minutes. */
const fold: Sweep = {
  name: "decisions.fold-exposures",
  everySeconds: 30,
  run: async (ports) => {
    let read = 0;
    for (const shopId of await acrossShops((tx) => shopsToFold(tx, ports.now()))) {
      read += await inShop(shopId, (tx) => foldExposures(tx, shopId, ports.now()));
    }
    return read;
  },
};

/** Outcomes move the ranking of every web process within a minute. */
const teach: Sweep = {
  name: "decisions.teach",
  everySeconds: 10,
  run: async (ports) => {
    const now = ports.now();
    let taught = 0;
    for (const shopId of await acrossShops(shopsToTeach)) {
      taught += await inShop(shopId, (tx) => teachModel(tx, shopId, now));
    }
    return taught;
  },
};

/** What new shops start from changes slowly. Rests after each turn, however many shops it read. */
const share: Sweep = {
  name: "decisions.share-models",
  everySeconds: 6 * 3600,
  run: async (ports) => {
    await acrossShops((tx) => shareModels(tx, ports.now()));
    return 0;
  },
};

export const decisionsSweeps: Sweep[] = [share, teach, learn, fold];
