// Reading the input of control endpoints.
import type { Demo } from "../demo.ts";
import type { DemoRequest } from "../http.ts";
import { parseGid } from "../store/ids.ts";
import type { Store } from "../store/store.ts";

/** The shop that the request names in `?shop=` or in its body, else the first. */
export function storeFor(demo: Demo, request: DemoRequest): Store {
  const named = request.url.searchParams.get("shop") ?? request.data().shop;
  if (!named) return demo.store;
  const store = demo.stores.get(String(named));
  if (!store) throw new Error(`The demo has no shop ${String(named)}.`);
  return store;
}

/** A plain number or a gid. */
export function toId(value: unknown): number {
  return parseGid(String(value))?.id ?? Number(value);
}
