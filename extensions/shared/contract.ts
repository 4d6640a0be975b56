/**
 * What the extensions and the app say to each other. Types only: it costs nothing in a bundle, and both sides are
 * checked against it. Every call is `POST <app>/api/<path>` with a session token of the extension as bearer, JSON in
 * and out, CORS on every answer. Money is in integer minor units with its currency. Ids are Shopify gids or ours.
 */

/** Where a shopper looks. Order status and tracking come days after the purchase, cart and checkout before it. */
export type Surface =
  "cart" | "checkout" | "payment" | "thank-you" | "order-status" | "account" | "tracking" | "message";
export type Block = "offers" | "surveys" | "loyalty" | "service";

/** Who looks and at what. On the thank-you page the order may not exist yet; its id is already final. */
export type Moment = {
  surface: Surface;
  /**
   * `gid://shopify/OrderIdentity/<n>` or `gid://shopify/Order/<n>`. Absent where there is no order: before the purchase
   * (there `checkoutToken` tells one visit from the next) and on the account page.
   */
  orderId?: string;
  checkoutToken?: string;
  /** Of the cart that it came from, where our block stood in it. */
  cartToken?: string;
  /** What outsiders cannot guess; with it an anonymous buyer is allowed to act for the order. */
  confirmationNumber?: string;
  locale: string;
  /** The page's currency; left out where there is no order and no cart: then the shop's. */
  currency?: string;
  country?: string;
  /** Products of the order, or of the cart. */
  lines: { productId: string; variantId: string; quantity: number; amountMinor: number }[];
  isFirstOrder?: boolean;
  /** False where the buyer did not allow analytics: the answer is then not linked to a person. */
  mayLink?: boolean;
  /** Set in the checkout editor: sample content, nothing stored. */
  preview?: boolean;
};

/** Who acts for which order. */
export type OrderActor = Pick<Moment, "surface" | "checkoutToken" | "confirmationNumber" | "locale"> & {
  orderId: string;
};

// ───────── POST /api/decide ─────────
export type DecideRequest = { block: Block; moment: Moment };
export type DecideResponse = { decisionId: string | null; placements: Placement[] };

export type Placement =
  | OfferPlacement
  | SponsoredPlacement
  | AppreciationPlacement
  | ReassurancePlacement
  | HelpPlacement
  | SurveyPlacement
  | LoyaltyJoinPlacement;

/**
 * How an offer is taken: with an exclusive code in a new cart, as a line of the cart or checkout at hand, or as a line
 * of the order just placed, whose balance is then to be paid.
 */
export type AcceptBy = "code" | "cart" | "order-edit";

/** Why this product, best reason first; each block says it in the shopper's language. */
export type OfferReason =
  /** Bought with `product` by other shoppers. */
  | { code: "goes-with"; product: string }
  /** The customer bought it before. */
  | { code: "bought-before" }
  /** Much bought within a category of the order. */
  | { code: "popular-in-category"; category: string };

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
  /** Takes the place of `goesWith`, which says only the first of these. */
  reasons?: OfferReason[];
  /** Left out: by code. */
  acceptBy?: AcceptBy;
  priceMinor: number;
  /** What is charged with the exclusive code; equal to `priceMinor` where there is no discount. */
  discountedMinor: number;
  currency: string;
  discountPercent: number;
  validDays: number;
  /** The shopper took it when they saw this page before: accepting again brings back the same code. */
  accepted?: boolean;
};

/** An offer of an advertiser; always with its label. */
export type SponsoredPlacement = {
  kind: "sponsored";
  position: number;
  campaignId: string;
  advertiser: string;
  title: string;
  text: string;
  imageUrl?: string;
  /** Where a click leads, through us, so that it is counted once. */
  clickUrl: string;
  /** "Sponsored", in the shopper's language, and why it is here. */
  disclosure: string;
  callToAction?: string;
};

/** Thanks, by what the customer is to the shop. */
export type AppreciationPlacement = { kind: "appreciation"; position: number; heading: string; text: string };

/** What calms somebody who buys here for the first time. */
export type ReassurancePlacement = {
  kind: "reassurance";
  position: number;
  heading: string;
  text: string;
  points: string[];
};

