import { acrossShops, inShop } from "#app/db/in-shop.server";
import { openOverdue, shopsWithDueClocks, unwatchOrder, watchOrder } from "#app/parcels/exceptions.server";
import { forecastDue, shopsToForecast } from "#app/parcels/forecast.server";
import type { JobHandlers } from "#app/queue/queue.server";
import type { Ports, Sweep } from "./ports.server";

export function parcelsJobs({
  now,
}: Ports): Pick<JobHandlers, "parcels.watch-order" | "parcels.unwatch-order"> {
  return {
    "parcels.watch-order": ({ shopId, orderGid }) => inShop(shopId, (tx) => watchOrder(tx, shopId, orderGid)),
    "parcels.unwatch-order": ({ shopId, orderGid }) =>
      inShop(shopId, (tx) => unwatchOrder(tx, shopId, orderGid, now())),
  };
}

/** A new scan moves the forecast within seconds. */
const forecastParcels: Sweep = {
  name: "parcels.forecast",
  everySeconds: 5,
  run: async ({ now }) => {
    let looked = 0;
    for (const shopId of await acrossShops((tx) => shopsToForecast(tx, now()))) {
      looked += await inShop(shopId, (tx) => forecastDue(tx, shopId, now()));
    }
    return looked;
  },
};

const openExceptions: Sweep = {
  name: "parcels.open-exceptions",
  everySeconds: 15,
  run: async ({ now }) => {
    let handled = 0;
    for (const shopId of await acrossShops((tx) => shopsWithDueClocks(tx, now()))) {
      handled += await inShop(shopId, (tx) => openOverdue(tx, shopId, now()));
    }
    return handled;
  },
};

export const parcelsSweeps: Sweep[] = [forecastParcels, openExceptions];
