import { env } from "#app/env.server";
import { makeVapidKeys } from "#app/messages/channels/push-crypto";
import { AdminApiError } from "#app/shops/admin-client";
import type { Ports } from "#app/worker/ports.server";

const VAPID = makeVapidKeys();

/** The worker's ports with a clock that stands still and no Admin API; override what a test needs. */
export function testPorts(overrides: Partial<Ports> = {}): Ports {
  return {
    adminFor: async (domain) => {
      throw new AdminApiError("unauthorized", `no Admin API for ${domain} in this test`);
    },
    now: () => new Date("2026-11-22T12:00:00Z"),
    random: () => 0.5,
    appUrl: env().SHOPIFY_APP_URL,
    secret: env().ENCRYPTION_KEY,
    smtpUrl: env().SMTP_URL,
    mailFrom: env().MAIL_FROM,
    vapidKeys: async () => VAPID,
    allowPrivate: true,
    ...overrides,
  };
}
