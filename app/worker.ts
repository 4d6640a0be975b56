import { hearShopChanges } from "#app/api/shop-changes.server";
import { closeDatabase } from "#app/db/pool.server";
import { requireTables } from "#app/db/require-tables.server";
import { env } from "#app/env.server";
import { vapidKeys } from "#app/http/push-keys.server";
import { log } from "#app/log.server";
import { startQueue, stopQueue, workJobs } from "#app/queue/queue.server";
import { adminFor } from "#app/shopify.server";
import { jobHandlers, SWEEPS } from "#app/worker/handlers.server";
import type { Ports } from "#app/worker/ports.server";
import { runSweeps } from "#app/worker/run-sweeps.server";

/** The ports of production. */
export function realPorts(): Ports {
  const { SHOPIFY_APP_URL, ENCRYPTION_KEY, SMTP_URL, MAIL_FROM, SPONSORED_FEED_URL } = env();
  const { MAIL_BOUNCES, TWILIO_URL, ALLOW_PRIVATE_ADDRESSES } = env();
  return {
    adminFor,
    now: () => new Date(),
    random: Math.random,
    appUrl: SHOPIFY_APP_URL.replace(/\/$/, ""),
    secret: ENCRYPTION_KEY,
    smtpUrl: SMTP_URL,
    mailFrom: MAIL_FROM,
    bouncesTo: MAIL_BOUNCES,
    twilioUrl: TWILIO_URL,
    vapidKeys,
    allowPrivate: ALLOW_PRIVATE_ADDRESSES === "yes",
    sponsoredFeedUrl: SPONSORED_FEED_URL,
  };
}

/** The second process: jobs and sweeps. Stops gracefully: finishes what it holds, claims nothing new. */
export async function startWorker(): Promise<{ stop: () => Promise<void> }> {
  const ports = realPorts();
  await startQueue("worker");
  await requireTables();
  await workJobs(jobHandlers(ports));
  const sweeps = runSweeps(SWEEPS, ports);
  // Offers of mails are decided here.
  const changes = hearShopChanges();
  log.info("worker is up");
  return {
    stop: async () => {
      await sweeps.stop();
      await changes.stop();
      await stopQueue();
      await closeDatabase();
      log.info("worker stopped");
    },
  };
}
