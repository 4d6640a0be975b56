import { isDatabaseAway } from "#app/db/pool.server";

/**
 * Work on many requests at a time: what arrives while earlier work runs waits, and is then done together in one
 * transaction. Under load this turns a transaction per request into one per group; a lone request never waits.
 */
type Waiting<Ask, Answer> = {
  ask: Ask;
  resolve: (answer: Answer) => void;
  reject: (error: unknown) => void;
};

export type GroupLimits = {
  /** Most asks in one group. */
  size: number;
  /** Most groups at the same time. */
  atOnce: number;
  /** While a group is under way, the next one starts only with this many: small groups waste transactions. */
  worthwhile: number;
};

/**
 * @param work answers all asks of a group in order, or throws for the group as a whole
 * @returns a function that answers one ask; it rejects only with the fault of that ask, or where the database is away
 */
export function grouped<Ask, Answer>(
  work: (asks: Ask[]) => Promise<Answer[]>,
  { size, atOnce, worthwhile }: GroupLimits,
): (ask: Ask) => Promise<Answer> {
  let waiting: Waiting<Ask, Answer>[] = [];
  let running = 0;
  let starting = false;

  function start(): void {
    starting = false;
    while (running < atOnce && waiting.length >= (running === 0 ? 1 : worthwhile)) {
      const group = waiting.slice(0, size);
      waiting = waiting.slice(size);
      running++;
      void finish(group).finally(() => {
        running--;
        startSoon();
      });
    }
  }

  /** At the end of this turn, so that requests that arrived together go together. */
  function startSoon(): void {
    if (starting || waiting.length === 0) return;
    starting = true;
    setImmediate(start);
  }

  async function finish(group: Waiting<Ask, Answer>[]): Promise<void> {
    try {
      const answers = await work(group.map(({ ask }) => ask));
      group.forEach(({ resolve }, index) => resolve(answers[index]!));
    } catch (error) {
      // One bad ask must not take its neighbours with it.
      if (group.length === 1 || isDatabaseAway(error)) return group.forEach(({ reject }) => reject(error));
      for (const one of group) await finish([one]);
    }
  }

  return (ask) =>
    new Promise((resolve, reject) => {
      waiting.push({ ask, resolve, reject });
      startSoon();
    });
}
