import { acrossShops, inShop } from "#app/db/in-shop.server";
import { prisma } from "#app/db/pool.server";
import { openOverdue, shopsWithDueClocks, unwatchOrder, watchOrder } from "#app/parcels/exceptions.server";
import { forecastDue, shopsToForecast } from "#app/parcels/forecast.server";
import { readLocation, recordOrigin } from "#app/parcels/origin.server";
import { tellTheme } from "#app/parcels/proxy-path.server";
import { readPickup, recordPickup } from "#app/parcels/pickup.server";
import type { JobHandlers } from "#app/queue/queue.server";
import { adminOf } from "./admin-of.server";
import type { Ports, Sweep } from "./ports.server";

type ParcelJobs =
  | "parcels.watch-order"
  | "parcels.unwatch-order"
  | "parcels.tell-theme"
  | "parcels.read-origin"
  | "parcels.read-pickup";

export function parcelsJobs(ports: Ports): Pick<JobHandlers, ParcelJobs> {
  const { now } = ports;
  return {
    "parcels.watch-order": ({ shopId, orderGid }) => inShop(shopId, (tx) => watchOrder(tx, shopId, orderGid)),
    "parcels.unwatch-order": ({ shopId, orderGid }) =>
      inShop(shopId, (tx) => unwatchOrder(tx, shopId, orderGid, now())),
    "parcels.tell-theme": async ({ shopId }) => {
      const { proxyPath } = await prisma.shop.findUniqueOrThrow({ where: { id: shopId } });
      const admin = await adminOf(ports, shopId);
      if (admin) await tellTheme(admin, proxyPath);
    },
    "parcels.read-origin": async ({ shopId, parcelId, locationGid }) => {
      const admin = await adminOf(ports, shopId);
      const country = admin && (await readLocation(admin, locationGid));
      if (!country) return;
      await inShop(shopId, (tx) => recordOrigin(tx, shopId, { parcelId, locationGid, country }, now()));
    },
    "parcels.read-pickup": async ({ shopId, fulfillmentOrderGid, readyAt }) => {
      const admin = await adminOf(ports, shopId);
      const pickup = admin && (await readPickup(admin, fulfillmentOrderGid));
      if (!pickup) return;
      const ready = { fulfillmentOrderGid, ...pickup, readyAt: new Date(readyAt) };
      const { status } = await inShop(shopId, (tx) => recordPickup(tx, shopId, ready, now()));
      if (status === "not-yet") throw new Error(`the order ${pickup.orderGid} has not been told yet`);
    },
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
