// The control endpoints below /_/: what the pages' scripts, the demo script and tests steer the demo store with.
// JSON in and out. `?shop=` names another shop than the first.
import { fileResponse, json, type Route } from "../http.ts";
import type { Demo } from "../demo.ts";
import { appRoutes } from "./app.ts";
import { checkoutRoutes } from "./checkout.ts";
import { clockRoutes } from "./clock.ts";
import { mailRoutes } from "./mails.ts";
import { orderRoutes } from "./orders.ts";
import { webhookRoutes } from "./webhooks.ts";

export function controlRoutes(demo: Demo, parts: { bulkFolder: string; reset: () => void }): Route[] {
  return [
    ...appRoutes(demo),
    ...checkoutRoutes(demo),
    ...clockRoutes(demo),
    ...mailRoutes(demo),
    ...orderRoutes(demo),
    ...webhookRoutes(demo),
    {
      method: "GET",
      pattern: "/_/events",
      handle: () => ({
        status: 200,
        headers: { "content-type": "text/event-stream", "cache-control": "no-store" },
        body: demo.log.stream(),
      }),
    },
    { method: "GET", pattern: "/_/log", handle: () => json(demo.log.entries()) },
    {
      method: "GET",
      pattern: "/_/unmodelled",
      handle: () => json(Object.fromEntries(demo.unmodelled)),
    },
    {
      method: "POST",
      pattern: "/_/reset",
      handle() {
        parts.reset();
        return json({ ok: true });
      },
    },
    {
      method: "GET",
      pattern: "/bulk/:file",
      handle: ({ params }) => ({
        ...fileResponse(parts.bulkFolder, params.file!),
        headers: { "content-type": "application/jsonl" },
      }),
    },
  ];
}
