import { givePoints } from "#app/loyalty/loyalty.server";
import type { PointsStep } from "../definition";
import { actKey, type Act } from "./act";

/** Points for a member of the programme; the ledger counts each step of an enrolment once. */
export const points: Act<PointsStep> = async (step, { tx, shopId, config, enrolment }) => {
  const person = { customerGid: enrolment.customerGid, orderGid: enrolment.orderGid ?? "" };
  const sourceKey = actKey(enrolment, step.id);
  const given = await givePoints(tx, shopId, { person, points: step.points, sourceKey }, config.now);
  return given.status === "given" ? { status: "done" } : { status: "refused", reason: given.status };
};
