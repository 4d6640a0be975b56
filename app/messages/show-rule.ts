/**
 * When a block shows, as a merchant sets it. It is judged when the mail is written, with what is known of this person
 * and this order then; where something is not known, a block that depends on it stays out.
 */
export const AUDIENCES = [
  "everyone",
  "first-order",
  "returning",
  "members",
  "no-members",
  "agreed",
  "not-agreed",
] as const;
export type Audience = (typeof AUDIENCES)[number];

export type ShowRule = {
  who: Audience;
  /** Least total of the order, in its own currency's minor units. */
  orderFromMinor?: number;
  /** Two-letter codes; left out: everywhere. */
  countries?: string[];
};

/** What is known when a mail is written; null: not known. */
export type ShownTo = {
  isFirstOrder: boolean | null;
  isMember: boolean;
  /** To marketing by email. */
  hasAgreed: boolean;
  orderMinor: number | null;
  country: string | null;
};

export function meets({ who, orderFromMinor, countries }: ShowRule, to: ShownTo | undefined): boolean {
  if (!to) return who === "everyone" && orderFromMinor === undefined && !countries?.length;
  if (orderFromMinor !== undefined && (to.orderMinor === null || to.orderMinor < orderFromMinor))
    return false;
  if (countries?.length && !countries.includes(to.country ?? "")) return false;
  return BELONGS[who](to);
}

const BELONGS: Record<Audience, (to: ShownTo) => boolean> = {
  everyone: () => true,
  "first-order": ({ isFirstOrder }) => isFirstOrder === true,
  returning: ({ isFirstOrder }) => isFirstOrder === false,
  members: ({ isMember }) => isMember,
  "no-members": ({ isMember }) => !isMember,
  agreed: ({ hasAgreed }) => hasAgreed,
  "not-agreed": ({ hasAgreed }) => !hasAgreed,
};
