import { isDatabaseAway } from "#app/db/pool.server";

/**
 * Work on many requests at a time: what arrives while groups are worked on waits, and is then done together in one
 * transaction. A lone request never waits. In a stream of them groups keep a small distance: each costs both processes
 * a wake and cold caches, so that without it, half the load needs nearly all of the processors that the full load does.
 */
type Waiting<Ask, Answer> = {
  ask: Ask;
  subject: string;
  resolve: (answer: Answer) => void;
  reject: (error: unknown) => void;
};

export type GroupLimits = {
  /** Most asks in one group. */
  size: number;
  /** Milliseconds between the starts of two groups, at least; a full one starts as soon as a lane is free. */
  distance: number;
  /** Most groups that are worked on at the same time: while one waits for the database, another uses the processor. */
  lanes: number;
};

/**
 * @param work answers all asks of a group in order, or throws for the group as a whole
 * @param subjectOf asks about one subject are never worked on at the same time, nor in one group: the later sees what came of the
 * earlier
 * @returns a function that answers one ask; it rejects only with the fault of that ask, or where the database is away
 */
export function grouped<Ask, Answer>(
  work: (asks: Ask[]) => Promise<Answer[]>,
  subjectOf: (ask: Ask) => string,
  { size, distance, lanes }: GroupLimits,
): (ask: Ask) => Promise<Answer> {
  let waiting: Waiting<Ask, Answer>[] = [];
  /** Of the groups under way. */
  const subjects = new Set<string>();
  let underWay = 0;
  let isPlanned = false;
  let notBefore = 0;

  /** Not before the end of this turn, so that requests that arrived together go together. */
  function plan(): void {
    if (isPlanned || underWay === lanes || waiting.length === 0) return;
    isPlanned = true;
    const rest = waiting.length < size ? notBefore - performance.now() : 0;
    if (rest > 0) setTimeout(start, rest);
    else setImmediate(start);
  }

  function start(): void {
    isPlanned = false;
    const group = nextGroup();
    // All that waits is about subjects of groups under way: the end of one plans again.
    if (group.length === 0) return;
    underWay++;
    notBefore = performance.now() + distance;
    void finish(group).finally(() => {
      underWay--;
      for (const { subject } of group) subjects.delete(subject);
      plan();
    });
    plan();
  }

  function nextGroup(): Waiting<Ask, Answer>[] {
    const group: Waiting<Ask, Answer>[] = [];
    const left: Waiting<Ask, Answer>[] = [];
    for (const one of waiting) {
      if (group.length === size || subjects.has(one.subject)) left.push(one);
      else {
        group.push(one);
        subjects.add(one.subject);
      }
    }
    waiting = left;
    return group;
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
      waiting.push({ ask, subject: subjectOf(ask), resolve, reject });
      plan();
    });
}