/** The questions that come after a purchase. */
export type HelpPlacement = {
  kind: "help";
  position: number;
  heading: string;
  questions: { question: string; answer: string }[];
  /** Where to ask a person. */
  contactUrl?: string;
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
export type AcceptOfferRequest = {
  decisionId: string;
  position: number;
  /** Shows that the caller may act for the order; without it an offer is taken by code, never by order edit. */
  actor?: Pick<OrderActor, "orderId" | "checkoutToken" | "confirmationNumber">;
  /** The page can apply no code, and so it showed the usual price. */
  atFullPrice?: boolean;
};
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
  /** A line was added to the order. `balanceMinor` is what is now to be paid, with tax, at `payUrl`. */
  | {
      status: "added-to-order";
      orderName: string;
      balanceMinor: number;
      currency: string;
      payUrl: string | null;
    }
  | { status: "preparing" } // the code or the change of the order is being made; ask again in a moment
  | { status: "unavailable" }; // sold out, ended or not ours

// ───────── POST /api/surveys/answer ─────────
export type AnswerValue = string | string[] | number;
export type SubmitSurveyRequest = {
  surveyId: string;
  decisionId?: string;
  moment: OrderActor;
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
  moment: OrderActor;
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
export type OrderStatusRequest = Omit<OrderActor, "surface"> & {
  /** Also what the shop has to say: the inbox, tips for the products of this order, and codes that were taken beside it. */
  withInbox?: boolean;
};
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
  /** When it is expected: with a good chance not before `from` and not after `until`. */
  expected: { from: string; until: string } | null;
  deliveredAt: string | null;
  /** `status` is one of a parcel's where we know the carrier's word, otherwise the carrier's. */
  scans: { status: string; message: string | null; place: string | null; happenedAt: string }[];
};
/** A code that the shopper took and can still use; `discountedMinor` is what is charged with it. */
export type OpenCode = {
  title: string;
  code: string;
  /** There it is already applied. */
  cartUrl: string;
  expiresAt: string;
  discountedMinor: number;
  currency: string;
};
export type OrderStatusResponse =
  | {
      status: "ok";
      orderState: "processing" | "shipped" | "delivered" | "cancelled" | "refunded";
      parcels: ParcelView[];
      loyalty: { programName: string; points: number; pendingPoints: number; member: boolean } | null;
      /** Null where the request did not ask for it. */
      said: Said | null;
      /** Where the shopper writes to the shop about this order; https. */
      helpUrl: string;
    }
  | { status: "unknown-order" };

/** Answer of any call that did not go through; never shown to shoppers as it is. */
export type ApiProblem = {
  status: "unauthorized" | "malformed" | "too-large" | "unavailable" | "not-found";
  problems?: string[];
};

// ───────── POST /api/inbox ─────────
/** What the shop has to say to a shopper. Tips and codes belong to the order, or to all that the customer bought and took. */
export type Said = { messages: InboxMessage[]; tips: TipView[]; codes: OpenCode[] };

/** A tip in the shopper's language: plain text; `videoUrl` and `imageUrl` are https. */
export type TipView = {
  id: string;
  title: string;
  paragraphs: string[];
  videoUrl: string | null;
  imageUrl: string | null;
};

/** On the order status page the order's actor; on the account page without `orderId`: the signed-in customer's inbox. */
export type InboxRequest = Omit<OrderActor, "surface" | "orderId"> & { orderId?: string };
export type InboxResponse = ({ status: "ok" } & Said) | { status: "unknown-order" };

/** Newest first; already in the shopper's language. `url` leads through us, so that the click is counted. */
export type InboxMessage = {
  id: string;
  title: string;
  body: string;
  url: string | null;
  createdAt: string;
  read: boolean;
};

// ───────── POST /api/inbox/mark ─────────
/** "read" once it was on the page, "dismiss" when the shopper puts it away. Safe to repeat. */
export type InboxMarkRequest = InboxRequest & { messageId: string; act: "read" | "dismiss" };
export type InboxMarkResponse = { status: "ok" | "unknown" };
