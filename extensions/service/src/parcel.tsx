import type { ParcelView } from "../../shared/contract";
import type { Page } from "../../shared/page";
import { Scans } from "./scans";
import { STEPS, stepOf, toneOf } from "./steps";

type Props = { page: Page; parcel: ParcelView };

/** One parcel: its state in words and as a bar, its day, its carrier and its scans. */
export function Parcel({ page, parcel, isNamed }: Props & { isNamed: boolean }) {
  const status = page.text(`status.${parcel.status}`);
  const step = stepOf(parcel.status);
  return (
    <s-stack gap="small-100">
      {isNamed && <s-heading>{parcel.name}</s-heading>}
      <s-text type="strong" tone={toneOf(parcel.status)}>
        {status}
      </s-text>
      {step !== null && (
        <s-progress
          value={step}
          max={STEPS}
          accessibilityLabel={page.text("step", { step, total: STEPS, status })}
        />
      )}
      <Day page={page} parcel={parcel} />
      <Tracking page={page} parcel={parcel} />
      <Scans page={page} scans={parcel.scans} />
    </s-stack>
  );
}

/** The day it came, or the days on which it is expected. Days that have passed are no promise any more. */
function Day({ page, parcel }: Props) {
  const { deliveredAt, expected } = parcel;
  const day = (iso: string) => page.date(iso, { weekday: "long", day: "numeric", month: "long" });
  if (deliveredAt) return <s-text>{page.text("delivered_at", { date: day(deliveredAt) })}</s-text>;
  const today = startOfToday();
  if (!expected || expected.until < today) return null;
  const [from, until] = [day(expected.from < today ? today : expected.from), day(expected.until)];
  if (from === until) return <s-text>{page.text("expected", { date: until })}</s-text>;
  return <s-text>{page.text("expected_between", { from, until })}</s-text>;
}

function startOfToday(): string {
  const today = new Date();
  today.setHours(0, 0, 0, 0);
  return today.toISOString();
}

function Tracking({ page, parcel }: Props) {
  const { carrier, trackingNumber, trackingUrl } = parcel;
  const isLinked = trackingUrl?.startsWith("https://") || trackingUrl?.startsWith("http://");
  return (
    <>
      {isLinked && (
        <s-link href={trackingUrl!} target="_blank">
          {carrier ? page.text("track", { carrier }) : page.text("track_parcel")}
        </s-link>
      )}
      {trackingNumber && (
        <s-text color="subdued">
          {!isLinked && carrier && `${carrier} · `}
          {page.text("tracking_number", { number: trackingNumber })}
        </s-text>
      )}
    </>
  );
}
