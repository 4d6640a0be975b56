/** What the benchmark takes from the app. */
export { acrossShops, inShop } from "#app/db/in-shop.server";
export { closeDatabase, prisma } from "#app/db/pool.server";
export {
  dueEnrolments,
  hear,
  journeysOf,
  moveDue,
  saveJourney,
  switchJourney,
} from "#app/journeys/journeys.server";
export { startQueue, stopQueue } from "#app/queue/queue.server";
