import type { ShopId, Tx } from "#app/db/tx";

/**
 * Live figures, carried along: changes are gathered while people move and written once at the end of the transaction,
 * always in the same order, so that workers wait for each other briefly and never in a circle.
 */
export type CountChange = {
  entered?: number;
  waiting?: number;
  done?: number;
  refused?: number;
  goals?: number;
};

/** The journey itself, and those held out of it. */
export const WHOLE = "*";
export const HELD_OUT = "held-out";

export class Counts {
  private readonly changes = new Map<string, Required<CountChange>>();

  add(journeyId: string, stepId: string, change: CountChange): void {
    const key = `${journeyId} ${stepId}`;
    const sum = this.changes.get(key) ?? { entered: 0, waiting: 0, done: 0, refused: 0, goals: 0 };
    for (const [name, by] of Object.entries(change) as [keyof CountChange, number][]) sum[name] += by;
    this.changes.set(key, sum);
  }

  /** Takes over what another one gathered. */
  addAll(other: Counts): void {
    for (const [key, change] of other.changes) {
      const [journeyId, stepId] = key.split(" ") as [string, string];
      this.add(journeyId, stepId, change);
    }
  }

  async write(tx: Tx, shopId: ShopId): Promise<void> {
    if (this.changes.size === 0) return;
    const rows = [...this.changes.entries()]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, change]) => {
        const [journeyId, stepId] = key.split(" ") as [string, string];
        return { journeyId, stepId, ...change };
      });
    this.changes.clear();
    await tx.$executeRaw`
      INSERT INTO "JourneyCount" AS c ("shopId", "journeyId", "stepId", entered, waiting, done, refused, goals)
      SELECT ${shopId}, r."journeyId", r."stepId", r.entered, r.waiting, r.done, r.refused, r.goals
      FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS r("journeyId" uuid, "stepId" text,
        entered int, waiting int, done int, refused int, goals int)
      ON CONFLICT ("shopId", "journeyId", "stepId") DO UPDATE SET
        entered = c.entered + excluded.entered, waiting = c.waiting + excluded.waiting, done = c.done + excluded.done,
        refused = c.refused + excluded.refused, goals = c.goals + excluded.goals`;
  }
}
