import type { ShopId, Tx } from "#app/db/tx";
import type { Enrolment } from "#app/generated/prisma/client";

/** What a step that does something is given, and what it answers. One file per kind beside this one. */

export type JourneyConfig = { appUrl: string; secret: string; now: Date };

export type Scene = {
  tx: Tx;
  shopId: ShopId;
  config: JourneyConfig;
  enrolment: Enrolment;
  /** True where the step was parked before and is looked at again. */
  resumed: boolean;
};

export type ActOutcome =
  | { status: "done" }
  /** Not done, with the reason a merchant reads; the journey goes on. */
  | { status: "refused"; reason: string }
  /** Waits for something that this step has set going; `resume` or the time calls it again. */
  | { status: "parked"; until: Date }
  /** The rest makes no sense without it. */
  | { status: "leave"; reason: string };

export type Act<Step> = (step: Step, scene: Scene) => Promise<ActOutcome>;

/** The same step of the same enrolment, asked for twice, is one. */
export function actKey({ id }: Pick<Enrolment, "id">, stepId: string): string {
  return `journey:${id}:${stepId}`;
}
