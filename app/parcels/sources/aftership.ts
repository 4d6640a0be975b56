import { createHmac, timingSafeEqual } from "node:crypto";
import { z } from "zod";
import { NOTED, type CarrierScan, type ScanStatus, type Trouble } from "#app/parcels/carrier-scan";
import type { Handover } from "#app/parcels/handover";
import type { ReadScans, TrackingSource } from "./source";

/**
 * AfterShip's webhook `tracking_update`. It tells the whole tracking with all its checkpoints each time.
 * https://www.aftership.com/docs/tracking/webhook/webhook-specifications
 */
export const aftership: TrackingSource = {
  /** `aftership-hmac-sha256`: base64 HMAC-SHA256 of the raw body. */
  isGenuine({ headers, body }, secret) {
    const given = Buffer.from(String(headers["aftership-hmac-sha256"] ?? ""));
    const expected = Buffer.from(createHmac("sha256", secret).update(body).digest("base64"));
    return given.length === expected.length && timingSafeEqual(given, expected);
  },
  idOf({ body }) {
    return EnvelopeSchema.safeParse(parsed(body)).data?.event_id ?? null;
  },
  read(told) {
    const update = UpdateSchema.safeParse(told);
    if (update.success) return scansOf(update.data.msg);
    const { event } = EnvelopeSchema.safeParse(told).data ?? {};
    // Revised estimates and pending times come with checkpoints of their own later.
    if (event && event !== "tracking_update") return { scans: [], problems: [] };
    const [issue] = update.error.issues;
    return { scans: [], problems: [{ row: 0, problem: `${issue!.path.join(".")}: ${issue!.message}` }] };
  },
};

const text = z
  .string()
  .nullish()
  .transform((value) => value || null);

const CheckpointSchema = z.object({
  tag: z.string(),
  subtag: text,
  message: text,
  city: text,
  country_iso3: text,
  country_region: text,
  checkpoint_time: z.string(),
});

const UpdateSchema = z.object({
  event: z.literal("tracking_update"),
  msg: z.object({
    tracking_number: z.string().min(1),
    tag: z.string(),
    subtag: text,
    expected_delivery: text,
    shipment_delivery_date: text,
    updated_at: text,
    checkpoints: z.array(z.unknown()).default([]),
  }),
});
const EnvelopeSchema = z.object({
  event: z.string().optional(),
  event_id: z.string().min(1).max(100).optional(),
});

type Tracking = z.output<typeof UpdateSchema>["msg"];

function scansOf(tracking: Tracking): ReadScans {
  const scans: CarrierScan[] = [];
  const problems: ReadScans["problems"] = [];
  for (const [index, row] of tracking.checkpoints.entries()) {
    const checkpoint = CheckpointSchema.safeParse(row);
    const happenedAt = checkpoint.success ? timeOf(checkpoint.data.checkpoint_time) : null;
    if (!checkpoint.success || !happenedAt) {
      problems.push({ row: index + 1, problem: "This checkpoint has no tag, or no time that we can read." });
      continue;
    }
    const { tag, subtag, message, city, country_iso3, country_region } = checkpoint.data;
    const code = subtag ?? tag;
    scans.push({
      // AfterShip gives checkpoints no id.
      key: `${happenedAt.toISOString()}:${code}`,
      trackingNumber: tracking.tracking_number,
      code,
      ...meaningOf(tag, subtag),
      message,
      city,
      country: country_iso3 ?? country_region,
      happenedAt,
      estimatedDeliveryAt: null,
    });
  }
  scans.sort((a, b) => a.happenedAt.getTime() - b.happenedAt.getTime());
  const newest = scans.at(-1);
  if (newest && tracking.expected_delivery) newest.estimatedDeliveryAt = timeOf(tracking.expected_delivery);
  return { scans, problems };
}

type Meaning = { status: CarrierScan["status"]; handover: Handover | null; trouble: Trouble | null };

const BY_TAG: Record<string, ScanStatus> = {
  InfoReceived: "confirmed",
  InTransit: "in_transit",
  OutForDelivery: "out_for_delivery",
  AttemptFail: "attempted_delivery",
  AvailableForPickup: "ready_for_pickup",
  Delivered: "delivered",
  // Most exceptions hold a parcel up; those that end its way stand below.
  Exception: "delayed",
};

/** Sub-statuses that say more than their tag. https://www.aftership.com/docs/tracking/enum/delivery-sub-statuses */
const BY_SUBTAG: Record<string, Partial<Meaning>> = {
  Delivered_002: { handover: "collected" },
  Delivered_003: { handover: "signed" },
  Delivered_004: { handover: "signed" }, // paid at the door, so into somebody's hands
  Delivered_005: { handover: "neighbour" },
  OutForDelivery_002: { status: "ready_for_pickup" },
  Exception_002: { status: "attempted_delivery", trouble: "wrong-address" }, // moved away
  Exception_003: { status: "failure", trouble: "returned" }, // refused
  Exception_007: { status: "attempted_delivery", trouble: "wrong-address" },
  Exception_008: { status: "failure", trouble: "returned" }, // not fetched in time
  Exception_009: { status: "failure", trouble: "returned" }, // the carrier does not take it
  Exception_010: { status: "failure", trouble: "returned" },
  Exception_011: { status: "failure", trouble: "returned" },
  Exception_012: { status: NOTED, trouble: "damaged" },
  Exception_013: { status: "failure", trouble: "lost" },
  Exception_020: { status: "failure" }, // cancelled
  Exception_021: { status: "failure", trouble: "lost" }, // disposed of
};

function meaningOf(tag: string, subtag: string | null): Meaning {
  const plain: Meaning = { status: BY_TAG[tag] ?? NOTED, handover: null, trouble: null };
  return { ...plain, ...BY_SUBTAG[subtag ?? ""] };
}

/** Times with an offset; those without one are the place's own, taken as UTC for want of anything better. */
function timeOf(value: string): Date | null {
  const hasZone = /(Z|[+-]\d\d:?\d\d)$/i.test(value);
  const time = new Date(hasZone || !value.includes("T") ? value : `${value}Z`);
  return Number.isNaN(time.getTime()) ? null : time;
}

function parsed(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString("utf8"));
  } catch {
    return null;
  }
}
