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
  "wrong-address",
  "damaged",
  "lost",
  "returned",
] as const;
export type ExceptionKind = (typeof EXCEPTION_KINDS)[number];

type TellShape = Record<ExceptionKind, z.ZodDefault<z.ZodBoolean>>;

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
  /** Which of them the shopper is told about: all, unless switched off. */
  tell: z
    .object(Object.fromEntries(EXCEPTION_KINDS.map((kind) => [kind, z.boolean().default(true)])) as TellShape)
    .prefault({}),
});
export type DeliveryRules = z.infer<typeof DeliveryRulesSchema>;
export const DEFAULT_RULES: DeliveryRules = DeliveryRulesSchema.parse({});

/** A moment at which something will be wrong unless it is told otherwise before. */
export type Clock = { kind: ExceptionKind; dueAt: Date };

type Watched = Pick<
  Parcel,
  "status" | "cancelledAt" | "deliveredAt" | "shippedAt" | "lastScanAt" | "trackingKey" | "piece"
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
  // A further box that is only said to move along with the first one: its own clock would ring while all is well.
  if (parcel.piece > 0 && !parcel.lastScanAt && parcel.status !== "announced") return [];
  const heardAt = parcel.lastScanAt ?? parcel.shippedAt;
  if (parcel.status === "ready_for_pickup") {
    return [{ kind: "not-collected", dueAt: new Date(heardAt.getTime() + rules.pickupReminderDays * DAY) }];
  }
  // Without a number nobody will ever scan it: silence says nothing.
  if (!parcel.trackingKey && !parcel.lastScanAt) return [];
  if (parcel.status === "announced") {
    return [
      { kind: "not-picked-up", dueAt: addBusinessDays(parcel.shippedAt, rules.notPickedUpDays, calendar) },
    ];
  }
  const most = isInternational ? rules.stalledInternationalDays : rules.stalledDomesticDays;
  return [{ kind: "stalled", dueAt: addBusinessDays(heardAt, most, calendar) }];
}

/** Kinds that scans alone open and close; the others have clocks or forecasts. */
export const TOLD_BY_SCANS: readonly ExceptionKind[] = [
  "failed-attempt",
  "not-delivered",
  "wrong-address",
  "damaged",
  "lost",
  "returned",
];

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
