/**
 * Things read from the database and kept in memory for a few seconds. Bounded: the entry that was read longest ago
 * leaves first. Requests that need the same missing entry share one read.
 */
export type Kept<Value> = {
  /** The entry, or undefined where it is missing or too old. */
  fresh(key: string): Value | undefined;
  /** The entry, read where it is missing or too old. */
  get(key: string, read: () => Promise<Value>): Promise<Value>;
  set(key: string, value: Value): void;
  clear(): void;
};

export function keep<Value>({ milliseconds, most }: { milliseconds: number; most: number }): Kept<Value> {
  const entries = new Map<string, { value: Value; until: number }>();
  const reading = new Map<string, Promise<Value>>();

  function fresh(key: string): Value | undefined {
    const entry = entries.get(key);
    return entry && entry.until > performance.now() ? entry.value : undefined;
  }

  function set(key: string, value: Value): void {
    entries.delete(key);
    entries.set(key, { value, until: performance.now() + milliseconds });
    if (entries.size > most) entries.delete(entries.keys().next().value!);
  }

  async function get(key: string, read: () => Promise<Value>): Promise<Value> {
    const known = fresh(key);
    if (known !== undefined) return known;
    const underway = reading.get(key);
    if (underway) return underway;
    const started = read()
      .then((value) => {
        set(key, value);
        return value;
      })
      .finally(() => reading.delete(key));
    reading.set(key, started);
    return started;
  }

  return { fresh, get, set, clear: () => entries.clear() };
}
