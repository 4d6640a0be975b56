/** Tokens of shops for jobs: many at once, and one refresh per shop over all processes. */
import { setTimeout } from "node:timers/promises";
import { expect, test, vi } from "vitest";
import { pool } from "#app/db/pool.server";
import { aSession } from "../tests/factories/sessions";
import { aShop } from "../tests/factories/shop";
import { adminFor } from "./shopify.server";

/** In Shopify's place: gives new tokens and notes for whom. Before the imports, since the library keeps what it finds. */
const refreshes = vi.hoisted(() => {
  const domains: string[] = [];
  vi.stubGlobal("fetch", (url: string | URL) => {
    domains.push(new URL(url).hostname);
    const fresh = { access_token: "shpat_new", refresh_token: "shprt_new", scope: "" };
    return Promise.resolve(
      Response.json({ ...fresh, expires_in: 3_600, refresh_token_expires_in: 7_776_000 }),
    );
  });
  return domains;
});
const refreshesOf = ({ domain }: { domain: string }) => refreshes.filter((one) => one === domain).length;

test("more jobs at once than the process has connections get their shops' tokens without waiting for each other", async () => {
  const shops = await Promise.all(Array.from({ length: 2 * pool.options.max! }, () => aShop()));
  await Promise.all(shops.map((shop) => aSession(shop)));
  const began = Date.now();
  const clients = await Promise.all([...shops, ...shops].map(({ domain }) => adminFor(domain)));
  expect(clients.every(({ query }) => typeof query === "function")).toBe(true);
  // Connections are waited for five seconds, then refused.
  expect(Date.now() - began).toBeLessThan(4_000);
});

test("jobs of one shop at once ask for one new token", async () => {
  const shop = await aShop();
  await aSession(shop, { validForMinutes: 0 });
  await Promise.all(Array.from({ length: 6 }, () => adminFor(shop.domain)));
  await adminFor(shop.domain);
  expect(refreshesOf(shop)).toBe(1);
});

test("who waits while another process refreshes takes the new token; another shop does not wait", async () => {
  const [shop, other] = [await aShop(), await aShop()];
  await aSession(shop, { validForMinutes: 0 });
  await aSession(other);
  const elsewhere = await pool.connect();
  try {
    await elsewhere.query("SELECT pg_advisory_lock(hashtext('token-refresh'), hashtext($1))", [shop.domain]);
    const waiting = [adminFor(shop.domain), adminFor(shop.domain)];
    await adminFor(other.domain);
    const state = await Promise.race([...waiting, setTimeout(200, "waits")]);
    expect(state).toBe("waits");
    await aSession(shop);
    await elsewhere.query("SELECT pg_advisory_unlock(hashtext('token-refresh'), hashtext($1))", [
      shop.domain,
    ]);
    await Promise.all(waiting);
  } finally {
    elsewhere.release();
  }
  expect(refreshesOf(shop)).toBe(0);
});

test("a shop without a session is refused, and again when it is asked anew", async () => {
  const shop = await aShop();
  for (let time = 0; time < 2; time++) {
    await expect(adminFor(shop.domain)).rejects.toMatchObject({ kind: "unauthorized" });
  }
  await aSession(shop);
  await expect(adminFor(shop.domain)).resolves.toHaveProperty("query");
});
