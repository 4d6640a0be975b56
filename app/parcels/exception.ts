import { z } from "zod";
import type { Parcel } from "#app/generated/prisma/client";
import { addBusinessDays, type Calendar } from "./business-days";

/** What can go wrong between "placed" and "delivered", and when we say that it has. Pure. */

export const EXCEPTION_KINDS = [
  "not-shipped",
  "not-picked-up",
  "stalled",
  "late",
  "failed-attempt",
  "not-collected",
  "not-delivered",
] as const;
export type ExceptionKind = (typeof EXCEPTION_KINDS)[number];

const hours = z.int("Use a whole number.").min(1, "Use 1 to 720 hours.").max(720, "Use 1 to 720 hours.");
const days = z.int("Use a whole number.").min(1, "Use 1 to 60 days.").max(60, "Use 1 to 60 days.");

/** What the merchant sets. Days are working days, except those of the pickup reminder and the slip. */
export const DeliveryRulesSchema = z.object({
  notShippedHours: hours.default(72),
  notPickedUpDays: days.default(4),
  stalledDomesticDays: days.default(3),
  stalledInternationalDays: days.default(5),
  slippedDays: days.default(1),
  pickupReminderDays: days.default(2),
  closedDays: z.array(z.iso.date("Use dates like 2026-12-24.")).max(60, "Use at most 60 days.").default([]),
  /** Which of them the shopper is told about. */
  tell: z.record(z.enum(EXCEPTION_KINDS), z.boolean()).default({
    "not-shipped": true,
    "not-picked-up": true,
    stalled: true,
    late: true,
    "failed-attempt": true,
    "not-collected": true,
    "not-delivered": true,
  }),
});
export type DeliveryRules = z.infer<typeof DeliveryRulesSchema>;
export const DEFAULT_RULES: DeliveryRules = DeliveryRulesSchema.parse({});

/** A moment at which something will be wrong unless it is told otherwise before. */
export type Clock = { kind: ExceptionKind; dueAt: Date };

type Watched = Pick<
  Parcel,
  "status" | "cancelledAt" | "deliveredAt" | "shippedAt" | "inTransitAt" | "lastScanAt"
>;
type Way = { rules: DeliveryRules; calendar: Calendar; isInternational: boolean };

const DAY = 24 * 60 * 60 * 1000;

/** The clocks that run for a parcel as it is now; the last scan started them. */
export function clocksOf(parcel: Watched, { rules, calendar, isInternational }: Way): Clock[] {
  if (
    parcel.cancelledAt ||
    parcel.deliveredAt ||
    parcel.status === "failed" ||
    parcel.status === "delivered"
  ) {
    return [];
  }
  const heardAt = parcel.lastScanAt ?? parcel.shippedAt;
  if (parcel.status === "ready_for_pickup") {
    return [{ kind: "not-collected", dueAt: new Date(heardAt.getTime() + rules.pickupReminderDays * DAY) }];
  }
  if (parcel.status === "announced") {
    return [
      { kind: "not-picked-up", dueAt: addBusinessDays(parcel.shippedAt, rules.notPickedUpDays, calendar) },
    ];
  }
  const most = isInternational ? rules.stalledInternationalDays : rules.stalledDomesticDays;
  return [{ kind: "stalled", dueAt: addBusinessDays(heardAt, most, calendar) }];
}

/** What a status by itself says is wrong. */
export function exceptionOf(status: Parcel["status"]): ExceptionKind | null {
  if (status === "attempted") return "failed-attempt";
  if (status === "failed") return "not-delivered";
  if (status === "delayed") return "late";
  return null;
}

/** What is no longer wrong once a parcel has this status. */
export function settledBy(status: Parcel["status"]): ExceptionKind[] {
  switch (status) {
    case "announced":
      return [];
    case "in_transit":
    case "delayed":
      return ["not-picked-up", "stalled"];
    case "delivered":
      return [...EXCEPTION_KINDS];
    default:
      return ["not-picked-up", "stalled", ...(status === "attempted" ? [] : (["failed-attempt"] as const))];
  }
}
