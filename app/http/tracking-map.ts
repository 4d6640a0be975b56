import type { ParcelStatus } from "#app/generated/prisma/enums";
import type { ParcelWithScans } from "#app/parcels/parcels.server";
import { html, type Html } from "./shopper-page.server";

/** How far along its line a parcel is, in per cent; one on its way is somewhere in the middle. */
const PLACE: Record<ParcelStatus, number> = {
  announced: 4,
  in_transit: 45,
  delayed: 45,
  out_for_delivery: 88,
  attempted: 88,
  ready_for_pickup: 96,
  delivered: 97,
  failed: 45,
};
const MOST_STOPS = 4;

/**
 * The way from the shop to the shopper as a drawn line with its stops, the newest by name. No tiles: nobody else learns
 * who waits for a parcel. Drawn only where a place is known.
 */
export function wayMap(parcel: ParcelWithScans, label: (places: string) => string): Html | null {
  const places = placesOf(parcel);
  const newest = places.at(-1);
  if (!newest || parcel.deliveredAt) return null;
  const x = PLACE[parcel.status];
  const curve = `M3 20 Q50 ${places.length > 1 ? 8 : 12} 97 20`;
  const before = places.slice(0, -1).map((_, index) => 3 + ((x - 3) * (index + 1)) / places.length);
  return html`<svg class="way" viewBox="0 0 100 26" role="img" aria-label="${label(places.join(", "))}">
    <path d="${curve}" fill="none" stroke="currentColor" stroke-opacity=".35" stroke-dasharray="1.5 1.5" />
    <path
      d="${curve}"
      fill="none"
      stroke="currentColor"
      stroke-width="1.4"
      pathLength="100"
      stroke-dasharray="${x} 100"
    />
    ${before.map((at) => html`<circle cx="${at}" cy="${heightAt(at, places.length)}" r="1.3" fill="currentColor" />`)}
    <circle cx="3" cy="20" r="1.6" fill="currentColor" />
    <circle cx="97" cy="20" r="1.6" fill="none" stroke="currentColor" />
    <circle cx="${x}" cy="${heightAt(x, places.length)}" r="2.6" fill="currentColor" />
    <text x="${x}" y="6" font-size="4.4" text-anchor="${anchorAt(x)}" fill="currentColor">${newest}</text>
  </svg>`;
}

/** The cities that it has been to, oldest first, each once in a row. */
function placesOf({ scans }: ParcelWithScans): string[] {
  const cities = scans.flatMap(({ city }) => city ?? []).reverse();
  return cities.filter((city, index) => city !== cities[index - 1]).slice(-MOST_STOPS);
}

/** On the curve of `wayMap`, which runs almost evenly from left to right. */
function heightAt(x: number, places: number): number {
  const t = (x - 3) / 94;
  const top = places > 1 ? 8 : 12;
  return Math.round(((1 - t) ** 2 * 20 + 2 * t * (1 - t) * top + t ** 2 * 20) * 10) / 10;
}

function anchorAt(x: number): "start" | "middle" | "end" {
  return x > 80 ? "end" : x < 20 ? "start" : "middle";
}
