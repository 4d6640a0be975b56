import { useMemo } from "react";
import type { FloorReach } from "#app/decisions/recent-decisions.server";
import { BlockStack, RangeSlider, Text } from "#app/ui/polaris";
import { FloorPlot } from "./floor-plot";
import { poolReach, reachOfShare, shareBelow } from "./reach";

type FloorSliderProps = {
  floor: number;
  /** The floor that the plot shows; follows the slider as soon as there is time. */
  plotted: number;
  /** Of the places where this floor holds. */
  reached: FloorReach[];
  /** Whether other places, with floors of their own, had decisions too. */
  othersApart: boolean;
  days: number;
  locale: string;
  problem?: string;
  onChange: (floor: number) => void;
};

/** Steps of a twentieth of a percent: what an offer promises is a few thousandths of an order. */
const STEP = 0.0005;
/** The slider ends where nearly no offer reached, between these two. */
const SHORTEST = 0.05;
const LONGEST = 0.2;

/** The floor, and what it would have meant for the shoppers of the last days. */
export function FloorSlider(props: FloorSliderProps) {
  const { floor, plotted, reached, othersApart, days, locale, problem, onChange } = props;
  const points = useMemo(() => poolReach(reached), [reached]);
  const decisions = reached.reduce((sum, one) => sum + one.decisions, 0);
  const seldom = reachOfShare(points, 0.95);
  const highest = Math.max(floor, Math.min(LONGEST, Math.max(SHORTEST, Math.ceil(seldom * 125) / 100)));
  const format = new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: 2 });
  const whole = new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: 0 });
  const count = new Intl.NumberFormat(locale);
  const verdict = `About ${whole.format(shareBelow(points, floor))} of shoppers would see none.`;
  const steps = (share: number) => Math.round(share / STEP);
  return (
    <BlockStack gap="400">
      <RangeSlider
        label="Floor"
        min={0}
        max={steps(highest)}
        step={1}
        value={steps(floor)}
        onChange={(next) => onChange(Number(next) * STEP)}
        suffix={<Text as="span">{format.format(floor)}</Text>}
        error={problem}
      />
      {decisions === 0 ? (
        <Text as="p" tone="subdued">
          {othersApart
            ? `All decisions of the last ${days} days were made in places with a floor of their own: choose one of them to see what its floor does.`
            : `No decisions with something to offer in the last ${days} days here, so nobody can say yet how many shoppers would see none. Each page with the offers block makes one.`}
        </Text>
      ) : (
        <>
          <div role="status">
            <BlockStack gap="100">
              <Text as="p" variant="headingMd">
                {verdict}
              </Text>
              <Text as="p" tone="subdued">
                {`From ${count.format(decisions)} ${decisions === 1 ? "decision" : "decisions"} of the last ${days} days with something to offer, weighed again with this floor. `}
                {doubt(decisions)}
                {othersApart && "Places with a floor of their own are not counted here. "}
                Shoppers who see none for other reasons, such as the holdout or a “not for me”, come on top.
              </Text>
            </BlockStack>
          </div>
          <FloorPlot
            points={points}
            floor={plotted}
            highest={highest}
            summary={`Share of shoppers who would see none, by floor. At a floor of ${format.format(floor)}: ${verdict}`}
            percent={(share) => format.format(share)}
          />
        </>
      )}
    </BlockStack>
  );
}

/** By how much the share may be off: two standard errors of a share near one half. */
function doubt(decisions: number): string {
  if (decisions < 30) return "Too few to go by. ";
  const points = Math.ceil(100 / Math.sqrt(decisions));
  return points > 3 ? `The share may be off by ${points} points. ` : "";
}
