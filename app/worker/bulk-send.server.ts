import { inShop } from "#app/db/in-shop.server";
import { inShopPipelined } from "#app/db/in-shops-pipelined.server";
import type { ShopId } from "#app/db/tx";
import { log } from "#app/log.server";
import {
  goesInBulk,
  recordSentMany,
  startMany,
  writeBulk,
  type BulkMail,
  type Sent,
} from "#app/messages/bulk.server";
import { ChannelError, recordFailure } from "#app/messages/messages.server";
import { handOver } from "./outlets.server";
import type { Ports } from "./ports.server";

/**
 * Sends the mails of a campaign. Batches are written ahead; each mail is noted before its hand-over and after it, and
 * notes that come at the same time are one write. A worker that dies leaves at most `IN_FLIGHT` mails in doubt.
 */
const BATCH = 200;
const IN_FLIGHT = 64;

/** @param ids of one shop and one template. @returns how many were written, or null where they go the ordinary way */
export async function sendBulk(
  ports: Ports,
  shopId: ShopId,
  templateKey: string,
  ids: string[],
): Promise<number | null> {
  if (!(await inShop(shopId, (tx) => goesInBulk(tx, shopId, templateKey)))) return null;
  const { secret, appUrl, mailFrom, bouncesTo } = ports;
  const batches: string[][] = [];
  for (let at = 0; at < ids.length; at += BATCH) batches.push(ids.slice(at, at + BATCH));
  const writeNext = (): Promise<BulkMail[]> => {
    const batch = batches.shift() ?? [];
    const config = { secret, appUrl, mailFrom, bouncesTo, now: ports.now() };
    return batch.length === 0
      ? Promise.resolve([])
      : inShop(shopId, (tx) => writeBulk(tx, shopId, batch, config));
  };
  const notes = noteTogether(ports, shopId);
  let written = 0;
  for (let mails = await writeNext(); mails.length > 0 || batches.length > 0;) {
    written += mails.length;
    [mails] = await Promise.all([writeNext(), handOverAll(ports, shopId, mails, notes)]);
  }
  return written;
}

async function handOverAll(ports: Ports, shopId: ShopId, mails: BulkMail[], notes: Notes): Promise<void> {
  const waiting = [...mails];
  const lane = async () => {
    for (let mail = waiting.shift(); mail; mail = waiting.shift())
      await handOverOne(ports, shopId, mail, notes);
  };
  await Promise.all(Array.from({ length: IN_FLIGHT }, lane));
}

async function handOverOne(
  ports: Ports,
  shopId: ShopId,
  { message, mail }: BulkMail,
  notes: Notes,
): Promise<void> {
  const { id } = message;
  if (!(await notes.start(id))) return;
  try {
    const { providerId } = await handOver(ports, { kind: "mail", mail });
    await notes.sent({ id, providerId });
  } catch (error) {
    if (!(error instanceof ChannelError)) throw error;
    log.warn({ shopId, messageId: id, kind: error.kind }, "mail not accepted");
    const tried = { ...message, attempts: message.attempts + 1 };
    const config = { secret: ports.secret, now: ports.now() };
    await inShop(shopId, (tx) => recordFailure(tx, shopId, tried, error, config));
  }
}

type Notes = {
  /** Before the hand-over. @returns whether the mail may go */
  start: (id: string) => Promise<boolean>;
  /** After it. Both resolve when the note is durable. */
  sent: (sent: Sent) => Promise<void>;
};

/** Notes that come while others are being written wait for the next write, which takes all of them. */
function noteTogether(ports: Ports, shopId: ShopId): Notes {
  let starts: string[] = [];
  let sents: Sent[] = [];
  let next: Promise<ReadonlySet<string>> | null = null;
  let writing: Promise<unknown> = Promise.resolve();
  const note = (): Promise<ReadonlySet<string>> => {
    next ??= writing
      .catch(() => undefined)
      .then(() => {
        const [starting, done] = [starts, sents];
        [starts, sents, next] = [[], [], null];
        const now = ports.now();
        const write = inShopPipelined(shopId, async (client) => {
          const [, started] = await Promise.all([
            recordSentMany(client, shopId, done, now),
            startMany(client, shopId, starting, now),
          ]);
          return started;
        });
        writing = write;
        return write;
      });
    return next;
  };
  return {
    start: async (id) => {
      starts.push(id);
      return (await note()).has(id);
    },
    sent: async (sent) => {
      sents.push(sent);
      await note();
    },
  };
}
