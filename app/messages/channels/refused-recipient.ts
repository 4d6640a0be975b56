import type { ChannelErrorKind } from "./channel";

/**
 * What a refusal says about an address, whether a mail server answers with it (RCPT TO) or a mail comes back with it.
 * By this rule an address is given up for good, so only what certainly speaks of it counts: servers refuse in the same
 * place what they do not like about us.
 */
type Refusal = Extract<ChannelErrorKind, "recipient" | "temporary" | "permanent">;

/** RFC 3463: all about addresses but the sender's own (5.1.7, 5.1.8), a mailbox switched off, a domain without mail. */
const DEAD = /^5\.(1\.(?![78]$)\d+|2\.1|4\.4)$/;
/** What speaks of us (rules, our sender) can be mended by whoever runs the mail server, a full mailbox be emptied. */
const PASSING = /^(4\.\d+\.\d+|5\.7\.\d+|5\.1\.[78]|5\.2\.2)$/;

/** What servers write that say no status of their own. */
const ABOUT_US =
  /\brelay(ing)?\b(?! recipient)|rcpthosts|\bsender\b|spam|\bblock(ed|list)|black ?list|policy|access denied|authenticat/i;
const FULL = /^552|quota|(mailbox|inbox|account) (is )?full|exceeded storage/i;
const UNKNOWN = new RegExp(
  [
    "(user|recipient|mailbox|address|account) (is )?(unknown|not found|disabled)",
    "(unknown|no such) (local )?(user|person|recipient|mailbox|address|account)",
    "(does not|doesn't) exist|mailbox unavailable|invalid (recipient|mailbox)|unrouteable address",
  ].join("|"),
  "i",
);

/**
 * @param words the server's answer, with its code where there is one
 * @param status RFC 3463; left out: as the answer says it
 */
export function refusedRecipient(words: string, status = statusIn(words)): Refusal {
  if (status && status !== "5.0.0")
    return DEAD.test(status) ? "recipient" : PASSING.test(status) ? "temporary" : "permanent";
  if (ABOUT_US.test(words) || FULL.test(words)) return "temporary";
  // RFC 5321: not a local user, not a name that a mailbox can have.
  return /^55[13]/.test(words) || UNKNOWN.test(words) ? "recipient" : "permanent";
}

/** Behind the code (RFC 2034), or at the end as qmail writes it. */
function statusIn(words: string): string | undefined {
  const found = /^\d{3}[ -](\d\.\d{1,3}\.\d{1,3})(?![.\d])|\(#(\d\.\d{1,3}\.\d{1,3})\)/.exec(words);
  return found?.[1] ?? found?.[2];
}
