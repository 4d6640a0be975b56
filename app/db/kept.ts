/**
 * Things read from the database and kept in memory for a few seconds. Bounded by weight: the entry that was read
 * longest ago leaves first. Who asks for an entry in the last third of its life gets it at once, and it is read anew behind their
 * back: nobody waits for what is asked for often. Requests that need the same missing entry share one read.
 */
export type Kept<Value> = {
  /** The entry, or undefined where it is missing or too old. */
  fresh(key: string): Value | undefined;
  /** True where the entry should be read anew soon: it has lived more than this share of its time. */
  isAging(key: string, share?: number): boolean;
  /** The entry, read where it is missing or too old: then a promise. */
  get(key: string, read: () => Promise<Value>): Value | Promise<Value>;
  /** The entry as it is now, however fresh the one is that is there; who needs it meanwhile shares the read. */
  renew(key: string, read: () => Promise<Value>): Promise<Value>;
  /** @param since when its reading began (performance.now) */
  set(key: string, value: Value, since: number): void;
  /** Drops the entries of these keys; what is being read of them will not be kept either. */
  forget(which: (key: string) => boolean): void;
  clear(): void;
};

/** Share of an entry's life after which it is read anew. */
const AGING = 2 / 3;

export type Limits<Value> = {
  milliseconds: number;
  /** Most weight of all entries together. */
  most: number;
  /** What an entry weighs; 1 where nothing is said. */
  weigh?: (value: Value) => number;
};

export function keep<Value>({ milliseconds, most, weigh = () => 1 }: Limits<Value>): Kept<Value> {
  const entries = new Map<string, { value: Value; since: number; weight: number }>();
  let weight = 0;
  /** What is read now. An entry that is forgotten meanwhile leaves here, and so does not come back. */
  const reading = new Map<string, Promise<Value>>();

  function fresh(key: string): Value | undefined {
    const entry = entries.get(key);
    return entry && performance.now() - entry.since < milliseconds ? entry.value : undefined;
  }

  function isAging(key: string, share = AGING): boolean {
    const entry = entries.get(key);
    return entry !== undefined && performance.now() - entry.since >= share * milliseconds;
  }

  function set(key: string, value: Value, since: number): void {
    drop(key);
    const entry = { value, since, weight: weigh(value) };
    entries.set(key, entry);
    weight += entry.weight;
    while (weight > most && entries.size > 1) drop(entries.keys().next().value!);
  }

  function drop(key: string): void {
    weight -= entries.get(key)?.weight ?? 0;
    entries.delete(key);
  }

  function get(key: string, read: () => Promise<Value>): Value | Promise<Value> {
    const known = fresh(key);
    if (known === undefined) return renew(key, read);
    // An old entry is better than none: who needs a newer one asks again.
    if (isAging(key)) void renew(key, read).catch(() => {});
    return known;
  }

  function renew(key: string, read: () => Promise<Value>): Promise<Value> {
    const underway = reading.get(key);
    if (underway) return underway;
    const since = performance.now();
    const started: Promise<Value> = read()
      .then((value) => {
        if (reading.get(key) === started) set(key, value, since);
        return value;
      })
      .finally(() => {
        if (reading.get(key) === started) reading.delete(key);
      });
    reading.set(key, started);
    return started;
  }

  function forget(which: (key: string) => boolean): void {
    for (const key of [...entries.keys()].filter(which)) drop(key);
    for (const key of [...reading.keys()].filter(which)) reading.delete(key);
  }

  function clear(): void {
    forget(() => true);
  }

  return { fresh, isAging, get, renew, set, forget, clear };
}
