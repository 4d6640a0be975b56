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

  const primary = open(shop(68001, PRIMARY_SHOP, "Harbour & Pine"), 5_000_000_000_000);
  if (config.historyDir) loadOrderExport(primary.state, config.historyDir, anchor);
  else generateHistory(primary.state, { orders: config.generatedOrders, seed: 20_261, anchor });

  const second = open(shop(68002, SECOND_SHOP, "Other Street Goods"), 6_000_000_000_000);
  const orders = Math.min(SECOND_SHOP_ORDERS, config.generatedOrders);
  generateHistory(second.state, { orders, seed: 68_002, anchor });
  return new Map([
    [PRIMARY_SHOP, primary],
    [SECOND_SHOP, second],
  ]);
}
