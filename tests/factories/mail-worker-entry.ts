/**
 * A worker process that only sends mails, to be killed by tests. Takes its ports from the environment, as the real
 * worker does, and says on its standard output when it is up.
 */
import { env } from "#app/env.server";
import { startQueue } from "#app/queue/queue.server";
import { messagesSweeps } from "#app/worker/messages-jobs.server";
import type { Ports } from "#app/worker/ports.server";
import { runSweeps } from "#app/worker/run-sweeps.server";

const { ENCRYPTION_KEY, MAIL_FROM, SHOPIFY_APP_URL, SMTP_URL } = env();
const ports: Ports = {
  adminFor: () => Promise.reject(new Error("not needed here")),
  now: () => new Date(),
  random: Math.random,
  appUrl: SHOPIFY_APP_URL,
  secret: ENCRYPTION_KEY,
  smtpUrl: SMTP_URL,
  mailFrom: MAIL_FROM,
  vapidKeys: () => Promise.reject(new Error("not needed here")),
  allowPrivate: true,
};

await startQueue("web");
runSweeps(messagesSweeps, ports);
process.stdout.write("up\n");
