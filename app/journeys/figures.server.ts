import type { ShopId, Tx } from "#app/db/tx";
import type { JourneyCount } from "#app/generated/prisma/client";
import { HELD_OUT, WHOLE } from "./counts.server";

/** Live figures of journeys, as the engine counts them: reading them costs one row per step. */

export type StepFigures = {
  /** Came to the step. */
  entered: number;
  /** Stand there now. */
  waiting: number;
  /** Of an act: done, e.g. queued for sending. */
  done: number;
  /** Of an act: not done; the reason stands with the message or the person. */
  refused: number;
  /** Reached the goal after it. */
  goals: number;
};

export type JourneyFigures = {
  entered: number;
  onTheWay: number;
  finished: number;
  left: number;
  goals: number;
  /** Who gets nothing, for comparison: their goals would have come anyway. */
  heldOut: { people: number; goals: number };
  steps: Record<string, StepFigures>;
};

const NOTHING: StepFigures = { entered: 0, waiting: 0, done: 0, refused: 0, goals: 0 };

/** Figures of one journey. */
export async function figuresOf(tx: Tx, shopId: ShopId, journeyId: string): Promise<JourneyFigures> {
  return summed(await tx.journeyCount.findMany({ where: { shopId, journeyId } }));
}

/** Figures of every journey that anybody has entered, by its id. */
export async function allFigures(tx: Tx, shopId: ShopId): Promise<Map<string, JourneyFigures>> {
  const byJourney = new Map<string, JourneyCount[]>();
  for (const row of await tx.journeyCount.findMany({ where: { shopId } })) {
    const rows = byJourney.get(row.journeyId);
    if (rows) rows.push(row);
    else byJourney.set(row.journeyId, [row]);
  }
  return new Map([...byJourney].map(([journeyId, rows]) => [journeyId, summed(rows)]));
}

function summed(rows: JourneyCount[]): JourneyFigures {
  const of = (stepId: string) => rows.find((row) => row.stepId === stepId) ?? NOTHING;
  const whole = of(WHOLE);
  const steps = rows.filter(({ stepId }) => stepId !== WHOLE && stepId !== HELD_OUT);
  return {
    entered: whole.entered,
    onTheWay: whole.waiting,
    finished: whole.done,
    left: whole.refused,
    goals: whole.goals,
    heldOut: { people: of(HELD_OUT).entered, goals: of(HELD_OUT).goals },
    steps: Object.fromEntries(
      steps.map(({ stepId, entered, waiting, done, refused, goals }) => [
        stepId,
        { entered, waiting, done, refused, goals },
      ]),
    ),
  };
}
