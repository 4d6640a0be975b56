import { afterAll, beforeAll, expect, test } from "vitest";
import { prisma } from "#app/db/pool.server";
import { forgetShops } from "#app/shops/known-shops.server";
import { callAsExtension, startHotPaths } from "../../tests/factories/http";
import { aShop } from "../../tests/factories/shop";
import { extensionToken, jwt } from "../../tests/factories/tokens";

let url: string;
let stop: () => Promise<void>;
beforeAll(async () => ({ url, stop } = await startHotPaths()));
afterAll(() => stop());

const MOMENT = {
  surface: "thank-you",
  orderId: "gid://shopify/OrderIdentity/7",
  locale: "en",
  currency: "EUR",
  lines: [],
};
const DECIDE = { block: "offers", moment: MOMENT };
const MINUTE = 60;
const seconds = () => Math.floor(Date.now() / 1000);

test("a good token is answered, with CORS for an opaque origin", async () => {
  const shop = await aShop();
  const answer = await callAsExtension(url, shop, "/api/decide", DECIDE);
  expect(answer.status).toBe(200);
  expect(answer.headers.get("access-control-allow-origin")).toBe("*");
});

test("preflight is answered without a token", async () => {
  const answer = await fetch(`${url}/api/decide`, {
    method: "OPTIONS",
    headers: {
      origin: "null",
      "access-control-request-method": "POST",
      "access-control-request-headers": "authorization",
    },
  });
  expect(answer.status).toBe(204);
  expect(answer.headers.get("access-control-allow-headers")).toMatch(/authorization/);
});

test.each<[string, (domain: string) => string]>([
  ["missing", () => ""],
  ["malformed", () => "not.a.token"],
  [
    "signed with another secret",
    (domain) =>
      jwt(
        { dest: domain, aud: "0123456789abcdef0123456789abcdef", nbf: 0, exp: seconds() + MINUTE },
        "another",
      ),
  ],
  ["expired", (domain) => extensionToken(domain, undefined, { exp: seconds() - MINUTE })],
  ["not valid yet", (domain) => extensionToken(domain, undefined, { nbf: seconds() + MINUTE })],
  ["made for another app", (domain) => extensionToken(domain, undefined, { aud: "another-app" })],
  ["without an end", (domain) => extensionToken(domain, undefined, { exp: undefined })],
  ["of a shop that has not installed the app", () => extensionToken("stranger.myshopify.com")],
  ["of a place that is no shop", () => extensionToken("evil.example.com")],
])("a token that is %s gets 401, with CORS", async (_name, token) => {
  const shop = await aShop();
  const answer = await callAsExtension(url, shop, "/api/decide", DECIDE, { token: token(shop.domain) });
  expect(answer).toMatchObject({ status: 401, body: { status: "unauthorized" } });
  expect(answer.headers.get("access-control-allow-origin")).toBe("*");
});

test("an unsigned token (alg none) gets 401", async () => {
  const shop = await aShop();
  const [, body] = extensionToken(shop.domain).split(".");
  const head = Buffer.from(JSON.stringify({ alg: "none" })).toString("base64url");
  expect(
    (await callAsExtension(url, shop, "/api/decide", DECIDE, { token: `${head}.${body}.` })).status,
  ).toBe(401);
});

test("a shop that uninstalled is refused", async () => {
  const shop = await aShop();
  await prisma.shop.update({ where: { id: shop.id }, data: { status: "uninstalled" } });
  forgetShops();
  expect((await callAsExtension(url, shop, "/api/decide", DECIDE)).status).toBe(401);
});

test("bad input gets 400 and says what is wrong; too much gets 413; both with CORS", async () => {
  const shop = await aShop();
  const malformed = await callAsExtension(url, shop, "/api/decide", "{nonsense");
  expect(malformed).toMatchObject({
    status: 400,
    body: { status: "malformed", problems: ["the body is not JSON"] },
  });
  const wrong = await callAsExtension<{ problems: string[] }>(url, shop, "/api/decide", {
    block: "offers",
    moment: { ...MOMENT, orderId: "7; DROP TABLE" },
  });
  expect(wrong.status).toBe(400);
  expect(wrong.body.problems[0]).toMatch(/^moment.orderId/);
  const large = await callAsExtension(url, shop, "/api/decide", { ...DECIDE, padding: "x".repeat(70_000) });
  expect(large).toMatchObject({ status: 413, body: { status: "too-large" } });
  expect(large.headers.get("access-control-allow-origin")).toBe("*");
});

test("an unknown path gets 404 with CORS", async () => {
  const answer = await callAsExtension(url, await aShop(), "/api/nothing", {});
  expect(answer.status).toBe(404);
  expect(answer.headers.get("access-control-allow-origin")).toBe("*");
});
