import { acceptShownOffer } from "./accept-offer.server";
import { answerSurvey } from "./answer-survey.server";
import { decideForBlock } from "./decide.server";
import type { Endpoint } from "./extension-api.server";
import { markInboxMessage, readInbox } from "./inbox.server";
import { joinLoyaltyProgram } from "./join-loyalty.server";
import { orderStatus } from "./order-status.server";
import { tellOutcome } from "./outcomes.server";

/** Every path extensions may call. */
export const ENDPOINTS: Record<string, Endpoint> = {
  "/api/decide": decideForBlock,
  "/api/outcomes": tellOutcome,
  "/api/offers/accept": acceptShownOffer,
  "/api/surveys/answer": answerSurvey,
  "/api/loyalty/join": joinLoyaltyProgram,
  "/api/order-status": orderStatus,
  "/api/inbox": readInbox,
  "/api/inbox/mark": markInboxMessage,
};
