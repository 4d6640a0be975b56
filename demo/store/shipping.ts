// Shipping rates and carriers. A carrier turns a parcel into planned scans; the clock makes them happen.
import type { Carrier } from "./store.ts";
import type { Address, Minor, PlannedScan, ShipmentStatus, ShippingRate, Tracking } from "./types.ts";

const FREE_SHIPPING_FROM: Minor = 6000;

export function ratesFor(
  homeCountry: string,
  address: Pick<Address, "countryCode"> | null,
  subtotal: Minor,
): ShippingRate[] {
  const abroad = address !== null && address.countryCode !== homeCountry;
  const standard = abroad ? 1290 : 490;
  return [
    {
      id: "standard",
      title: "Standard",
      price: !abroad && subtotal >= FREE_SHIPPING_FROM ? 0 : standard,
      days: abroad ? "5–10 days" : "3–5 days",
    },
    { id: "express", title: "Express", price: abroad ? 2490 : 1290, days: abroad ? "3–4 days" : "1–2 days" },
    ...(abroad ? [] : [PICKUP]),
  ];
}

/** Fetched in the shop; nothing is sent. */
export const PICKUP: ShippingRate = {
  id: "pickup",
  title: "Pick up in store",
  price: 0,
  days: "Usually ready in 2 hours",
};

type CarrierRules = Carrier & {
  trackingPrefix: string;
  trackingSite: string;
  /** Shortest and longest time on the way, in hours. */
  domesticHours: [number, number];
  abroadHours: [number, number];
  /** Shares of parcels, 0–1. */
  lateShare: number;
  failedAttemptShare: number;
  /** False for carriers that never report anything, as many real ones do. */
  reports: boolean;
  /** How many scans come before a parcel stands still for good; left out: all of them. */
  standsAfter?: number;
};

const CARRIERS: CarrierRules[] = [
  {
    id: "postway",
    name: "Postway",
    description: "The national post: three to five days, now and then late.",
    trackingPrefix: "PW",
    trackingSite: "https://track.postway.example/",
    domesticHours: [48, 110],
    abroadHours: [120, 230],
    lateShare: 0.08,
    failedAttemptShare: 0.05,
    reports: true,
  },
  {
    id: "swift",
    name: "Swift Parcel",
    description: "Express: one to two days, almost never late.",
    trackingPrefix: "SP",
    trackingSite: "https://swift-parcel.example/t/",
    domesticHours: [18, 42],
    abroadHours: [48, 96],
    lateShare: 0.02,
    failedAttemptShare: 0.06,
    reports: true,
  },
  {
    id: "greenline",
    name: "Greenline",
    description: "Cargo bikes and trains: slow and often late.",
    trackingPrefix: "GL",
    trackingSite: "https://greenline.example/parcel/",
    domesticHours: [72, 150],
    abroadHours: [160, 300],
    lateShare: 0.25,
    failedAttemptShare: 0.03,
    reports: true,
  },
  {
    id: "letterbox",
    name: "Letterbox Mail",
    description: "Untracked letters: no scan ever comes.",
    trackingPrefix: "LM",
    trackingSite: "https://letterbox-mail.example/",
    domesticHours: [48, 120],
    abroadHours: [120, 240],
    lateShare: 0,
    failedAttemptShare: 0,
    reports: false,
  },
  {
    id: "standstill",
    name: "Standstill Freight",
    description: "Takes every parcel to its first depot and leaves it there.",
    trackingPrefix: "SF",
    trackingSite: "https://standstill-freight.example/",
    domesticHours: [48, 96],
    abroadHours: [120, 200],
    lateShare: 0,
    failedAttemptShare: 0,
    reports: true,
    standsAfter: 2,
  },
];

export const DEFAULT_CARRIER = "postway";

export function carrierList(): Carrier[] {
  return CARRIERS.map(({ id, name, description }) => ({ id, name, description }));
}

export type ParcelPlan = {
  carrier: string;
  trackingNumber: string;
  trackingUrl: string;
  estimatedDeliveryAt: string | null;
  scans: PlannedScan[];
};

/** The carrier's way for a parcel handed over at `from`. `random` gives numbers in [0, 1). */
export function planParcel(
  carrierId: string,
  from: Date,
  home: string,
  address: Address | null,
  random: () => number,
): ParcelPlan {
  const rules = CARRIERS.find((carrier) => carrier.id === carrierId || carrier.name === carrierId);
  if (!rules) throw new Error(`The demo store has no carrier "${carrierId}".`);
  const abroad = address !== null && address.countryCode !== home;
  const [shortest, longest] = abroad ? rules.abroadHours : rules.domesticHours;
  const promised = shortest + (longest - shortest) * 0.8;
  const late = random() < rules.lateShare;
  const onTheWay = late ? promised + 30 + random() * 72 : shortest + random() * (promised - shortest);
  const { number: trackingNumber, url: trackingUrl } = newTracking(rules, random);
  const at = (hours: number) => new Date(from.getTime() + hours * 3_600_000).toISOString();
  return {
    carrier: rules.name,
    trackingNumber,
    trackingUrl,
    estimatedDeliveryAt: rules.reports ? at(promised) : null,
    scans: rules.reports
      ? planScans({
          at,
          onTheWay,
          promised,
          late,
          failedAttempt: random() < rules.failedAttemptShare,
          address,
        }).slice(0, rules.standsAfter)
      : [],
  };
}

/** The number of one more box with this carrier. */
export function furtherTracking(carrierName: string, random: () => number): Tracking {
  return newTracking(
    CARRIERS.find(({ name }) => name === carrierName)!,
    random,
  );
}

function newTracking({ trackingPrefix, trackingSite }: CarrierRules, random: () => number): Tracking {
  const digits = Array.from({ length: 10 }, () => Math.floor(random() * 10)).join("");
  const number = `${trackingPrefix}${digits}`;
  return { number, url: `${trackingSite}${number}` };
}

export const SCAN_MESSAGES: Record<ShipmentStatus, string> = {
  LABEL_PRINTED: "The label was printed.",
  CONFIRMED: "The carrier knows about the parcel.",
  CARRIER_PICKED_UP: "The carrier picked up the parcel.",
  IN_TRANSIT: "The parcel left the sorting centre.",
  DELAYED: "The parcel is delayed.",
  OUT_FOR_DELIVERY: "The parcel is on the delivery van.",
  ATTEMPTED_DELIVERY: "Nobody was at home. The carrier will try again.",
  READY_FOR_PICKUP: "The parcel waits at the pick-up point.",
  DELIVERED: "The parcel was delivered.",
  FAILURE: "The parcel could not be delivered and goes back.",
};

function planScans(way: {
  at: (hours: number) => string;
  onTheWay: number;
  promised: number;
  late: boolean;
  failedAttempt: boolean;
  address: Address | null;
}): PlannedScan[] {
  const city = way.address?.city ?? null;
  const scan = (status: ShipmentStatus, hours: number, place: string | null = null): PlannedScan => ({
    status,
    at: way.at(hours),
    message: SCAN_MESSAGES[status],
    city: place,
  });
  const scans = [scan("CONFIRMED", 1), scan("IN_TRANSIT", Math.min(8, way.onTheWay * 0.3))];
  if (way.late) scans.push(scan("DELAYED", way.promised - 4));
  if (way.failedAttempt) scans.push(scan("ATTEMPTED_DELIVERY", way.onTheWay - 20, city));
  scans.push(scan("OUT_FOR_DELIVERY", way.onTheWay - 5, city), scan("DELIVERED", way.onTheWay, city));
  return scans.toSorted((a, b) => a.at.localeCompare(b.at));
}
