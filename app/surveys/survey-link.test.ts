import { expect, test } from "vitest";
import { readSurveyLink, surveyLink } from "./survey-link";

const SECRET = "a-secret-of-at-least-32-characters-x";
const invitation = {
  shopId: 3,
  surveyId: "0195a3c2-0000-7000-8000-000000000001",
  orderGid: "gid://shopify/Order/1001",
  personKey: "gid://shopify/Customer/7",
  locale: "de",
} as const;

function tokenOf(link: string): string {
  return new URL(link).pathname.replace("/s/", "");
}

test("a link says again what it was made from; the score stands beside it", () => {
  const link = surveyLink({ ...invitation, appUrl: "https://app.example", secret: SECRET, score: 0 });
  expect(link).toMatch(/^https:\/\/app\.example\/s\/[\w.-]+\?score=0$/);
  expect(readSurveyLink(tokenOf(link), SECRET)).toEqual(invitation);
});

test("an end is kept to the second", () => {
  const expiresAt = new Date("2026-12-24T12:00:00Z");
  const link = surveyLink({ ...invitation, expiresAt, appUrl: "https://app.example", secret: SECRET });
  expect(readSurveyLink(tokenOf(link), SECRET)).toEqual({ ...invitation, expiresAt });
});

test("what we did not sign is not read", () => {
  const link = surveyLink({ ...invitation, appUrl: "https://app.example", secret: SECRET });
  const [body, signature] = tokenOf(link).split(".");
  const forged = Buffer.from(JSON.stringify([4, invitation.surveyId, "x", "y", "de", 0])).toString(
    "base64url",
  );
  for (const token of [
    "",
    body!,
    `${body}.`,
    `${forged}.${signature}`,
    `${body}.${signature}.x`,
    `${body}.x`,
  ]) {
    expect(readSurveyLink(token, SECRET)).toBeNull();
  }
  expect(readSurveyLink(tokenOf(link), `another-${SECRET}`)).toBeNull();
});
