import type { CaseSource } from "#app/cases/case";
import type { CaseState } from "#app/generated/prisma/enums";
import type { BadgeProps } from "./polaris";
import { exceptionName } from "./exception-words";

/** A case in the merchant's words. */

export const CASE_STATES: Record<CaseState, { label: string; tone?: BadgeProps["tone"] }> = {
  open: { label: "Open", tone: "attention" },
  waiting: { label: "Waiting for the shopper", tone: "info" },
  solved: { label: "Solved", tone: "success" },
};

export const SOURCE_WORDS: Record<CaseSource, string> = {
  staff: "opened by your staff",
  journey: "opened by a journey",
  delivery: "opened by itself: a delivery went wrong",
  shopper: "opened by the shopper",
  answer: "opened by itself: a bad score",
};

/** What was told by ourselves stands as a code: "lost", "over:lost", "score:3" with the shopper's comment below. */
export function toldWords(source: string, text: string): string {
  const over = /^over:(.+)$/.exec(text);
  if (over) return `The delivery is in order again (was: ${exceptionName(over[1]!).toLowerCase()}).`;
  const score = /^score:(\d+)(?:\n([\s\S]*))?$/.exec(text);
  if (score) return `Score ${score[1]} of 10.${score[2] ? ` “${score[2]}”` : ""}`;
  return source === "delivery" ? `${exceptionName(text)}.` : text;
}

const MINUTE = 60_000;
const UNITS = [
  { unit: "day", minutes: 24 * 60 },
  { unit: "hour", minutes: 60 },
  { unit: "minute", minutes: 1 },
] as const;

/** "3 hours", "2 days": the biggest unit that is full. */
export function spanWords(milliseconds: number, locale: string): string {
  const minutes = Math.max(0, Math.round(milliseconds / MINUTE));
  const { unit, minutes: size } = UNITS.find((one) => minutes >= one.minutes) ?? UNITS[2];
  const format = new Intl.NumberFormat(locale, { style: "unit", unit, unitDisplay: "long" });
  return format.format(Math.floor(minutes / size));
}

type Clock = { text: string; tone?: BadgeProps["tone"] };

type Reader = { locale: string; timezone: string; now: number };

/** Where a case stands against its clock; null while it is not our turn. */
export function clockWords(
  answerDueAt: Date | string | null,
  { locale, timezone, now }: Reader,
): Clock | null {
  if (!answerDueAt) return null;
  const due = new Date(answerDueAt);
  const late = now - due.getTime();
  if (late > 0) return { text: `Answer is ${spanWords(late, locale)} late`, tone: "critical" };
  const time = new Intl.DateTimeFormat(locale, {
    weekday: "short",
    hour: "numeric",
    minute: "2-digit",
    timeZone: timezone,
  });
  return { text: `Answer by ${time.format(due)}` };
}
