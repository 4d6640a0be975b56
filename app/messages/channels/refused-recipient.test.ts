import { expect, test } from "vitest";
import { refusedRecipient } from "./refused-recipient";

test.each([
  "550 5.1.1 <gone@buyer.example>: Recipient address rejected: User unknown in local recipient table",
  "550-5.1.1 The email account that you tried to reach does not exist. Please try\n550 5.1.1 again",
  "550 5.1.10 RESOLVER.ADR.RecipientNotFound",
  "550 5.2.1 The email account that you tried to reach is disabled.",
  "550 5.4.4 Host not found",
  "511 sorry, no mailbox here by that name (#5.1.1)",
  "550 5.0.0 gone@buyer.example... User unknown",
  "550 no such user",
  "550 <gone@buyer.example>: User unknown in relay recipient table",
  "550 Requested action not taken: mailbox unavailable",
  "550 Unrouteable address",
  "551 User not local",
  "553 Requested action not taken: mailbox name not allowed",
])("the address is dead: %s", (answer) => {
  expect(refusedRecipient(answer)).toBe("recipient");
});

test.each([
  "554 5.7.1 <ada@buyer.example>: Relay access denied",
  "550 5.7.1 Service unavailable; client [192.0.2.7] blocked using zen.spamhaus.org",
  "550 5.7.1 Requested action not taken: mailbox unavailable",
  "530 5.7.0 Authentication required",
  "550 5.1.8 <post@shop.example>: Sender address rejected: Domain not found",
  "553 5.7.1 <post@shop.example>: Sender address rejected: not owned by user",
  "553 sorry, that domain isn't in my list of allowed rcpthosts (#5.7.1)",
  "550 Relaying denied",
  "551 we do not relay",
  "550 Sender verify failed: no such user",
  "550 5.2.2 mailbox full",
  "552 5.2.2 Over quota",
  "552 Requested mail action aborted: exceeded storage allocation",
  "550 The mailbox is full",
])("may work later, and the address is not to blame: %s", (answer) => {
  expect(refusedRecipient(answer)).toBe("temporary");
});

test.each([
  "554 5.3.4 Message too big for system",
  "501 5.5.4 Syntax error in parameters",
  "550 5.1.1.9 may not write to us",
  "554 Transaction failed",
])("says nothing of the address and will not change: %s", (answer) => {
  expect(refusedRecipient(answer)).toBe("permanent");
});
