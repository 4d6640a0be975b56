/** Pages behind a shopper's links while the database is away: 503, in the shopper's language, with a time to come again. */
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { mailToken } from "#app/messages/tokens";
import { surveyLink } from "#app/surveys/survey-link";
import { clickPath } from "#app/sponsored/click-token";

const secret = process.env.ENCRYPTION_KEY!;
const SHOPS = [1, 2];
let web: Server;
let url: string;
let survey: typeof import("../routes/s.$token/route");

beforeAll(async () => {
  // Nobody listens there. Read once, when the first module asks for the environment.
  process.env.DATABASE_URL = "postgresql://postlude@127.0.0.1:9/away";
  const { handleMailLink } = await import("./mail-links.server");
  const { handleSponsoredRequest } = await import("./sponsored-links.server");
  survey = await import("../routes/s.$token/route");
  web = createServer((request, response) =>
    request.url!.startsWith("/o/")
      ? void handleSponsoredRequest(request, response)
      : void handleMailLink(request, response),
  );
  await new Promise<void>((resolve) => web.listen(0, "127.0.0.1", resolve));
  url = `http://127.0.0.1:${(web.address() as AddressInfo).port}`;
});
afterAll(() => new Promise((resolve) => web.close(resolve)));

const messageId = "01a20000-0000-7000-8000-000000000001";
const decisionId = "01a20000-0000-7000-8000-000000000002";
const mailPath = (purpose: Parameters<typeof mailToken>[1], path: string) => (shopId: number) =>
  `/${path}/${mailToken(secret, purpose, { shopId, messageId, position: 1 })}`;

test.each([
  ["a link in a mail", mailPath("mail-click", "m/c")],
  ["unsubscribing", mailPath("mail-unsubscribe", "u")],
  ["the preferences", mailPath("mail-preferences", "p")],
  [
    "a sponsored offer",
    (shopId: number) => clickPath(secret, { shopId, decisionId, position: 1 }, new Date(Date.now() - 5_000)),
  ],
])("%s", async (_name, pathFor) => {
  for (const shopId of SHOPS) {
    const response = await fetch(url + pathFor(shopId), {
      headers: {
        "accept-language": "it-IT, de-AT;q=0.8, en;q=0.5",
        "user-agent": "Mozilla/5.0 Firefox/140.0",
      },
      redirect: "manual",
    });
    expect([response.status, response.headers.get("retry-after")]).toEqual([503, "30"]);
    const page = await response.text();
    expect(page).toContain('<html lang="de">');
    expect(page).toContain("Ihr Link bleibt gültig");
  }
});

test.each([
  ["fr", "Votre lien reste valable"],
  ["es-MX", "Su enlace sigue siendo válido"],
  ["ja", "Your link keeps working"],
  ["", "Your link keeps working"],
])("a survey's page, opened or sent, for a browser that asks for “%s”", async (language, words) => {
  for (const shopId of SHOPS) {
    const orderGid = "gid://shopify/Order/1";
    const invitation = {
      shopId,
      surveyId: messageId,
      orderGid,
      personKey: `order:${orderGid}`,
      locale: "en" as const,
    };
    const link = surveyLink({ ...invitation, appUrl: "https://app.example", secret });
    const token = new URL(link).pathname.slice(3);
    const ask = (init: RequestInit) => ({
      request: new Request(link, { headers: { "accept-language": language }, ...init }),
      params: { token },
      context: {},
    });
    const opened = await survey.loader(ask({}));
    const sent = await survey.action(ask({ method: "POST", body: new URLSearchParams({ q: "1" }) }));
    for (const response of [opened, sent]) {
      expect([response.status, response.headers.get("retry-after")]).toEqual([503, "30"]);
      expect(await response.text()).toContain(words);
    }
  }
});
