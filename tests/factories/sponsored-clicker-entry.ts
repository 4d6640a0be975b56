/**
 * A process that follows click links as fast as it can, to race others for a budget. Placements come as JSON in PLACEMENTS;
 * it starts when told so on standard input, and says when it is done.
 */
import { inShop } from "#app/db/in-shop.server";
import { closeDatabase } from "#app/db/pool.server";
import { env } from "#app/env.server";
import { startQueue, stopQueue } from "#app/queue/queue.server";
import { recordClick } from "#app/sponsored/clicks.server";

type Work = {
  shop: { id: number; timezone: string };
  placements: { decisionId: string; position: number }[];
};

const { shop, placements } = JSON.parse(process.env.PLACEMENTS!) as Work;
await startQueue("web");
process.stdout.write("up\n");
await new Promise((go) => process.stdin.once("data", go));
await Promise.all(
  placements.map((placement, index) => {
    const visit = {
      method: "GET",
      userAgent: "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0",
      prefetch: false,
      // Everybody from somewhere else: the race is about the budget only.
      address: `${process.pid}-${index}`,
      at: new Date(),
    };
    return inShop(shop.id, (tx) => recordClick(tx, shop, placement, visit, { secret: env().ENCRYPTION_KEY }));
  }),
);
await stopQueue();
await closeDatabase();
process.exit(0);
