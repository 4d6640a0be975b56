// Twilio's API, the page of text messages in the mailbox, and endpoints for scripts.
import type { Demo } from "../demo.ts";
import { json, redirect, type DemoRequest, type DemoResponse, type Route } from "../http.ts";
import { html, type HtmlPart } from "../pages/html.ts";
import { page, refreshedOn, standInLine } from "../pages/layout.ts";
import { formatDateTime } from "../pages/money.ts";
import { ACCOUNT, INVALID_NUMBER, TwilioRefusal, UNREACHABLE_NUMBER, type TextMessage } from "./twilio.ts";

const PAGE = "/mailbox/texts";

export function twilioRoutes(demo: Demo): Route[] {
  return [
    {
      method: "POST",
      pattern: "/twilio/2010-04-01/Accounts/:account/Messages.json",
      handle: (request) => takeMessage(demo, request),
    },
    { method: "GET", pattern: PAGE, handle: (request) => textsPage(demo, request) },
    {
      method: "POST",
      pattern: `${PAGE}/address`,
      handle: (request) => back(() => demo.twilio.setAnswersUrl(String(request.data().address ?? ""))),
    },
    { method: "POST", pattern: `${PAGE}/answer`, handle: (request) => back(() => answerOf(demo, request)) },
    {
      /** Newest first; `?to=` filters by recipient. */
      method: "GET",
      pattern: "/_/texts",
      handle({ url }) {
        const to = url.searchParams.get("to");
        return json(demo.twilio.messages().filter((message) => !to || message.to === to));
      },
    },
    {
      /** `{address}` as the app's page “Channels” shows it. */
      method: "POST",
      pattern: "/_/texts/address",
      handle: (request) =>
        asJson(() => {
          demo.twilio.setAnswersUrl(String(request.data().address ?? ""));
          return ACCOUNT;
        }),
    },
    {
      /** `{from, body}`: somebody answers, e.g. STOP. */
      method: "POST",
      pattern: "/_/texts/answer",
      handle: (request) => asJson(async () => ({ status: await answerOf(demo, request) })),
    },
  ];
}

function takeMessage({ twilio, clock }: Demo, { params, headers, data }: DemoRequest): DemoResponse {
  const given = Buffer.from(String(headers.authorization ?? "").replace(/^Basic /, ""), "base64").toString();
  if (params.account !== ACCOUNT.sid || given !== `${ACCOUNT.sid}:${ACCOUNT.token}`) {
    return json({ code: 20003, message: "Authenticate", status: 401 }, 401);
  }
  try {
    const message = twilio.take(data() as Record<string, string>);
    return json(resourceOf(message, clock.now()), 201);
  } catch (error) {
    if (!(error instanceof TwilioRefusal)) throw error;
    const { status, code, message } = error;
    return json({ code, message, more_info: `https://www.twilio.com/docs/errors/${code}`, status }, status);
  }
}

/** https://www.twilio.com/docs/messaging/api/message-resource */
function resourceOf({ sid, from, to, body, channel }: TextMessage, now: Date) {
  const prefix = channel === "whatsapp" ? "whatsapp:" : "";
  const date = now.toUTCString().replace("GMT", "+0000");
  return {
    account_sid: ACCOUNT.sid,
    api_version: "2010-04-01",
    body,
    date_created: date,
    date_sent: null,
    date_updated: date,
    direction: "outbound-api",
    error_code: null,
    error_message: null,
    from: prefix + from,
    messaging_service_sid: from.startsWith("MG") ? from : null,
    num_media: "0",
    num_segments: "1",
    price: null,
    price_unit: null,
    sid,
    status: "queued",
    subresource_uris: {},
    to: prefix + to,
    uri: `/2010-04-01/Accounts/${ACCOUNT.sid}/Messages/${sid}.json`,
  };
}

function answerOf(demo: Demo, request: DemoRequest): Promise<number> {
  const { from = "", body = "STOP" } = request.data() as { from?: string; body?: string };
  return demo.twilio.answer(from.trim(), body);
}

async function asJson(act: () => unknown): Promise<DemoResponse> {
  try {
    return json(await act());
  } catch (error) {
    return json({ error: (error as Error).message }, 422);
  }
}

async function back(act: () => unknown): Promise<DemoResponse> {
  try {
    await act();
    return redirect(PAGE, 303);
  } catch (error) {
    return redirect(`${PAGE}?problem=${encodeURIComponent((error as Error).message)}`, 303);
  }
}

function textsPage({ twilio, log }: Demo, request: DemoRequest): DemoResponse {
  const problem = request.url.searchParams.get("problem");
  const messages = twilio.messages();
  return page({
    title: "Text messages (demo store)",
    styles: ["tools"],
    bodyClass: "tools",
    scripts: ["live-page.js"],
    body: html`${standInLine()}
      <header class="tools-header">
        <h1>Text messages</h1>
        <p class="quiet">
          SMS and WhatsApp. Stands in for Twilio: no telephone rings. <a href="/mailbox">Mails</a>
        </p>
      </header>
      <main id="main">
        ${problem && html`<p class="banner critical" role="alert">${problem}</p>`}
        ${accountPanel(twilio.answersUrl())}
        <section class="panel" ${refreshedOn(log, "text")}>
          <h2>Messages</h2>
          ${messages.length === 0 && html`<p class="quiet">None yet.</p>`} ${messages.map(messageRow)}
        </section>
      </main>`,
  });
}

function accountPanel(answersUrl: string): HtmlPart {
  return html`<section class="panel">
    <h2>The account</h2>
    <p>
      Enter it in the app under Messages → Channels: account SID <code>${ACCOUNT.sid}</code>, auth token
      <code>${ACCOUNT.token}</code>, any number as sender.
    </p>
    <p class="quiet">
      ${INVALID_NUMBER} is refused as no number, ${UNREACHABLE_NUMBER} reaches nobody; all others are
      delivered.
    </p>
    <form method="post" action="${PAGE}/address" class="row">
      <label class="inline-field">
        Address for answers, from that page
        <input name="address" value="${answersUrl}" required />
      </label>
      <button class="button small primary">${answersUrl ? "Change" : "Connect"}</button>
    </form>
  </section>`;
}

function messageRow(message: TextMessage): HtmlPart {
  const { direction, channel, from, to, body, status, at } = message;
  const isOut = direction === "out";
  return html`<article class="text-message ${direction}">
    <p class="quiet">
      ${channel === "sms" ? "SMS" : "WhatsApp"} ${isOut ? `to ${to}` : `from ${from}`} · ${formatDateTime(at)}
      ·
      <span class="state ${status === "undelivered" ? "bad" : status === "queued" ? "wait" : "good"}"
        >${status}</span
      >
    </p>
    <p>${body}</p>
    ${
      isOut &&
      html`<form method="post" action="${PAGE}/answer" class="row">
        <input type="hidden" name="from" value="${to}" />
        <input name="body" value="STOP" aria-label="Answer from ${to}" />
        <button class="button small">Answer<span class="visually-hidden"> from ${to}</span></button>
      </form>`
    }
  </article>`;
}
