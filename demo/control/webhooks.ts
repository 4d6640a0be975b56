// The delivery log, faults on demand, resending, and free deliveries for tests.
import type { Demo } from "../demo.ts";
import { json, type Route } from "../http.ts";
import { NO_FAULTS, type WebhookFaults } from "../webhooks/sender.ts";
import { storeFor } from "./request.ts";

export function webhookRoutes(demo: Demo): Route[] {
  const { webhooks } = demo;
  return [
    {
      /** Newest first; `?topic=` and `?limit=` (100). */
      method: "GET",
      pattern: "/_/webhooks",
      handle({ url }) {
        const topic = url.searchParams.get("topic");
        const limit = Number(url.searchParams.get("limit") ?? 100);
        const found = webhooks.deliveries().filter((delivery) => !topic || delivery.topic === topic);
        return json(found.slice(0, limit));
      },
    },
    {
      method: "POST",
      pattern: "/_/webhooks/:id/resend",
      handle({ params }) {
        const delivery = webhooks.resend(Number(params.id));
        return delivery ? json(delivery, 202) : json({ error: "There is no such delivery." }, 404);
      },
    },
    {
      /** `{topic, payload}`: sends a body that no change caused. */
      method: "POST",
      pattern: "/_/webhooks",
      handle(request) {
        const { topic, payload } = request.data() as { topic: string; payload: Record<string, unknown> };
        return json(webhooks.send(storeFor(demo, request).shop().domain, topic, payload), 202);
      },
    },
    {
      /** Lets held deliveries go and waits until nothing is on its way. */
      method: "POST",
      pattern: "/_/webhooks-flush",
      async handle() {
        await webhooks.flush();
        return json({ ok: true });
      },
    },
    { method: "GET", pattern: "/_/faults", handle: () => json(webhooks.faults()) },
    {
      /** Any of `WebhookFaults`; `{}` takes all faults away. */
      method: "POST",
      pattern: "/_/faults",
      handle(request) {
        const changes = request.data() as Partial<WebhookFaults>;
        return json(webhooks.setFaults(Object.keys(changes).length === 0 ? NO_FAULTS : changes));
      },
    },
  ];
}
