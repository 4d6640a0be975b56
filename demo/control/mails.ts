// The mailbox as JSON.
import type { Demo } from "../demo.ts";
import { json, text, type Route } from "../http.ts";

export function mailRoutes({ mailbox }: Demo): Route[] {
  return [
    {
      /** Newest first, without bodies. `?to=` filters by recipient. */
      method: "GET",
      pattern: "/_/mails",
      handle({ url }) {
        const to = url.searchParams.get("to")?.toLowerCase();
        const mails = mailbox
          .mails()
          .filter((mail) => !to || mail.to.some((address) => address.toLowerCase() === to));
        return json(
          mails.map(({ html: _html, text: _text, raw: _raw, headers: _headers, ...summary }) => summary),
        );
      },
    },
    {
      method: "GET",
      pattern: "/_/mails/:id",
      handle({ params }) {
        const mail = mailbox.mail(params.id!);
        return mail ? json(mail) : json({ error: "There is no such mail." }, 404);
      },
    },
    {
      method: "GET",
      pattern: "/_/mails/:id/raw",
      handle({ params }) {
        const mail = mailbox.mail(params.id!);
        return mail ? text(mail.raw) : text("There is no such mail.", undefined, 404);
      },
    },
    {
      method: "DELETE",
      pattern: "/_/mails",
      handle() {
        mailbox.clear();
        return json({ ok: true });
      },
    },
  ];
}
