import type { CarrierScore } from "#app/analytics/deliveries.server";
import { IntervalPlot } from "#app/ui/interval-plot";
import { BlockStack, Box, Card, DataTable, Text } from "#app/ui/polaris";

type Share = NonNullable<CarrierScore["onTime"]>;
type ScorecardProps = { scores: CarrierScore[]; days: number; locale: string };

/** Fewer parcels than these prove little. */
const FEW = 30;

/** How well each carrier delivers on each lane, with what the figures may as well be. */
export function Scorecard({ scores, days, locale }: ScorecardProps) {
  const percent = new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: 0 });
  const number = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 });
  const range = (share: Share) =>
    `${percent.format(share.value)} (${percent.format(share.low)} to ${percent.format(share.high)})`;
  const nameOf = ({ carrier, lane }: CarrierScore) =>
    `${carrier === "?" ? "Unknown carrier" : carrier}, ${lane.replace(">", " to ")}`;
  const measured = scores.filter((score) => score.onTime && score.delivered >= FEW).slice(0, 8);
  return (
    <Card padding="0">
      <Box padding="400">
        <BlockStack gap="300">
          <Text as="h2" variant="headingMd">
            Carriers
          </Text>
          <Text as="p" tone="subdued">
            {scores.length === 0
              ? "Once parcels have arrived, this compares your carriers on every lane: in time, forecast, exceptions and NPS."
              : `Parcels delivered in the last ${days} days. In time means: by the last day that the shopper was told, or else the carrier's first word. In brackets what the share may as well be.`}
          </Text>
          <IntervalPlot
            title="Delivered in time"
            kind="bars"
            heading="Carrier and lane"
            points={measured.map((score) => ({ label: nameOf(score), ...score.onTime! }))}
            format={(value) => percent.format(value)}
          />
        </BlockStack>
      </Box>
      {scores.length > 0 && (
        <DataTable
          columnContentTypes={["text", "numeric", "text", "numeric", "text", "text"]}
          headings={["Carrier and lane", "Delivered", "In time", "Forecast off by", "Something wrong", "NPS"]}
          rows={scores.map((score) => [
            nameOf(score),
            number.format(score.delivered),
            score.onTime ? range(score.onTime) : "–",
            score.forecastError === null ? "–" : `${number.format(score.forecastError)} days`,
            range(score.exceptions),
            score.nps ? `${number.format(score.nps.score)} (${number.format(score.nps.answers)})` : "–",
          ])}
          footerContent={
            scores.some((score) => score.delivered < FEW)
              ? `Rows with fewer than ${FEW} parcels say little yet.`
              : undefined
          }
        />
      )}
    </Card>
  );
}
