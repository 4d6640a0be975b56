import { inShop } from "#app/db/in-shop.server";
import type { Shop } from "#app/generated/prisma/client";
import { AdminApiError, type AdminClient } from "#app/shops/admin-client";
import { adminClient } from "../../demo/testing";

let count = 0;

type Past = {
  gateway: string;
  orders: number;
  country?: string;
  totalMinor?: number;
  isFirst?: boolean | null;
  device?: "phone" | "desktop";
};

/** Orders of the last months, by how they were paid. */
export async function pastPayments(shop: Pick<Shop, "id" | "currency">, past: Past[]): Promise<void> {
  const rows = past.flatMap(
    ({ gateway, orders, country = "DE", totalMinor = 8000, isFirst = null, device }) =>
      Array.from({ length: orders }, () => ({
        shopId: shop.id,
        gid: `gid://shopify/Order/9${++count}`,
        name: `#9${count}`,
        currency: shop.currency,
        totalMinor,
        gateway,
        country,
        isFirst,
        device,
        imported: true,
        sourceName: "web",
        placedAt: new Date("2026-09-01T10:00:00Z"),
        shopifyUpdatedAt: new Date("2026-09-01T10:00:00Z"),
      })),
  );
  await inShop(shop.id, (tx) => tx.order.createMany({ data: rows }));
}

type Demo = Parameters<typeof adminClient>[0];

/** The demo store's Admin API as the app's port; `calls` are the documents' names. */
export function demoAdmin(demo: Demo, domain: string): AdminClient & { calls: string[]; breakAt?: string } {
  const client = adminClient(demo, domain);
  const port = {
    calls: [] as string[],
    breakAt: undefined as string | undefined,
    /** The call named `breakAt` is carried out, but its answer is lost, once. */
    async query<Data>(document: string, variables?: Record<string, unknown>): Promise<Data> {
      const name = /(?:query|mutation) (\w+)/.exec(document)![1]!;
      port.calls.push(name);
      const { data, errors } = await client(document, variables);
      if (port.breakAt === name) {
        port.breakAt = undefined;
        throw new AdminApiError("unreachable", "the connection broke");
      }
      if (errors) throw new AdminApiError("rejected", JSON.stringify(errors));
      return data as Data;
    },
  };
  return port;
}
