/** What the benchmark needs of the app, bundled by it. */
export { inShop } from "#app/db/in-shop.server";
export { closeDatabase, prisma } from "#app/db/pool.server";
export { addressHash } from "#app/db/seal";
export { smtpChannel, closeSmtp } from "#app/messages/channels/smtp.server";
export { writeBulk } from "#app/messages/bulk.server";
export { createTemplate, planCampaignBatch, queueCampaign } from "#app/messages/messages.server";
export { startQueue, stopQueue } from "#app/queue/queue.server";
export { messagesSweeps } from "#app/worker/messages-jobs.server";
