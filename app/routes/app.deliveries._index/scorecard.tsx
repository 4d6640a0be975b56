import { useState } from "react";
import type { CarrierScore } from "#app/analytics/deliveries.server";
import { DownloadCsv } from "#app/ui/download-csv";
import { IntervalPlot, type IntervalPoint } from "#app/ui/interval-plot";
import { BlockStack, Box, Card, DataTable, InlineStack, Select, Text } from "#app/ui/polaris";

type Share = NonNullable<CarrierScore["onTime"]>;
type ScorecardProps = { scores: CarrierScore[]; days: number; locale: string };

/** Fewer parcels than these prove little. */
const FEW = 30;
const MOST_BARS = 8;

type Measure = { label: string; of: (score: CarrierScore) => Share | null };
const SHARES: Record<string, Measure> = {
  onTime: { label: "Delivered in time", of: (score) => score.onTime },
  exceptions: { label: "Something went wrong", of: (score) => score.exceptions },
  damaged: { label: "Damaged", of: (score) => score.damaged },
  toldFirst: { label: "Late, but told first", of: (score) => score.toldFirst },
};

/** How well each carrier delivers on each lane, with what the figures may as well be. */
export function Scorecard({ scores, days, locale }: ScorecardProps) {
  const [shown, setShown] = useState("onTime");
  const percent = new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: 0 });
  const number = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 });
  const range = (share: Share | null) =>
    share
      ? `${percent.format(share.value)} (${percent.format(share.low)} to ${percent.format(share.high)})`
      : "–";
  const points = pointsOf(scores, shown);
  return (
    <Card padding="0">
      <Box padding="400">
        <BlockStack gap="300">
          <InlineStack align="space-between" blockAlign="center" gap="200">
            <Text as="h2" variant="headingMd">
              Carriers
            </Text>
            <DownloadCsv url="/app/deliveries/scorecard" name="carriers" disabled={scores.length === 0} />
          </InlineStack>
          <Text as="p" tone="subdued">
            {scores.length === 0
              ? "Once parcels have arrived, this compares your carriers on every lane: in time, promises, forecast, exceptions, damage and NPS."
              : `Parcels delivered in the last ${days} days. In time means: by the last day that the shopper was first told, or else the carrier's first word. Told first: a parcel that came later, but the shopper heard so before that day had passed. In brackets what the figure may as well be.`}
          </Text>
          {scores.length > 0 && (
            <>
              <Box maxWidth="20rem">
                <Select
                  label="Compare"
                  options={[
                    ...Object.entries(SHARES).map(([value, { label }]) => ({ label, value })),
                    { label: "NPS", value: "nps" },
                  ]}
                  value={shown}
                  onChange={setShown}
                />
              </Box>
              {points.length === 0 && (
                <Text as="p" tone="subdued">
                  {`A plot appears for carriers with at least ${FEW} parcels, or ${FEW} answers for NPS.`}
                </Text>
              )}
              <IntervalPlot
                title={SHARES[shown]?.label ?? "NPS"}
                kind="bars"
                heading="Carrier and lane"
                points={points}
                format={(value) => (shown === "nps" ? number.format(value) : percent.format(value))}
              />
            </>
          )}
        </BlockStack>
      </Box>
      {scores.length > 0 && (
        <DataTable
          columnContentTypes={["text", "numeric", "text", "text", "numeric", "text", "text", "text"]}
          headings={[
            "Carrier and lane",
            "Delivered",
            "In time",
            "Late, told first",
            "Forecast off by",
            "Something wrong",
            "Damaged",
            "NPS",
          ]}
          rows={scores.map((score) => [
            nameOf(score) + (score.delivered < FEW ? " *" : ""),
            number.format(score.delivered),
            range(score.onTime),
            range(score.toldFirst),
            score.forecastError === null ? "–" : `${number.format(score.forecastError)} days`,
            range(score.exceptions),
            range(score.damaged),
            score.nps
              ? `${number.format(score.nps.score)} (${number.format(score.nps.low)} to ${number.format(score.nps.high)}; ${number.format(score.nps.answers)} answers)`
              : "–",
          ])}
          footerContent={
            scores.some((score) => score.delivered < FEW)
              ? `* Fewer than ${FEW} parcels: this says little yet.`
              : undefined
          }
        />
      )}
    </Card>
  );
}

function nameOf({ carrier, lane }: CarrierScore): string {
  return `${carrier === "?" ? "Unknown carrier" : carrier}, ${lane.replace(">", " to ")}`;
}

/** Only what rests on enough; the table has the others. */
function pointsOf(scores: CarrierScore[], shown: string): IntervalPoint[] {
  const points = scores.flatMap((score): IntervalPoint[] => {
    const label = nameOf(score);
    if (shown === "nps") {
      const { nps } = score;
      return nps && nps.answers >= FEW ? [{ label, value: nps.score, low: nps.low, high: nps.high }] : [];
    }
    const share = SHARES[shown]!.of(score);
    return share && share.of >= FEW ? [{ label, ...share }] : [];
  });
  return points.slice(0, MOST_BARS);
}
