import "@shopify/shopify-api/adapters/node";
import { setAbstractFetchFunc } from "@shopify/shopify-api/runtime";
import { ApiVersion, LogSeverity, RequestedTokenType, shopifyApi, type Shopify } from "@shopify/shopify-api";
import { afterAll, beforeAll, expect, test } from "vitest";
import { PRIMARY_SHOP, SECOND_SHOP } from "../config.ts";
import type { RunningDemo } from "../main.ts";
import { aDemo, APP_SECRET, callAdmin, shopifyFetch } from "../testing.ts";

let demo: RunningDemo;
let shopify: Shopify;

beforeAll(async () => {
  demo = await aDemo();
  setAbstractFetchFunc(shopifyFetch(demo));
  shopify = shopifyApi({
    apiKey: demo.config.apiKey,
    apiSecretKey: APP_SECRET,
    apiVersion: ApiVersion.October26,
    hostName: "localhost",
    isEmbeddedApp: true,
    logger: { level: LogSeverity.Error },
  });
});

afterAll(() => demo.stop());

function exchange(shop: string, sessionToken = demo.tokens.idToken(shop)) {
  return shopify.auth.tokenExchange({
    shop,
    sessionToken,
    requestedTokenType: RequestedTokenType.OfflineAccessToken,
    expiring: true,
  });
}

test("Shopify's library accepts our id tokens and exchanges them for expiring offline tokens", async () => {
  const claims = await shopify.session.decodeSessionToken(demo.tokens.idToken(PRIMARY_SHOP));
  expect(claims.dest).toBe(`https://${PRIMARY_SHOP}`);

  const { session } = await exchange(PRIMARY_SHOP);
  expect(session.accessToken).toMatch(/^shpat_/);
  expect(session.refreshToken).toMatch(/^shprt_/);
  expect(session.scope).toContain("read_orders");

  const client = new shopify.clients.Graphql({ session });
  const answer = await client.request("{ shop { myshopifyDomain } }");
  expect(answer.data).toEqual({ shop: { myshopifyDomain: PRIMARY_SHOP } });
});

test("an online exchange carries the user", async () => {
  const { session } = await shopify.auth.tokenExchange({
    shop: PRIMARY_SHOP,
    sessionToken: demo.tokens.idToken(PRIMARY_SHOP),
    requestedTokenType: RequestedTokenType.OnlineAccessToken,
  });
  expect(session.isOnline).toBe(true);
  expect(session.onlineAccessInfo?.associated_user.email).toBe("owner@example.test");
});

test("a refresh token gives a new pair", async () => {
  const { session } = await exchange(PRIMARY_SHOP);
  const refreshed = await shopify.auth.refreshToken({
    shop: PRIMARY_SHOP,
    refreshToken: session.refreshToken!,
  });
  expect(refreshed.session.accessToken).not.toBe(session.accessToken);
  expect(refreshed.session.refreshToken).not.toBe(session.refreshToken);
});

test("a token of another shop is refused, and each shop's token sees its own shop only", async () => {
  await expect(exchange(SECOND_SHOP, demo.tokens.idToken(PRIMARY_SHOP))).rejects.toThrow();
  const { session } = await exchange(SECOND_SHOP);
  const query = "{ shop { myshopifyDomain } }";
  const own = await callAdmin(demo, SECOND_SHOP, session.accessToken!, query);
  expect(own.data.shop.myshopifyDomain).toBe(SECOND_SHOP);
  const foreign = await callAdmin(demo, PRIMARY_SHOP, session.accessToken!, query);
  expect(foreign.status).toBe(401);
});

async function rawGrant(body: Record<string, string>) {
  const response = await shopifyFetch(demo)(`https://${PRIMARY_SHOP}/admin/oauth/access_token`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ client_id: demo.config.apiKey, client_secret: APP_SECRET, ...body }),
  });
  return { status: response.status, json: (await response.json()) as Record<string, string> };
}

test("errors have Shopify's names", async () => {
  const grantType = "urn:ietf:params:oauth:grant-type:token-exchange";
  const badClient = await rawGrant({ client_secret: "wrong", grant_type: grantType });
  expect(badClient).toMatchObject({ status: 400, json: { error: "invalid_client" } });
  const badSubject = await rawGrant({ grant_type: grantType, subject_token: "a.b.c" });
  expect(badSubject).toMatchObject({ status: 400, json: { error: "invalid_subject_token" } });
  const badRefresh = await rawGrant({ grant_type: "refresh_token", refresh_token: "shprt_unknown" });
  expect(badRefresh).toMatchObject({ status: 400, json: { error: "invalid_grant" } });
});

test("uninstalling kills the shop's tokens and a later install starts afresh", async () => {
  const { session } = await exchange(PRIMARY_SHOP);
  await fetch(`${demo.origin}/_/uninstall`, { method: "POST" });
  const dead = await callAdmin(demo, PRIMARY_SHOP, session.accessToken!, "{ shop { id } }");
  expect(dead.status).toBe(401);
  await expect(exchange(PRIMARY_SHOP)).rejects.toThrow();
  await fetch(`${demo.origin}/_/install`, { method: "POST" });
  const again = await exchange(PRIMARY_SHOP);
  expect(again.session.accessToken).toMatch(/^shpat_/);
});

test("shop/redact follows 48 hours after uninstalling, unless the app came back", async () => {
  const redacted = () => demo.webhooks.deliveries().filter(({ topic }) => topic === "shop/redact");
  demo.installations.install(PRIMARY_SHOP);
  demo.installations.uninstall(PRIMARY_SHOP);
  demo.installations.install(PRIMARY_SHOP);
  demo.clock.advance(49 * 3_600_000);
  expect(redacted()).toHaveLength(0);
  demo.installations.uninstall(PRIMARY_SHOP);
  demo.clock.advance(47 * 3_600_000);
  expect(redacted()).toHaveLength(0);
  demo.clock.advance(2 * 3_600_000);
  expect(redacted()).toHaveLength(1);
  demo.installations.install(PRIMARY_SHOP);
});

test("an access token ends with its hour on the demo clock", async () => {
  const { token } = demo.installations.issueOffline(PRIMARY_SHOP, true).access;
  expect((await callAdmin(demo, PRIMARY_SHOP, token, "{ shop { id } }")).status).toBe(200);
  demo.clock.advance(61 * 60_000);
  expect((await callAdmin(demo, PRIMARY_SHOP, token, "{ shop { id } }")).status).toBe(401);
});

test("extension tokens name the bare shop, and the buyer only when one is logged in", async () => {
  const claimsOf = (token: string) =>
    JSON.parse(Buffer.from(token.split(".")[1]!, "base64url").toString("utf8"));
  const guest = claimsOf(demo.tokens.extensionToken(PRIMARY_SHOP));
  expect(guest).toMatchObject({ dest: PRIMARY_SHOP, aud: demo.config.apiKey });
  expect(guest.sub).toBeUndefined();
  const known = claimsOf(demo.tokens.extensionToken(PRIMARY_SHOP, "gid://shopify/Customer/7"));
  expect(known.sub).toBe("gid://shopify/Customer/7");
  expect(known.exp - known.iat).toBe(300);
});
