import { acrossShops, inShop } from "#app/db/in-shop.server";
import { forecastDue, shopsToForecast } from "#app/parcels/forecast.server";
import type { Sweep } from "./ports.server";

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

export const parcelsSweeps: Sweep[] = [forecastParcels];
