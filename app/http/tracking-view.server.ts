import type { ParcelStatus } from "#app/generated/prisma/enums";
import { expectedFor } from "#app/parcels/expected";
import type { Handover } from "#app/parcels/handover";
import { isForShoppers, parcelStatusOf } from "#app/parcels/parcel-status";
import type { ParcelWithScans } from "#app/parcels/parcels.server";
import type { TrackedOrder } from "#app/parcels/tracking.server";
import type { Locale } from "#app/shops/settings";
import { HELP_TEXTS } from "./help-texts";
import { html, type Html } from "./shopper-page.server";
import type { TrackingExtraTexts } from "./tracking-extra-texts";
import { wayMap } from "./tracking-map";
import type { TrackingTexts } from "./tracking-texts";

/** The tracking page's body: pure HTML that needs no script, so that it is there at once on any phone. */

export type TrackingView = {
  tracked: TrackedOrder;
  words: TrackingTexts;
  extras: TrackingExtraTexts;
  locale: Locale;
  timezone: string;
  /** The shop's address for questions. */
  contact: string;
  findUrl: string;
  /** Where the shopper writes to us. */
  helpUrl: string;
  /** Offer, tips, notifications: whatever there is. */
  beside: Record<"offer" | "tips" | "push", Html | null>;
  now: Date;
};

export function trackingBody(view: TrackingView): Html {
  const { tracked, words } = view;
  const { order, parcels } = tracked;
  return html`<h1>${words.title(order.name)}</h1>
    ${
      order.cancelledAt
        ? html`<p>${words.cancelled}</p>`
        : parcels.length === 0
          ? html`${bar(0, words)}
              <p>${words.preparing}</p>`
          : parcels.map((parcel, index) => parcelSection(parcel, index, view))
    }
    ${view.beside.push} ${items(view)} ${view.beside.tips} ${view.beside.offer} ${help(view)}
    <p class="quiet"><a href="${view.findUrl}">${words.another}</a></p>`;
}

const STEP: Record<ParcelStatus, number> = {
  announced: 1,
  in_transit: 2,
  delayed: 2,
  out_for_delivery: 3,
  attempted: 3,
  ready_for_pickup: 3,
  delivered: 4,
  failed: 0,
};

function parcelSection(parcel: ParcelWithScans, index: number, view: TrackingView): Html {
  const { tracked, words } = view;
  const of = tracked.parcels.length;
  return html`<section>
    ${of > 1 && html`<h2>${words.parcel(index + 1, of)}</h2>`}
    <p class="state">${stateOf(parcel, view)}</p>
    ${parcel.way === "shipped" && parcel.status !== "failed" && bar(STEP[parcel.status], words)}
    ${arrival(parcel, view)} ${wayMap(parcel, view.extras.way)} ${carrier(parcel, words)}
    ${scans(parcel, view)}
  </section>`;
}

/** Four steps, the reached ones filled; read out as one line. */
function bar(step: number, words: TrackingTexts): Html {
  return html`<ol class="bar">
    ${words.steps.map(
      (name, index) =>
        html`<li class="${index < step ? "reached" : ""}" ${index + 1 === step && html`aria-current="step"`}>
          <span>${name}</span>
        </li>`,
    )}
  </ol>`;
}

/** What is fetched in the shop has words of its own. */
function stateOf({ way, status }: ParcelWithScans, { words, extras }: TrackingView): string {
  if (way !== "shipped" && status === "delivered") return extras.taken;
  return way === "pickup" && status === "ready_for_pickup" ? extras.readyInShop : words.status[status];
}

function arrival(parcel: ParcelWithScans, { words, extras, now, ...reader }: TrackingView): Html | null {
  const day = dayFormat(reader);
  if (parcel.deliveredAt) {
    const handover = parcel.way === "shipped" && extras.handover[parcel.handover as Handover];
    return html`<p>${words.delivered(day(parcel.deliveredAt))}${handover ? `. ${handover}` : ""}</p>`;
  }
  const expected = expectedFor(parcel);
  if (!expected || expected.until < now) return null;
  const [from, until] = [day(expected.from < now ? now : expected.from), day(expected.until)];
  if (from === until) return html`<p class="when">${words.expected(until)}</p>`;
  const likely = expected.likely && expected.likely > now ? day(expected.likely) : null;
  return html`<p class="when">${words.expectedBetween(from, until)}</p>
    ${likely && html`<p class="quiet">${words.likely(likely)}</p>`}`;
}

function carrier({ carrier, trackingNumber, trackingUrl }: ParcelWithScans, words: TrackingTexts): Html {
  const url = /^https?:\/\//.test(trackingUrl ?? "") ? trackingUrl! : null;
  return html`${
    url &&
    html`<p><a class="button" href="${url}" rel="noopener">${words.track(carrier || words.carrier)}</a></p>`
  }
  ${
    trackingNumber &&
    html`<p class="quiet">
      ${!url && carrier ? `${carrier} · ` : ""}${words.trackingNumber}: ${trackingNumber}
    </p>`
  }`;
}

const SHOWN_SCANS = 12;

function scans(parcel: ParcelWithScans, { words, ...reader }: TrackingView): Html | null {
  const scans = parcel.scans.filter(isForShoppers);
  if (scans.length === 0) return null;
  const time = new Intl.DateTimeFormat(reader.locale, {
    dateStyle: "medium",
    timeStyle: "short",
    timeZone: reader.timezone,
  });
  return html`<h2>${words.scans}</h2>
    <ol class="scans">
      ${scans.slice(0, SHOWN_SCANS).map((scan) => {
        const status = parcelStatusOf(scan.status);
        const place = [scan.city, scan.country].filter(Boolean).join(", ");
        return html`<li>
          <time datetime="${scan.happenedAt.toISOString()}">${time.format(scan.happenedAt)}</time>
          ${status ? words.status[status] : (scan.message ?? scan.status)}${place ? `, ${place}` : ""}
        </li>`;
      })}
    </ol>`;
}

function items({ tracked, words }: TrackingView): Html | null {
  if (tracked.lines.length === 0) return null;
  return html`<h2>${words.items}</h2>
    <ul class="items">
      ${tracked.lines.map(
        ({ title, quantity, imageUrl }) =>
          html`<li>
            ${imageUrl && html`<img src="${imageUrl}" alt="" width="48" height="48" loading="lazy" />`}
            <span>${quantity} × ${title}</span>
          </li>`,
      )}
    </ul>`;
}

function help({ tracked, words, contact, helpUrl, locale }: TrackingView): Html {
  const link = html`<p><a href="${helpUrl}">${HELP_TEXTS[locale].link}</a></p>`;
  const mail = `mailto:${contact}?subject=${encodeURIComponent(tracked.order.name)}`;
  return html`<h2>${words.help}</h2>
    ${link} ${contact && html`<p>${words.helpText} <a href="${mail}">${words.write}</a></p>`}`;
}

function dayFormat({ locale, timezone }: { locale: Locale; timezone: string }): (at: Date) => string {
  const format = new Intl.DateTimeFormat(locale, {
    weekday: "long",
    day: "numeric",
    month: "long",
    timeZone: timezone,
  });
  return (at) => format.format(at);
}
