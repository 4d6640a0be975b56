// The mailbox: every mail the app sent, by real SMTP. HTML is shown in a sandbox without scripts.
import type { Demo } from "../../demo.ts";
import { redirect, html as htmlResponse, text, type DemoResponse, type Route } from "../../http.ts";
import type { MailMessage } from "../../store/types.ts";
import { html, type HtmlPart } from "../html.ts";
import { page, refreshedOn, standInLine } from "../layout.ts";
import { formatDateTime } from "../money.ts";
import { withReachableLinks } from "./mail-html.ts";

const VIEWS = { html: "HTML", text: "Text", headers: "Headers", raw: "Raw" } as const;
type View = keyof typeof VIEWS;

export function mailboxRoutes(demo: Demo): Route[] {
  return [
    { method: "GET", pattern: "/mailbox", handle: () => mailboxPage(demo, undefined, "html") },
    {
      method: "GET",
      pattern: "/mailbox/:id",
      handle: ({ params, url }) => {
        const mail = demo.mailbox.mail(params.id ?? "");
        if (!mail) return redirect("/mailbox");
        const view = url.searchParams.get("view") ?? "";
        return mailboxPage(demo, mail, view in VIEWS ? (view as View) : mail.html ? "html" : "text");
      },
    },
    { method: "GET", pattern: "/mailbox/:id/body", handle: ({ params }) => mailBody(demo, params.id ?? "") },
    {
      method: "POST",
      pattern: "/mailbox/clear",
      handle: () => {
        demo.mailbox.clear();
        return redirect("/mailbox", 303);
      },
    },
  ];
}

/** The mail itself, for the frame: no scripts, no forms, links in a new tab. */
function mailBody(demo: Demo, id: string): DemoResponse {
  const mail = demo.mailbox.mail(id);
  if (!mail?.html) return text("Not found", undefined, 404);
  const body = withReachableLinks(mail.html, demo.config.origin);
  return htmlResponse(body, 200, {
    "content-security-policy": "sandbox allow-popups allow-popups-to-escape-sandbox; script-src 'none'",
  });
}

function mailboxPage(demo: Demo, mail: MailMessage | undefined, view: View): DemoResponse {
  const mails = demo.mailbox.mails();
  return page({
    title: mail ? `${mail.subject} — Mailbox (demo store)` : "Mailbox (demo store)",
    styles: ["tools"],
    bodyClass: "tools",
    scripts: ["live-page.js"],
    body: html`${standInLine()}
      <header class="tools-header">
        <h1>Mailbox</h1>
        <p class="quiet">
          Every mail to anybody lands here. SMTP on port ${demo.mailbox.port}.
          <a href="/mailbox/texts">SMS and WhatsApp (${demo.twilio.messages().length})</a>
        </p>
        <form method="post" action="/mailbox/clear">
          <button class="button small">Empty the mailbox</button>
        </form>
      </header>
      <main id="main">
        <div class="mailbox">
          <nav class="panel mail-list" aria-label="Mails" ${refreshedOn(demo.log, "mail")} tabindex="0">
            ${mails.length === 0 && html`<p class="quiet">No mail yet. Place an order and wait a moment.</p>`}
            <ul>
              ${mails.map((each) => mailItem(each, mail))}
            </ul>
          </nav>
          <section class="panel" aria-label="Mail">
            ${mail ? openMail(demo, mail, view) : html`<p class="quiet">Choose a mail.</p>`}
          </section>
        </div>
      </main>`,
  });
}

function mailItem(mail: MailMessage, current: MailMessage | undefined): HtmlPart {
  return html`<li>
    <a href="/mailbox/${mail.id}" ${mail.id === current?.id && html`aria-current="true"`}>
      <strong>${mail.subject || "(no subject)"}</strong>
      <span class="quiet">${mail.to.join(", ")}</span>
      <small class="quiet">${formatDateTime(mail.receivedAt)}</small>
    </a>
  </li>`;
}

function openMail(demo: Demo, mail: MailMessage, view: View): HtmlPart {
  return html`<div class="mail-head">
      <h2>${mail.subject}</h2>
      <p class="quiet">${mail.from} → ${mail.to.join(", ")}</p>
      <p class="quiet">${formatDateTime(mail.receivedAt)} (demo time)</p>
    </div>
    <nav class="tabs" aria-label="View">
      ${Object.entries(VIEWS).map(
        ([name, label]) =>
          html`<a href="/mailbox/${mail.id}?view=${name}" ${name === view && html`aria-current="page"`}
            >${label}</a
          >`,
      )}
    </nav>
    ${mailView(mail, view)}`;
}

function mailView(mail: MailMessage, view: View): HtmlPart {
  if (view === "html" && mail.html) {
    return html`<iframe
      class="mail-frame"
      title="Mail: ${mail.subject}"
      src="/mailbox/${mail.id}/body"
      sandbox="allow-popups allow-popups-to-escape-sandbox"
    ></iframe>`;
  }
  if (view === "headers") {
    return html`<div class="scroll" tabindex="0" role="region" aria-label="Headers">
      <table>
        <tbody>
          ${mail.headers.map(
            ({ name, value }) =>
              html`<tr>
                <th scope="row">${name}</th>
                <td>${value}</td>
              </tr>`,
          )}
        </tbody>
      </table>
    </div>`;
  }
  const content = view === "raw" ? mail.raw : (mail.text ?? "This mail has no text part.");
  return html`<pre tabindex="0">${content}</pre>`;
}
