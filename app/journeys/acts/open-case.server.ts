import { openCase as openCaseOf } from "#app/cases/cases.server";
import type { OpenCaseStep } from "../definition";
import { actKey, type Act } from "./act";

/** A case for the staff. Where one of its type is not solved yet, the note joins that one. */
export const openCase: Act<OpenCaseStep> = async (step, { tx, shopId, config, enrolment }) => {
  const { orderGid, customerGid } = enrolment;
  if (!orderGid && !customerGid) return { status: "refused", reason: "no-customer" };
  const entry = { kind: "told" as const, text: step.note, sourceKey: actKey(enrolment, step.id) };
  const person = { orderGid, customerGid };
  await openCaseOf(tx, shopId, { type: step.caseType, source: "journey", person, entry }, config.now);
  return { status: "done" };
};
