import type { PoolClient } from "pg";
import type { Candidate } from "#app/decisions/candidate";
import type { Attention } from "#app/decisions/decision";
import type { Asked } from "./source";
import { SOURCES } from "./sources.server";

/**
 * Gathers the candidates of all sources of a block, in three steps that fit groups: prepare one ask, read for all asks
 * of the group, propose for each.
 */
export type PreparedAsk = { asked: Asked; prepared: unknown[] };

/** Without a promise where everything is in memory: the usual case must not cost a turn of the event loop. */
export function prepare(asked: Asked): PreparedAsk | Promise<PreparedAsk> {
  const prepared = SOURCES[asked.block].map((source) => source.prepare?.(asked));
  if (!prepared.some((one) => one instanceof Promise)) return { asked, prepared };
  return Promise.all(prepared).then((done) => ({ asked, prepared: done }));
}

/** What the sources must know of the people of a group; per ask one entry per source of its block. */
export async function readKnown(client: PoolClient, asks: PreparedAsk[]): Promise<unknown[][]> {
  const known: unknown[][] = asks.map(() => []);
  const readings: Promise<void>[] = [];
  // Shop by shop, so that no source can take the people of one shop for those of another.
  for (const places of placesByShopAndBlock(asks)) {
    const { shop, block } = asks[places[0]!]!.asked;
    const asked = places.map((place) => asks[place]!.asked);
    SOURCES[block].forEach(({ read }, source) => {
      if (!read) return;
      const reading = read(client, shop.id, asked).then((entries) =>
        entries.forEach((entry, index) => (known[places[index]!]![source] = entry)),
      );
      readings.push(reading);
    });
  }
  await Promise.all(readings);
  return known;
}

function placesByShopAndBlock(asks: PreparedAsk[]): Iterable<number[]> {
  const groups = new Map<string, number[]>();
  asks.forEach(({ asked: { shop, block } }, place) => {
    const key = `${shop.id} ${block}`;
    const others = groups.get(key);
    if (others) others.push(place);
    else groups.set(key, [place]);
  });
  return groups.values();
}

export function propose(
  { asked, prepared }: PreparedAsk,
  person: Attention,
  known: unknown[] = [],
): Candidate[] {
  const proposed = SOURCES[asked.block].map((source, index) =>
    source.propose(asked, { prepared: prepared[index], known: known[index], person }),
  );
  // Copies whole lists, where `flatMap` goes from one to the next.
  return ([] as Candidate[]).concat(...proposed);
}
