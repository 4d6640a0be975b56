import { createHash, timingSafeEqual } from "node:crypto";
import { NOTED, SCAN_STATUSES, TROUBLES, type CarrierScan, type Trouble } from "#app/parcels/carrier-scan";
import { isHandover } from "#app/parcels/handover";
import { FEED_FIELDS, type FeedRow } from "./feed-fields";
import type { ReadScans, TrackingSource } from "./source";

/**
 * Scans that any system may push: `{"scans": [{"tracking_number", "status", "happened_at", …}]}` with the shop's secret as
 * a bearer token. Also the meaning of a row of an uploaded file: the same names, the same rules.
 */
export const feed: TrackingSource = {
  isGenuine({ headers }, secret) {
    const given = /^Bearer\s+(.+)$/i.exec(String(headers.authorization ?? ""))?.[1] ?? "";
    // Hashed first, so that both have the same length.
    return timingSafeEqual(digestOf(given), digestOf(secret));
  },
  idOf({ headers }) {
    const key = headers["idempotency-key"];
    return typeof key === "string" && key.length <= 100 ? key : null;
  },
  read(told) {
    const rows = Array.isArray(told) ? told : (told as { scans?: unknown } | null)?.scans;
    if (!Array.isArray(rows)) return { scans: [], problems: [{ row: 0, problem: 'Send {"scans": [ … ]}.' }] };
    return readRows(rows.map(fieldsOf));
  },
};

/** Good rows and bad ones, each by its number. */
export function readRows(rows: FeedRow[]): ReadScans {
  const result: ReadScans = { scans: [], problems: [] };
  for (const [index, row] of rows.entries()) {
    const scan = scanOf(row);
    if (typeof scan === "string") result.problems.push({ row: index + 1, problem: scan });
    else result.scans.push(scan);
  }
  return result;
}

/** @returns the scan, or what is wrong with the row */
function scanOf(row: FeedRow): CarrierScan | string {
  const trackingNumber = row.tracking_number?.trim();
  if (!trackingNumber) return "The tracking number is missing.";
  const happenedAt = timeOf(row.happened_at);
  if (!happenedAt) return "The time is missing or cannot be read. Use one like 2026-11-22T14:05:00Z.";
  const trouble = wordOf(row.trouble)?.replaceAll("_", "-") ?? null;
  if (trouble && !TROUBLES.includes(trouble as Trouble)) {
    return `"${row.trouble}" is no trouble that we know. Use one of: ${TROUBLES.join(", ")}.`;
  }
  const status = statusOf(row.status) ?? (trouble && !row.status ? NOTED : null);
  if (!status)
    return `"${row.status ?? ""}" is no status that we know. Use one of: ${SCAN_STATUSES.join(", ")}.`;
  const handover = wordOf(row.handover)?.replaceAll("_", "-") ?? null;
  if (handover && !isHandover(handover)) {
    return `"${row.handover}" is no way of handing over that we know. Use signed, collected, neighbour, safe-place or letterbox.`;
  }
  const estimatedDeliveryAt = row.estimated_delivery_at?.trim() ? timeOf(row.estimated_delivery_at) : null;
  if (row.estimated_delivery_at?.trim() && !estimatedDeliveryAt) return "The expected day cannot be read.";
  return {
    key: row.id?.trim() || `${happenedAt.toISOString()}:${status}:${trouble ?? ""}`,
    trackingNumber,
    status,
    code: null,
    handover: handover as CarrierScan["handover"],
    trouble: trouble as Trouble | null,
    message: row.message?.trim().slice(0, 500) || null,
    city: row.city?.trim().slice(0, 100) || null,
    country: row.country?.trim().slice(0, 60) || null,
    happenedAt,
    estimatedDeliveryAt,
  };
}

/** Words that files use for the statuses. */
const ALSO: Record<string, CarrierScan["status"]> = {
  info_received: "confirmed",
  label_created: "confirmed",
  picked_up: "carrier_picked_up",
  shipped: "in_transit",
  exception: "delayed",
  attempted: "attempted_delivery",
  failed_attempt: "attempted_delivery",
  available_for_pickup: "ready_for_pickup",
  failed: "failure",
  note: NOTED,
};

function statusOf(value: string | undefined): CarrierScan["status"] | null {
  const word = wordOf(value);
  return SCAN_STATUSES.find((status) => status === word) ?? ALSO[word ?? ""] ?? null;
}

function wordOf(value: string | undefined): string | undefined {
  return (
    value
      ?.trim()
      .toLowerCase()
      .replace(/[\s-]+/g, "_") || undefined
  );
}

function timeOf(value: string | undefined): Date | null {
  const time = new Date(value?.trim() || Number.NaN);
  const year = time.getUTCFullYear();
  return year >= 2000 && year < 2100 ? time : null;
}

/** Numbers and missing values of JSON as the texts that a file would have. */
function fieldsOf(row: unknown): FeedRow {
  if (row === null || typeof row !== "object") return {};
  const told = row as Record<string, unknown>;
  return Object.fromEntries(
    FEED_FIELDS.flatMap((field) => {
      const value = told[field];
      return typeof value === "string" || typeof value === "number" ? [[field, String(value)]] : [];
    }),
  );
}

function digestOf(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}
