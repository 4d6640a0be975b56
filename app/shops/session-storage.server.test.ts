import { Session } from "@shopify/shopify-api";
import { expect, test } from "vitest";
import { prisma } from "#app/db/pool.server";
import { SealedSessionStorage } from "./session-storage.server";

const storage = new SealedSessionStorage(prisma, "a-secret-of-at-least-32-characters!!");

function aSession(id: string, shop = "a.myshopify.com"): Session {
  return new Session({
    id,
    shop,
    state: "",
    isOnline: false,
    scope: "read_orders",
    expires: new Date("2026-11-22T13:00:00.000Z"),
    accessToken: `shpat_${id}`,
    refreshToken: `shprt_${id}`,
    refreshTokenExpires: new Date("2027-02-20T12:00:00.000Z"),
  });
}

test("a session comes back as it was stored", async () => {
  const session = aSession("offline_a");
  await storage.storeSession(session);
  const loaded = await storage.loadSession("offline_a");
  expect(loaded?.equals(session)).toBe(true);
  expect(loaded?.refreshToken).toBe("shprt_offline_a");
  expect(loaded?.refreshTokenExpires).toEqual(session.refreshTokenExpires);
});

test("tokens are not readable in the database", async () => {
  await storage.storeSession(aSession("offline_sealed"));
  const row = await prisma.session.findUniqueOrThrow({ where: { id: "offline_sealed" } });
  expect(
    JSON.stringify(row, (_key, value) => (typeof value === "bigint" ? String(value) : value)),
  ).not.toMatch(/shpat|shprt/);
});

test("a sealed token moved to another session does not open", async () => {
  await storage.storeSession(aSession("offline_one"));
  await storage.storeSession(aSession("offline_two"));
  const one = await prisma.session.findUniqueOrThrow({ where: { id: "offline_one" } });
  await prisma.session.update({ where: { id: "offline_two" }, data: { accessToken: one.accessToken } });
  await expect(storage.loadSession("offline_two")).rejects.toThrow();
});

test("sessions are found and deleted by shop", async () => {
  await storage.storeSession(aSession("offline_b1", "b.myshopify.com"));
  await storage.storeSession(aSession("offline_b2", "b.myshopify.com"));
  const found = await storage.findSessionsByShop("b.myshopify.com");
  expect(found.map(({ id }) => id).sort()).toEqual(["offline_b1", "offline_b2"]);
  await storage.deleteSessions(found.map(({ id }) => id));
  expect(await storage.findSessionsByShop("b.myshopify.com")).toEqual([]);
});
