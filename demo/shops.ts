// The two shops of the demo: one with a past, and a small second one that shows that tenants stay apart.
import type { Clock } from "./clock.ts";
import { PRIMARY_SHOP, SECOND_SHOP, type DemoConfig } from "./config.ts";
import { generateHistory } from "./history/generate.ts";
import { loadOrderExport } from "./history/order-export.ts";
import { createStore, type RunningStore } from "./store/create-store.ts";
import type { Shop } from "./store/types.ts";

const SECOND_SHOP_ORDERS = 40;

export function openShops(config: DemoConfig, clock: Clock, anchor: Date): Map<string, RunningStore> {
  const founded = new Date(anchor.getTime() - 2 * 365 * 86_400_000).toISOString();
  const shop = (id: number, domain: string, name: string): Shop => ({
    id,
    domain,
    name,
    email: `owner@${domain.replace("myshopify.com", "example")}`,
    ownerName: "Sam Owner",
    currency: "USD",
    timezone: "America/New_York",
    countryCode: "US",
    taxRate: 0.08,
    createdAt: founded,
    updatedAt: founded,
  });
  const open = (details: Shop, firstId: number) =>
    createStore({ clock, orderDelayMs: config.orderDelayMs, shop: details, firstId });

  const stores = new Map([
    [PRIMARY_SHOP, open(shop(68001, PRIMARY_SHOP, "Harbour & Pine"), 5_000_000_000_000)],
    [SECOND_SHOP, open(shop(68002, SECOND_SHOP, "Other Street Goods"), 6_000_000_000_000)],
  ]);
  seedShops(stores, config, anchor);
  return stores;
}

/** Gives empty shops their past. */
export function seedShops(stores: Map<string, RunningStore>, config: DemoConfig, anchor: Date): void {
  const primary = stores.get(PRIMARY_SHOP)!.state;
  if (config.historyDir) loadOrderExport(primary, config.historyDir, anchor);
  else generateHistory(primary, { orders: config.generatedOrders, seed: 20_261, anchor });
  const orders = Math.min(SECOND_SHOP_ORDERS, config.generatedOrders);
  generateHistory(stores.get(SECOND_SHOP)!.state, { orders, seed: 68_002, anchor });
}
