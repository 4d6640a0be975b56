import { shareBelow, type ReachPoint } from "./reach";

type FloorPlotProps = {
  /** Ascending. */
  points: ReachPoint[];
  floor: number;
  highest: number;
  /** In words, for those who do not see it. */
  summary: string;
  percent: (share: number) => string;
};

const WIDTH = 600;
const HEIGHT = 180;
const LEFT = 44;
const BOTTOM = 24;
const STEPS = 60;

/** Share of shoppers who would see none, over the floor; the chosen floor stands out. */
export function FloorPlot({ points, floor, highest, summary, percent }: FloorPlotProps) {
  const x = (share: number) => LEFT + (share / highest) * (WIDTH - LEFT - 8);
  const y = (share: number) => 8 + (1 - share) * (HEIGHT - BOTTOM - 8);
  const floors = Array.from({ length: STEPS + 1 }, (_, step) => (step / STEPS) * highest);
  const line = floors.map((one) => `${x(one).toFixed(1)},${y(shareBelow(points, one)).toFixed(1)}`).join(" ");
  const none = shareBelow(points, floor);
  return (
    <svg
      role="img"
      aria-label={summary}
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      style={{ width: "100%", height: "auto", display: "block" }}
    >
      {[0, 0.5, 1].map((share) => (
        <g key={share}>
          <line x1={LEFT} x2={WIDTH - 8} y1={y(share)} y2={y(share)} stroke="#ebebeb" />
          <text x={LEFT - 6} y={y(share) + 4} textAnchor="end" fontSize="12" fill="#616161">
            {percent(share)}
          </text>
        </g>
      ))}
      {[0, 0.5, 1].map((part) => (
        <text
          key={part}
          x={x(part * highest)}
          y={HEIGHT - 6}
          textAnchor={ANCHORS[part]}
          fontSize="12"
          fill="#616161"
        >
          {percent(part * highest)}
        </text>
      ))}
      <polyline points={line} fill="none" stroke="#1f4d3d" strokeWidth="2" />
      <line x1={x(floor)} x2={x(floor)} y1={y(0)} y2={y(none)} stroke="#c4681b" strokeDasharray="4 3" />
      <circle cx={x(floor)} cy={y(none)} r="5" fill="#c4681b" />
    </svg>
  );
}

const ANCHORS: Record<number, "start" | "middle" | "end"> = { 0: "start", 0.5: "middle", 1: "end" };
