import type { ActStep } from "../definition";
import type { Act } from "./act";
import { code } from "./code.server";
import { metafield, tag } from "./customer-writes.server";
import { phoneTask, webhook } from "./outreach.server";
import { points } from "./points.server";
import { send, survey } from "./send.server";

/** Every kind of act: a kind without an entry does not compile. */
export const ACTS: { [Type in ActStep["type"]]: Act<Extract<ActStep, { type: Type }>> } = {
  send,
  survey,
  points,
  code,
  tag,
  metafield,
  webhook,
  "phone-task": phoneTask,
};
