import { isDatabaseAway } from "#app/db/pool.server";

/**
 * Work on many requests of one shop at a time: what arrives while earlier work runs waits, and is then done together in
 * one transaction. Under load this turns a transaction per request into one per group; a lone request never waits.
 */
type Waiting<Ask, Answer> = {
  ask: Ask;
  resolve: (answer: Answer) => void;
  reject: (error: unknown) => void;
};
type Lane<Ask, Answer> = { running: number; waiting: Waiting<Ask, Answer>[] };

export type GroupLimits = {
  /** Most asks in one group. */
  size: number;
  /** Groups of one shop at the same time. */
  atOnce: number;
};

/**
 * @param work answers all asks of a group in order, or throws for the group as a whole
 * @returns a function that answers one ask; it rejects only with the fault of that ask, or where the database is away
 */
export function grouped<Ask, Answer>(
  work: (shopId: number, asks: Ask[]) => Promise<Answer[]>,
  { size, atOnce }: GroupLimits,
): (shopId: number, ask: Ask) => Promise<Answer> {
  const lanes = new Map<number, Lane<Ask, Answer>>();

  function start(shopId: number, lane: Lane<Ask, Answer>): void {
    while (lane.running < atOnce && lane.waiting.length > 0) {
      const group = lane.waiting.splice(0, size);
      lane.running++;
      void finish(shopId, group).finally(() => {
        lane.running--;
        if (lane.running === 0 && lane.waiting.length === 0) lanes.delete(shopId);
        else start(shopId, lane);
      });
    }
  }

  async function finish(shopId: number, group: Waiting<Ask, Answer>[]): Promise<void> {
    try {
      const answers = await work(
        shopId,
        group.map(({ ask }) => ask),
      );
      group.forEach(({ resolve }, index) => resolve(answers[index]!));
    } catch (error) {
      // One bad ask must not take its neighbours with it.
      if (group.length === 1 || isDatabaseAway(error)) return group.forEach(({ reject }) => reject(error));
      for (const one of group) await finish(shopId, [one]);
    }
  }

  return (shopId, ask) =>
    new Promise((resolve, reject) => {
      const lane = lanes.get(shopId) ?? { running: 0, waiting: [] };
      lanes.set(shopId, lane);
      lane.waiting.push({ ask, resolve, reject });
      // Started at the end of this turn, so that requests that arrived together go together.
      if (lane.running < atOnce) setImmediate(start, shopId, lane);
    });
}
