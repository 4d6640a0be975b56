/**
 * Slows down a visitor who asks far more than a person would. Counted per process and minute, in memory and bounded: it
 * keeps a script from filling tables, it proves nothing.
 *
 * @returns whether this visitor may ask once more
 */
export function visitLimit(perMinute: number, most = 20_000): (visitor: string, now: Date) => boolean {
  let minute = 0;
  const asked = new Map<string, number>();
  return (visitor, now) => {
    const current = Math.floor(now.getTime() / 60_000);
    if (current !== minute || asked.size >= most) asked.clear();
    minute = current;
    const count = (asked.get(visitor) ?? 0) + 1;
    asked.set(visitor, count);
    return count <= perMinute;
  };
}
