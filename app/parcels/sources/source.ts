import type { CarrierScan } from "#app/parcels/carrier-scan";

/** Where scans come from beside Shopify. One file per source; the rest of the app knows none of them. */
export type TrackingSource = {
  /** Whether whoever sent this knows the shop's secret. Compared in constant time. */
  isGenuine: (call: SourceCall, secret: string) => boolean;
  /** Names this telling, so that a repetition changes nothing; null where the source gives none. */
  idOf: (call: SourceCall) => string | null;
  /** What its JSON tells. Bad rows are named and do not hold up the good ones. @throws never */
  read: (told: unknown) => ReadScans;
};

export type SourceCall = { headers: Record<string, string | string[] | undefined>; body: Buffer };

export type ReadScans = { scans: CarrierScan[]; problems: RowProblem[] };
/** `row` counts from 1; 0 is the whole. */
export type RowProblem = { row: number; problem: string };
