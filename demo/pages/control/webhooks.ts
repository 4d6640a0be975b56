// The webhook log, its faults on demand, and sending again.
import type { Demo } from "../../demo.ts";
import type { DemoRequest, DemoResponse, Route } from "../../http.ts";
import type { Delivery, WebhookFaults } from "../../webhooks/sender.ts";
import { html, type HtmlPart } from "../html.ts";
import { backTo } from "./orders.ts";

const SHOWN = 25;
const TONE: Partial<Record<Delivery["state"], string>> = { delivered: "good", failed: "bad", dropped: "bad" };

export function webhookRoutes(demo: Demo): Route[] {
  return [
    { method: "POST", pattern: "/control/webhooks/faults", handle: (request) => setFaults(demo, request) },
    { method: "POST", pattern: "/control/webhooks/flush", handle: (request) => flush(demo, request) },
    { method: "POST", pattern: "/control/webhooks/:id/resend", handle: (request) => resend(demo, request) },
  ];
}

function setFaults(demo: Demo, request: DemoRequest): DemoResponse {
  const form = request.data();
  const number = (name: string) => Math.max(0, Number(form[name]) || 0);
  const faults = demo.webhooks.setFaults({
    duplicate: Math.floor(number("duplicate")),
    failNext: Math.floor(number("failNext")),
    drop: Math.min(1, number("dropPercent") / 100),
    delayMs: number("delaySeconds") * 1000,
    reorder: form.reorder === "on",
    badHmac: form.badHmac === "on",
  });
  demo.log.add("webhook", `Faults: ${JSON.stringify(faults)}`);
  return backTo(request);
}

async function flush(demo: Demo, request: DemoRequest): Promise<DemoResponse> {
  await demo.webhooks.flush();
  return backTo(request);
}

function resend(demo: Demo, request: DemoRequest): DemoResponse {
  const sent = demo.webhooks.resend(Number(request.params.id));
  return backTo(request, sent ? undefined : "There is no such delivery.");
}

export function webhookPanel(demo: Demo): HtmlPart {
  const deliveries = demo.webhooks.deliveries().slice(0, SHOWN);
  return html`<section class="panel">
    <h2>Webhooks</h2>
    ${faultsForm(demo.webhooks.faults())}
    <h3>Newest deliveries</h3>
    ${deliveries.length === 0 && html`<p class="quiet">None yet.</p>`} ${deliveries.map(deliveryItem)}
  </section>`;
}

function faultsForm(faults: WebhookFaults): HtmlPart {
  const number = (name: string, label: string, value: number) =>
    html`<label class="inline-field"
      >${label} <input class="number" type="number" min="0" name="${name}" value="${value}"
    /></label>`;
  const tick = (name: string, label: string, on: boolean) =>
    html`<label class="inline-field"
      ><input type="checkbox" name="${name}" ${on && html`checked`} /> ${label}</label
    >`;
  return html`<details id="faults">
    <summary>Faults</summary>
    <form method="post" action="/control/webhooks/faults" class="stack" style="margin-top:10px">
      <div class="row">
        ${number("duplicate", "Extra copies", faults.duplicate)}
        ${number("failNext", "Fail the next", faults.failNext)}
      </div>
      <div class="row">
        ${number("dropPercent", "Drop, %", Math.round(faults.drop * 100))}
        ${number("delaySeconds", "Delay, s", Math.round(faults.delayMs / 1000))}
      </div>
      <div class="row">
        ${tick("reorder", "Swap pairs", faults.reorder)} ${tick("badHmac", "Wrong signature", faults.badHmac)}
      </div>
      <div class="row">
        <button class="button small primary">Apply</button>
        <button class="button small" formaction="/control/webhooks/flush">Send what is held back</button>
      </div>
    </form>
  </details>`;
}

function deliveryItem(delivery: Delivery): HtmlPart {
  const answers = delivery.attempts.map((attempt) => attempt.status ?? attempt.error).join(", ");
  return html`<details id="delivery-${delivery.id}">
    <summary>
      <span class="state ${TONE[delivery.state] ?? "wait"}">${delivery.state}</span> ${delivery.topic}
      <span class="quiet">${delivery.triggeredAt.slice(11, 19)} ${answers && `· ${answers}`}</span>
    </summary>
    <p class="quiet">${delivery.url} · webhook ${delivery.webhookId} · event ${delivery.eventId}</p>
    <form method="post" action="/control/webhooks/${delivery.id}/resend" class="row">
      <button class="button small">Send again</button>
    </form>
    <pre tabindex="0">${pretty(delivery.body)}</pre>
  </details>`;
}

function pretty(body: string): string {
  try {
    return JSON.stringify(JSON.parse(body), null, 2);
  } catch {
    return body;
  }
}
