import { inShop } from "#app/db/in-shop.server";
import { inShopPipelined } from "#app/db/in-shops-pipelined.server";
import type { ShopId } from "#app/db/tx";
import { log } from "#app/log.server";
import { recordSentMany, startMany, type Sent } from "#app/messages/bulk-notes.server";
import { goesInBulk, writeBulk, type BulkMail } from "#app/messages/bulk.server";
import { ChannelError, recordFailure } from "#app/messages/messages.server";
import { handOverInBulk } from "./outlets.server";
import type { Ports } from "./ports.server";

/**
 * Sends the mails of a campaign over a few lanes, each with one mail in flight. A mail is noted before its hand-over,
 * and its outcome before its lane takes the next; notes that come at the same time are one write. A worker that dies
 * leaves at most `LANES` mails in doubt. While mails are handed over, the next are written.
 */
const LANES = 20;
const BATCH = 200;

/** @param ids of one shop and one template. @returns how many were written, or null where they go the ordinary way */
export async function sendBulk(
  ports: Ports,
  shopId: ShopId,
  templateKey: string,
  ids: string[],
): Promise<number | null> {
  if (!(await inShop(shopId, (tx) => goesInBulk(tx, shopId, templateKey)))) return null;
  const supply = writtenAhead(ports, shopId, ids);
  const note = noteTogether(ports, shopId);
  await Promise.all(Array.from({ length: LANES }, () => lane(ports, shopId, supply, note)));
  return supply.written();
}

async function lane(ports: Ports, shopId: ShopId, supply: Supply, note: Note): Promise<void> {
  const handOver = handOverInBulk(ports);
  let sent: Sent | null = null;
  for (let next = await supply.next(); next || sent; next = await supply.next()) {
    const mayGo: boolean = await note({ sent, starting: next?.message.id ?? null });
    sent = null;
    if (!next || !mayGo) continue;
    const { message, mail } = next;
    try {
      sent = { id: message.id, ...(await handOver(mail)) };
    } catch (error) {
      if (!(error instanceof ChannelError)) throw error;
      log.warn({ shopId, messageId: message.id, kind: error.kind }, "mail not accepted");
      const tried = { ...message, attempts: message.attempts + 1 };
      const config = { secret: ports.secret, now: ports.now() };
      await inShop(shopId, (tx) => recordFailure(tx, shopId, tried, error, config));
    }
  }
}

type Supply = {
  /** Null once there is nothing left. */
  next: () => Promise<BulkMail | null>;
  written: () => number;
};

/** Mails are written a batch at a time, the next one as soon as half of the last is gone. */
function writtenAhead(ports: Ports, shopId: ShopId, ids: string[]): Supply {
  const { secret, appUrl, mailFrom, bouncesTo } = ports;
  const ready: BulkMail[] = [];
  let at = 0;
  let written = 0;
  let writing: Promise<void> | null = null;

  function writeMore(): Promise<void> {
    const batch = ids.slice(at, (at += BATCH));
    const config = { secret, appUrl, mailFrom, bouncesTo, now: ports.now() };
    return inShop(shopId, (tx) => writeBulk(tx, shopId, batch, config)).then((mails) => {
      written += mails.length;
      ready.push(...mails);
      writing = null;
    });
  }
  return {
    next: async () => {
      while (ready.length <= BATCH / 2 && at < ids.length) {
        writing ??= writeMore();
        // A failure waits for the one who needs these mails.
        writing.catch(() => undefined);
        if (ready.length > 0) break;
        await writing;
      }
      if (ready.length === 0 && writing) await writing;
      return ready.shift() ?? null;
    },
    written: () => written,
  };
}

/**
 * Notes that one mail is sent and the next is about to be handed over. Resolves when both are durable.
 * @returns whether the next may go
 */
type Note = (note: { sent: Sent | null; starting: string | null }) => Promise<boolean>;

/** Notes that come while others are being written wait for the next write, which takes all of them. */
function noteTogether(ports: Ports, shopId: ShopId): Note {
  let starts: string[] = [];
  let sents: Sent[] = [];
  let next: Promise<ReadonlySet<string>> | null = null;
  let writing: Promise<unknown> = Promise.resolve();
  const write = (): Promise<ReadonlySet<string>> => {
    const [starting, done] = [starts, sents];
    [starts, sents, next] = [[], [], null];
    const now = ports.now();
    const written = inShopPipelined(shopId, async (client) => {
      const [, started] = await Promise.all([
        recordSentMany(client, shopId, done, now),
        startMany(client, shopId, starting, now),
      ]);
      return started;
    });
    writing = written;
    return written;
  };
  return async ({ sent, starting }) => {
    if (sent) sents.push(sent);
    if (starting) starts.push(starting);
    next ??= writing.catch(() => undefined).then(write);
    const started = await next;
    return starting !== null && started.has(starting);
  };
}
