"use client";

import dynamic from "next/dynamic";
import type { UptimeChartProps } from "./chart-data";
import { gapSpans, type PollGap } from "./chart-gaps";
import { GapFrames } from "./gap-frames";

/** The drawing comes after the figures: its library is as large as all the rest of the page. */
const LazyBars = dynamic(() => import("./uptime-bars").then((module) => module.UptimeBars), {
  ssr: false,
  loading: () => <div className="skeleton size-full" />,
});

/** The chart in a box of its final size. @param gaps when no store at all was polled */
export function UptimeChart({ gaps, ...chart }: UptimeChartProps & { readonly gaps: readonly PollGap[] }) {
  return (
    <div className="relative min-h-64 w-full flex-1 lg:min-h-80" style={{ forcedColorAdjust: "none" }}>
      <div className="absolute inset-0">
        <LazyBars {...chart} />
      </div>
      {/* The plot's edges, as UptimeBars sets them: axes of 44 and 30 pixels, margins of 8 above and 20 on the right. */}
      <GapFrames spans={gapSpans(chart.buckets, gaps)} className="top-2 right-5 bottom-[30px] left-11" />
    </div>
  );
}
