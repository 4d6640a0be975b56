import type { ActStep } from "../definition";
import type { Act } from "./act";
import { code } from "./code.server";
import { metafield, tag } from "./customer-writes.server";
import { openCase } from "./open-case.server";
import { phoneTask, webhook } from "./outreach.server";
import { points } from "./points.server";
import { reviewAsk } from "./review-ask.server";
import { send, survey } from "./send.server";

/** Every kind of act: a kind without an entry does not compile. */
export const ACTS: { [Type in ActStep["type"]]: Act<Extract<ActStep, { type: Type }>> } = {
  send,
  survey,
  "review-ask": reviewAsk,
  points,
  code,
  "open-case": openCase,
  tag,
  metafield,
  webhook,
  "phone-task": phoneTask,
};
