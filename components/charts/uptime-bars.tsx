"use client";

import { Bar, BarChart, CartesianGrid, Tooltip, XAxis, YAxis, type TooltipContentProps } from "recharts";
import { formatOpenTime } from "@/lib/format/duration";
import {
  chartScale,
  chartSummary,
  tickLabel,
  toChartRows,
  type ChartRow,
  type ChartStep,
  type UptimeChartProps,
} from "./chart-data";

const barGap: Record<ChartStep, string> = { minutes: "14%", hour: "14%", day: "24%", week: "14%" };

/** From this number of bars on, gaps and outlines would take most of the drawing. */
const manyBars = 40;

/** The two patterns, in the page's colours; up is solid and closed is pale. */
function Patterns() {
  return (
    <defs>
      <pattern id="bar-down" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
        <rect width="6" height="6" fill="var(--color-down)" />
        <rect width="1.5" height="6" fill="var(--color-down-stripe)" />
      </pattern>
      <pattern id="bar-unknown" width="4" height="4" patternUnits="userSpaceOnUse" patternTransform="rotate(-45)">
        <rect width="4" height="4" fill="var(--color-unknown)" />
        <rect width="1" height="4" fill="var(--color-unknown-stripe)" />
      </pattern>
    </defs>
  );
}

function isChartRow(value: unknown): value is ChartRow {
  return typeof value === "object" && value !== null && "bucket" in value && "label" in value;
}

function BucketTooltip({ active, payload }: Pick<TooltipContentProps<number, string>, "active" | "payload">) {
  const row: unknown = payload[0]?.payload;
  if (!active || !isChartRow(row)) return null;
  const { open_ms: open, up_ms: up, down_ms: down, unknown_ms: unknown } = row.bucket;
  const lines = [
    { word: "Up", ms: up, fill: "fill-state-up" },
    { word: "Down", ms: down, fill: "fill-state-down" },
    { word: "No data", ms: unknown, fill: "fill-state-unknown" },
  ];
  return (
    <div className="border-line bg-panel rounded-md border px-3 py-2 text-xs shadow-md">
      <p className="mb-1 font-medium">{row.label}</p>
      {open === 0 ? (
        <p className="text-muted">Closed</p>
      ) : (
        lines.map(({ word, ms, fill }) => (
          <p key={word} className="flex items-center gap-2">
            <span className={`border-line-strong size-2.5 rounded-xs border ${fill}`} />
            <span className="text-muted flex-1 pr-4">{word}</span>
            {formatOpenTime(ms)}
          </p>
        ))
      )}
    </div>
  );
}

/** Opening time in bars, a bucket each: up, down and no data stacked, closed time as a pale rest. */
export function UptimeBars({ buckets, step, clock }: UptimeChartProps) {
  const scale = chartScale(step, buckets);
  const isDense = buckets.length > manyBars;
  const axis = { fontSize: 11, fill: "var(--color-muted)" };
  const bar = { stackId: "open", isAnimationActive: false, stroke: "var(--color-panel)", strokeWidth: isDense ? 0 : 1 };
  return (
    <BarChart
      responsive
      accessibilityLayer
      title="Opening time: up, down and no data"
      desc={chartSummary(buckets, step, clock)}
      data={[...toChartRows(buckets, step, clock)]}
      // On the right there is room for the half of the last label that is beyond its bar.
      margin={{ top: 8, right: 20, bottom: 0, left: 0 }}
      barCategoryGap={isDense ? "10%" : barGap[step]}
      style={{ width: "100%", height: "100%" }}
    >
      <Patterns />
      <CartesianGrid vertical={false} stroke="var(--color-line)" />
      <XAxis
        dataKey="start"
        tickFormatter={(start: string) => tickLabel(start, step, clock, buckets.length)}
        tick={axis}
        tickLine={false}
        axisLine={{ stroke: "var(--color-line-strong)" }}
        height={30}
        minTickGap={12}
        interval="equidistantPreserveStart"
      />
      <YAxis
        domain={[0, scale.max]}
        ticks={[...scale.ticks]}
        tick={axis}
        tickLine={false}
        axisLine={false}
        width={44}
        unit={scale.unit === "minutes" ? "\u00a0min" : "\u00a0h"}
      />
      <Tooltip
        content={({ active, payload }) => <BucketTooltip active={active} payload={payload} />}
        cursor={{ fill: "var(--color-line)" }}
        isAnimationActive={false}
      />
      <Bar dataKey="up" fill="var(--color-up)" {...bar} />
      <Bar dataKey="down" fill="url(#bar-down)" {...bar} />
      <Bar dataKey="unknown" fill="url(#bar-unknown)" {...bar} />
      <Bar dataKey="closed" fill="var(--color-sunken)" {...bar} />
    </BarChart>
  );
}
