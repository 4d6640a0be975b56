import { useEffect, useId, useRef, useState } from "react";
import type uPlot from "uplot";
import "uplot/dist/uPlot.min.css";
import { BlockStack, Box, Button, Text } from "./polaris";

export type ChartSeries = { label: string; values: number[]; format?: (value: number) => string };

type ChartProps = {
  title: string;
  /** Calendar days "2026-11-22", oldest first. */
  days: string[];
  series: ChartSeries[];
  locale: string;
};

const COLOURS = ["#1f4d3d", "#c4681b", "#2b5fb3"];
const HEIGHT = 220;
const WHOLE_STEPS = Array.from({ length: 10 }, (_, power) =>
  [1, 2, 5].map((step) => step * 10 ** power),
).flat();

/** Lines over days, with the same figures as a table for those who read rather than look. */
export function Chart({ title, days, series, locale }: ChartProps) {
  const box = useRef<HTMLDivElement>(null);
  const id = useId();
  const [tableOpen, setTableOpen] = useState(false);

  const figures = JSON.stringify([days, series]);
  useEffect(() => {
    let chart: uPlot | undefined;
    let observer: ResizeObserver | undefined;
    let gone = false;
    // Loaded in the browser only: uPlot draws on a canvas.
    void import("uplot").then(({ default: Plot }) => {
      if (gone || !box.current) return;
      const element = box.current;
      chart = new Plot(optionsFor(series, element.clientWidth, locale), dataFor(days, series), element);
      observer = new ResizeObserver(() => chart?.setSize({ width: element.clientWidth, height: HEIGHT }));
      observer.observe(element);
    });
    return () => {
      gone = true;
      observer?.disconnect();
      chart?.destroy();
    };
    // Drawn anew only where the figures changed: the page makes new arrays and functions at each rendering.
  }, [figures, locale]);

  return (
    <BlockStack gap="200">
      <Text as="h3" variant="headingSm">
        {title}
      </Text>
      <div ref={box} role="img" aria-label={summary(title, series)} style={{ minHeight: HEIGHT + 30 }} />
      <Box>
        <Button
          variant="plain"
          onClick={() => setTableOpen(!tableOpen)}
          ariaExpanded={tableOpen}
          ariaControls={id}
          accessibilityLabel={`${tableOpen ? "Hide table" : "Show as table"}: ${title}`}
        >
          {tableOpen ? "Hide table" : "Show as table"}
        </Button>
      </Box>
      <div id={id}>{tableOpen && <DayTable title={title} days={days} series={series} locale={locale} />}</div>
    </BlockStack>
  );
}

/** A plain table, made only when asked for: up to 90 rows must answer a tap at once, also on a weak laptop. */
function DayTable({ title, days, series, locale }: ChartProps) {
  const dayName = new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeZone: "UTC" });
  const cell = { padding: "6px 12px", textAlign: "end" } as const;
  return (
    <div style={{ overflowX: "auto" }} role="region" aria-label={`${title}, as a table`} tabIndex={0}>
      <table style={{ width: "100%", borderCollapse: "collapse" }}>
        <thead>
          <tr>
            <th scope="col" style={{ ...cell, textAlign: "start" }}>
              Day
            </th>
            {series.map((one) => (
              <th key={one.label} scope="col" style={cell}>
                {one.label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {days.map((day, index) => (
            <tr key={day} style={{ borderTop: "1px solid #ebebeb" }}>
              <th scope="row" style={{ ...cell, textAlign: "start", fontWeight: "normal" }}>
                {dayName.format(new Date(day))}
              </th>
              {series.map((one) => (
                <td key={one.label} style={cell}>
                  {(one.format ?? String)(one.values[index] ?? 0)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function dataFor(days: string[], series: ChartSeries[]): uPlot.AlignedData {
  return [days.map((day) => Date.parse(`${day}T00:00:00Z`) / 1000), ...series.map((one) => one.values)];
}

function optionsFor(series: ChartSeries[], width: number, locale: string): uPlot.Options {
  const axisDay = new Intl.DateTimeFormat(locale, { day: "numeric", month: "short", timeZone: "UTC" });
  const axisText = { stroke: "#616161", grid: { stroke: "#ebebeb", width: 1 }, ticks: { show: false } };
  return {
    width,
    height: HEIGHT,
    cursor: { y: false },
    scales: { x: { time: true }, y: { range: (_plot, _min, max) => [0, Math.max(1, max * 1.1)] } },
    axes: [
      {
        ...axisText,
        values: (_plot, seconds) => seconds.map((second) => axisDay.format(second * 1000)),
        space: 70,
      },
      {
        ...axisText,
        // Counts and cents are whole numbers: no line in between.
        incrs: WHOLE_STEPS,
        values: (_plot, values) => values.map((value) => (series[0]?.format ?? String)(value)),
        size: 70,
      },
    ],
    series: [
      { value: (_plot, second) => (second == null ? "" : axisDay.format(second * 1000)), label: "Day" },
      ...series.map((one, index) => ({
        label: one.label,
        stroke: COLOURS[index % COLOURS.length],
        width: 2,
        dash: index === 0 ? undefined : [6, 3 * index],
        points: { show: false },
        value: (_plot: uPlot, value: number | null) => (value == null ? "–" : (one.format ?? String)(value)),
      })),
    ],
  };
}

function summary(title: string, series: ChartSeries[]): string {
  const totals = series.map((one) => {
    const total = one.values.reduce((sum, value) => sum + value, 0);
    return `${one.label} ${(one.format ?? String)(total)} in all`;
  });
  return `${title}: ${totals.join(", ")}. The figures per day are in the table below.`;
}
