import { useId, useState, type ReactNode } from "react";
import { BlockStack, Box, Button, Text } from "./polaris";

/** An estimate with its interval. */
export type IntervalPoint = { label: string; value: number; low: number; high: number };

type IntervalPlotProps = {
  title: string;
  /** Bars: one estimate per row. Band: one per day, joined to a line. */
  kind: "bars" | "band";
  points: IntervalPoint[];
  format: (value: number) => string;
  /** What stands in the first column of the table. */
  heading: string;
};

const WIDTH = 640;
const BAND_HEIGHT = 200;
const ROW = 34;
const COLOUR = "#1f4d3d";
const GREY = "#616161";

/** Estimates with what they may as well be, around zero; drawn in SVG, with the same figures as a table. */
export function IntervalPlot(props: IntervalPlotProps) {
  const { title, kind, points, format } = props;
  const id = useId();
  const [isOpen, setIsOpen] = useState(false);
  if (points.length === 0) return null;
  return (
    <BlockStack gap="200">
      <Text as="h3" variant="headingSm">
        {title}
      </Text>
      {kind === "bars" ? <Bars points={points} format={format} /> : <Band {...props} />}
      <Box>
        <Button
          variant="plain"
          onClick={() => setIsOpen(!isOpen)}
          ariaExpanded={isOpen}
          ariaControls={id}
          accessibilityLabel={`${isOpen ? "Hide table" : "Show as table"}: ${title}`}
        >
          {isOpen ? "Hide table" : "Show as table"}
        </Button>
      </Box>
      <div id={id}>{isOpen && <IntervalTable {...props} />}</div>
    </BlockStack>
  );
}

function extent(points: IntervalPoint[]): { from: number; to: number } {
  const from = Math.min(0, ...points.map(({ low }) => low));
  const to = Math.max(0, ...points.map(({ high }) => high));
  const room = (to - from || 1) * 0.05;
  return { from: from - room, to: to + room };
}

/** One row per estimate: name, whisker and dot around the line of zero, and the figures in words below it. */
function Bars({ points, format }: Pick<IntervalPlotProps, "points" | "format">) {
  const { from, to } = extent(points);
  const place = (value: number) => `${((value - from) / (to - from)) * 100}%`;
  return (
    <BlockStack gap="200">
      {points.map((point) => (
        <BlockStack key={point.label} gap="050">
          <Text as="span" variant="bodySm">
            {describe(point, format)}
          </Text>
          <svg width="100%" height={ROW / 2} aria-hidden="true" style={{ display: "block" }}>
            <line x1={place(0)} x2={place(0)} y1="0" y2="100%" stroke={GREY} strokeDasharray="2 2" />
            <line
              x1={place(point.low)}
              x2={place(point.high)}
              y1="50%"
              y2="50%"
              stroke={COLOUR}
              strokeWidth="4"
              strokeOpacity="0.35"
            />
            <circle cx={place(point.value)} cy="50%" r="5" fill={COLOUR} />
          </svg>
        </BlockStack>
      ))}
    </BlockStack>
  );
}

function Band({ title, points, format }: IntervalPlotProps) {
  const { from, to } = extent(points);
  const x = (index: number) => (points.length === 1 ? WIDTH / 2 : (index / (points.length - 1)) * WIDTH);
  const y = (value: number) => BAND_HEIGHT * (1 - (value - from) / (to - from));
  const upper = points.map(({ high }, index) => `${x(index)},${y(high)}`);
  const lower = points.map(({ low }, index) => `${x(index)},${y(low)}`).reverse();
  const last = points.at(-1)!;
  return (
    <BlockStack gap="100">
      <svg
        viewBox={`0 0 ${WIDTH} ${BAND_HEIGHT}`}
        width="100%"
        height={BAND_HEIGHT}
        preserveAspectRatio="none"
        role="img"
        aria-label={`${title}. ${describe(last, format)}. All figures are in the table below.`}
      >
        <polygon points={[...upper, ...lower].join(" ")} fill={COLOUR} fillOpacity="0.18" />
        <polyline
          points={points.map(({ value }, index) => `${x(index)},${y(value)}`).join(" ")}
          fill="none"
          stroke={COLOUR}
          strokeWidth="2"
          vectorEffect="non-scaling-stroke"
        />
        <line
          x1="0"
          x2={WIDTH}
          y1={y(0)}
          y2={y(0)}
          stroke={GREY}
          strokeDasharray="4 3"
          vectorEffect="non-scaling-stroke"
        />
      </svg>
      <Text as="p" variant="bodySm" tone="subdued">
        {points[0]!.label} to {last.label}, from {format(from)} to {format(to)}. The band is what the
        difference may as well be; the dashed line is no difference.
      </Text>
    </BlockStack>
  );
}

export function describe({ label, value, low, high }: IntervalPoint, format: (value: number) => string) {
  return `${label}: ${format(value)} (${format(low)} to ${format(high)})`;
}

function IntervalTable({ title, heading, points, format }: IntervalPlotProps) {
  const cell = { padding: "6px 12px", textAlign: "end" } as const;
  const first = { ...cell, textAlign: "start" } as const;
  const head = (text: ReactNode, style: object = cell) => (
    <th scope="col" style={style}>
      {text}
    </th>
  );
  return (
    <div style={{ overflowX: "auto" }} role="region" aria-label={`${title}, as a table`} tabIndex={0}>
      <table style={{ width: "100%", borderCollapse: "collapse" }}>
        <thead>
          <tr>
            {head(heading, first)}
            {head("Estimate")}
            {head("At least")}
            {head("At most")}
          </tr>
        </thead>
        <tbody>
          {points.map(({ label, value, low, high }) => (
            <tr key={label} style={{ borderTop: "1px solid #ebebeb" }}>
              <th scope="row" style={{ ...first, fontWeight: "normal" }}>
                {label}
              </th>
              <td style={cell}>{format(value)}</td>
              <td style={cell}>{format(low)}</td>
              <td style={cell}>{format(high)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
