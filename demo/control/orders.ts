// Orders, parcels, customers and products from the outside: what a merchant, a carrier or a test would do.
import type { Demo } from "../demo.ts";
import { json, type DemoRequest, type DemoResponse, type Route } from "../http.ts";
import type { Store } from "../store/store.ts";
import type { MarketingState, Order, OptInLevel, ShipmentStatus } from "../store/types.ts";
import { storeFor, toId } from "./request.ts";

type Act = (store: Store, id: number, data: Record<string, unknown>) => unknown;

export function orderRoutes(demo: Demo): Route[] {
  /** A POST on one thing; mistakes of the caller come back as 422 with a sentence. */
  const action = (pattern: string, act: Act): Route => ({
    method: "POST",
    pattern,
    handle: (request) => attempt(() => act(storeFor(demo, request), toId(request.params.id), request.data())),
  });

  return [
    {
      /** Newest first; `?limit=` (50) and `?email=`. */
      method: "GET",
      pattern: "/_/orders",
      handle: (request) => json(listOrders(storeFor(demo, request), request)),
    },
    {
      method: "GET",
      pattern: "/_/orders/:id",
      handle(request) {
        const order = storeFor(demo, request).orderById(toId(request.params.id));
        return order ? json(order) : json({ error: "There is no such order." }, 404);
      },
    },
    {
      method: "GET",
      pattern: "/_/products",
      handle(request) {
        const store = storeFor(demo, request);
        return json(
          store.products().map((product) => ({ ...product, picturePath: store.picturePath(product) })),
        );
      },
    },
    {
      method: "GET",
      pattern: "/_/customers",
      handle: (request) => json(storeFor(demo, request).customers().slice(0, limitOf(request))),
    },
    {
      method: "GET",
      pattern: "/_/carriers",
      handle: (request) => json(storeFor(demo, request).carriers()),
    },
    {
      method: "GET",
      pattern: "/_/discounts",
      handle: (request) => json(storeFor(demo, request).discounts()),
    },
    /** `{carrier?, boxes?, lines?: [{lineItemId, quantity}]}`; of a pickup: it was fetched. */
    action("/_/orders/:id/fulfil", (store, id, data) => store.fulfil(id, data)),
    /** The goods of a pickup wait for the buyer. */
    action("/_/orders/:id/ready", (store, id) => store.makeReady(id)),
    /** `{lines?: [{lineItemId, quantity, restock?}], shipping?, note?}`; without lines everything. */
    action("/_/orders/:id/refund", (store, id, data) =>
      store.refund(id, refundInput(store.orderById(id), data)),
    ),
    /** `{reason?}` */
    action("/_/orders/:id/cancel", (store, id, data) =>
      store.cancelOrder(id, data.reason as NonNullable<Order["cancelReason"]> | undefined),
    ),
    /** Makes the carrier's next scan. */
    action("/_/parcels/:id/next", (store, id) => store.moveToNextScan(id) ?? null),
    /** The carrier makes no more scans. */
    action("/_/parcels/:id/stop", (store, id) => store.stopParcel(id)),
    /** `{status, message?}`: DELAYED, ATTEMPTED_DELIVERY, DELIVERED, FAILURE … */
    action("/_/parcels/:id/status", (store, id, { status, message }) =>
      store.setParcelStatus(id, status as ShipmentStatus, message as string | undefined),
    ),
    /** `{state, optInLevel?}` */
    action("/_/customers/:id/consent", (store, id, { state, optInLevel }) =>
      store.setEmailMarketing(id, {
        state: state as MarketingState,
        optInLevel: (optInLevel as OptInLevel | undefined) ?? "SINGLE_OPT_IN",
      }),
    ),
    action("/_/customers/:id", (store, id, data) => store.updateCustomer(id, data)),
    action("/_/customers/:id/delete", (store, id) => {
      store.deleteCustomer(id);
      return { ok: true };
    }),
    action("/_/products/:id", (store, id, data) => store.updateProduct(id, data)),
    action("/_/variants/:id", (store, id, data) => store.updateVariant(id, data)),
    action("/_/products/:id/delete", (store, id) => {
      store.deleteProduct(id);
      return { ok: true };
    }),
    {
      method: "POST",
      pattern: "/_/shop",
      handle: (request) => attempt(() => storeFor(demo, request).updateShop(request.data())),
    },
  ];
}

function attempt(act: () => unknown): DemoResponse {
  try {
    return json(act());
  } catch (error) {
    return json({ error: (error as Error).message }, 422);
  }
}

function limitOf(request: DemoRequest): number {
  return Number(request.url.searchParams.get("limit") ?? 50);
}

function listOrders(store: Store, request: DemoRequest): Order[] {
  const email = request.url.searchParams.get("email")?.toLowerCase();
  const orders = store.orders().filter((order) => !email || order.email.toLowerCase() === email);
  return orders.slice(0, limitOf(request));
}

function refundInput(
  order: Order | undefined,
  data: Record<string, unknown>,
): Parameters<Store["refund"]>[1] {
  const everything = (order?.lines ?? [])
    .filter((line) => line.quantity > line.removed)
    .map((line) => ({ lineItemId: line.id, quantity: line.quantity - line.removed }));
  return {
    lines: (data.lines as Parameters<Store["refund"]>[1]["lines"] | undefined) ?? everything,
    shipping: data.shipping === undefined ? 0 : Number(data.shipping),
    note: data.note === undefined ? null : String(data.note),
  };
}
