/**
 * What the extensions and the app say to each other. Types only: it costs nothing in a bundle, and both sides are
 * checked against it. Every call is `POST <app>/api/<path>` with a session token of the extension as bearer, JSON in
 * and out, CORS on every answer. Money is in integer minor units with its currency. Ids are Shopify gids or ours.
 */

export type Surface = "thank-you" | "order-status";
export type Block = "offers" | "surveys" | "loyalty" | "service";

/** Who looks and at what. On the thank-you page the order may not exist yet; its id is already final. */
export type Moment = {
  surface: Surface;
  /** `gid://shopify/OrderIdentity/<n>` or `gid://shopify/Order/<n>`. */
  orderId: string;
  checkoutToken?: string;
  /** What outsiders cannot guess; with it an anonymous buyer is allowed to act for the order. */
  confirmationNumber?: string;
  locale: string;
  currency: string;
  country?: string;
  lines: { productId: string; variantId: string; quantity: number; amountMinor: number }[];
  isFirstOrder?: boolean;
  /** False where the buyer did not allow analytics: the answer is then not linked to a person. */
  mayLink?: boolean;
  /** Set in the checkout editor: sample content, nothing stored. */
  preview?: boolean;
};

// ───────── POST /api/decide ─────────
export type DecideRequest = { block: Block; moment: Moment };
export type DecideResponse = { decisionId: string | null; placements: Placement[] };

export type Placement = OfferPlacement | SurveyPlacement | LoyaltyJoinPlacement;

export type OfferPlacement = {
  kind: "offer";
  position: number;
  offerId: string;
  productId: string;
  variantId: string;
  title: string;
  variantTitle?: string;
  imageUrl?: string;
  headline?: string;
  body?: string;
  /** "Goes with the <product> you bought": the product's title, or null where there is no such reason. */
  goesWith: string | null;
  priceMinor: number;
  /** What is charged with the exclusive code; equal to `priceMinor` where there is no discount. */
  discountedMinor: number;
  currency: string;
  discountPercent: number;
  validDays: number;
  /** The shopper took it when they saw this page before: accepting again brings back the same code. */
  accepted?: boolean;
};

export type SurveyPlacement = {
  kind: "survey";
  position: number;
  surveyId: string;
  questions: SurveyQuestion[];
};

export type SurveyQuestionType = "single" | "multi" | "rating" | "nps" | "csat" | "text";
export type SurveyQuestion = {
  id: string;
  type: SurveyQuestionType;
  text: string;
  help?: string;
  required: boolean;
  options?: { id: string; text: string }[];
  /** rating and csat: 1..max (5); nps: 0..10 */
  max?: number;
  lowLabel?: string;
  highLabel?: string;
};

export type LoyaltyJoinPlacement = {
  kind: "loyalty-join";
  position: number;
  programName: string;
  joinBonus: number;
  orderPoints: number;
  /** The words the shopper agrees to; sent back with the join as proof. */
  consentText: string;
};

// ───────── POST /api/outcomes ─────────
/** Each outcome counts once, however often it is told. */
export type OutcomeRequest = {
  decisionId: string;
  position: number;
  outcome: "impression" | "click" | "dismissal";
};
export type OutcomeResponse = { status: "recorded" | "already-recorded" | "unknown" };

// ───────── POST /api/offers/accept ─────────
export type AcceptOfferRequest = { decisionId: string; position: number };
export type AcceptOfferResponse =
  | {
      status: "accepted";
      code: string | null;
      cartUrl: string;
      expiresAt: string;
      priceMinor: number;
      discountedMinor: number;
      currency: string;
    }
  | { status: "preparing" } // the code is being made; ask again in a moment
  | { status: "unavailable" }; // sold out, ended or not ours

// ───────── POST /api/surveys/answer ─────────
export type AnswerValue = string | string[] | number;
export type SubmitSurveyRequest = {
  surveyId: string;
  decisionId?: string;
  moment: Pick<Moment, "surface" | "orderId" | "checkoutToken" | "confirmationNumber" | "locale">;
  answers: Record<string, AnswerValue>;
  /** False saves what is there so far. */
  complete: boolean;
};
export type SubmitSurveyResponse =
  | { status: "recorded" }
  | { status: "saved" }
  | { status: "already-answered" }
  | { status: "closed" }
  | { status: "invalid"; problems: { questionId: string; message: string }[] };

// ───────── POST /api/loyalty/join ─────────
export type JoinLoyaltyRequest = {
  moment: Pick<Moment, "surface" | "orderId" | "checkoutToken" | "confirmationNumber" | "locale">;
  decisionId?: string;
  consentText: string;
};
export type JoinLoyaltyResponse =
  /** `points` can be spent at once; `pendingPoints` include what this order will bring. */
  | { status: "joined"; pendingPoints: number; points?: number }
  | { status: "already-member"; pendingPoints: number; points: number }
  | { status: "closed" };

// ───────── POST /api/order-status ─────────
/** Delivery state and points for the order status page. */
export type OrderStatusRequest = Pick<Moment, "orderId" | "checkoutToken" | "confirmationNumber" | "locale">;
export type ParcelView = {
  name: string;
  status:
    | "announced"
    | "in_transit"
    | "delayed"
    | "out_for_delivery"
    | "attempted"
    | "ready_for_pickup"
    | "delivered"
    | "failed";
  carrier: string | null;
  trackingNumber: string | null;
  trackingUrl: string | null;
  estimatedDeliveryAt: string | null;
  deliveredAt: string | null;
  /** `status` is one of a parcel's where we know the carrier's word, otherwise the carrier's. */
  scans: { status: string; message: string | null; place: string | null; happenedAt: string }[];
};
export type OrderStatusResponse =
  | {
      status: "ok";
      orderState: "processing" | "shipped" | "delivered" | "cancelled";
      parcels: ParcelView[];
      loyalty: { programName: string; points: number; pendingPoints: number; member: boolean } | null;
    }
  | { status: "unknown-order" };

/** Answer of any call that did not go through; never shown to shoppers as it is. */
export type ApiProblem = {
  status: "unauthorized" | "malformed" | "too-large" | "unavailable" | "not-found";
  problems?: string[];
};
