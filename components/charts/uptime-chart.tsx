"use client";

import dynamic from "next/dynamic";
import type { Bucket } from "@/lib/contract/uptime";
import type { WindowName } from "@/lib/uptime/types";

export interface UptimeChartProps {
  readonly buckets: readonly Bucket[];
  readonly window: WindowName;
  readonly timeZone: string;
}

/** The drawing comes after the figures: its library is as large as all the rest of the page. */
const LazyBars = dynamic(() => import("./uptime-bars").then((module) => module.UptimeBars), {
  ssr: false,
  loading: () => <div className="skeleton size-full" />,
});

/** The chart in a box of its final size. */
export function UptimeChart(props: UptimeChartProps) {
  return (
    <div className="h-64 w-full lg:h-80" style={{ forcedColorAdjust: "none" }}>
      <LazyBars {...props} />
    </div>
  );
}
