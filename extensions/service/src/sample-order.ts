import type { Page } from "../../shared/page";
import type { KnownOrder } from "../../shared/use-order-status";

const TWO_DAYS_MS = 2 * 24 * 60 * 60 * 1000;

/** Stands in the checkout editor, where there is no order to ask about. */
export function sampleOrder({ text }: Page, now: Date): KnownOrder {
  const inTwoDays = new Date(now.getTime() + TWO_DAYS_MS).toISOString();
  return {
    status: "ok",
    orderState: "shipped",
    loyalty: null,
    said: null,
    helpUrl: "https://example.com/",
    parcels: [
      {
        name: text("sample.parcel"),
        status: "in_transit",
        carrier: "DHL",
        trackingNumber: "00340434161094000000",
        trackingUrl: null,
        expected: { from: inTwoDays, until: inTwoDays },
        deliveredAt: null,
        scans: [
          { status: "in_transit", message: null, place: text("sample.place"), happenedAt: now.toISOString() },
        ],
      },
    ],
  };
}
