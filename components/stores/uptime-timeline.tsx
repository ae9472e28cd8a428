"use client";

import { useState } from "react";
import { chartSummary, type ChartStep } from "@/components/charts/chart-data";
import { gapsWithin, type PollGap } from "@/components/charts/chart-gaps";
import { UptimeChart } from "@/components/charts/uptime-chart";
import { UptimeTable } from "@/components/charts/uptime-table";
import { DateWords } from "@/components/ui/date-words";
import { Legend } from "@/components/ui/legend";
import { Panel } from "@/components/ui/panel";
import { ViewToggle } from "@/components/ui/view-toggle";
import type { Bucket } from "@/lib/contract/uptime";
import type { Clock } from "@/lib/format/zoned-time";
import { gapText } from "./gap-text";

const stepText: Record<ChartStep, string> = {
  minutes: "in 5-minute steps",
  hour: "by the hour",
  day: "by the day",
  week: "by the week",
};

/** What a chart of a period draws. */
export interface TimelineData {
  readonly buckets: readonly Bucket[];
  readonly step: ChartStep;
  /** The newest data. */
  readonly asOf: string;
}

interface UptimeTimelineProps extends TimelineData {
  /** The period: "Last 7 days". */
  readonly title: string;
  /** The zone that times are shown in. */
  readonly clock: Clock;
  /** When no store at all was polled. */
  readonly gaps: readonly PollGap[];
}

/** Where in the period the store was up, down or not checked: drawn, as a table, and in a sentence. */
export function UptimeTimeline({ buckets, step, asOf, title, clock, gaps }: UptimeTimelineProps) {
  const [asTable, setAsTable] = useState(false);
  const shownGaps = gapsWithin(gaps, buckets[0]?.start ?? asOf, buckets.at(-1)?.end ?? asOf);
  return (
    <Panel
      title={`${title}, ${stepText[step]}`}
      id="timeline"
      className="print:hidden"
      aside={
        <div data-noprint>
          <ViewToggle asTable={asTable} onChange={setAsTable} />
        </div>
      }
    >
      <figure className="flex h-full flex-col">
        {asTable ? (
          <UptimeTable buckets={buckets} step={step} clock={clock} />
        ) : (
          <UptimeChart buckets={buckets} step={step} clock={clock} gaps={shownGaps} />
        )}
        <figcaption className="mt-3 space-y-2">
          {!asTable && <Legend gap={shownGaps.length > 0} />}
          <p className="text-muted text-pretty">
            <DateWords>{chartSummary(buckets, step, clock)}</DateWords>
          </p>
          {shownGaps.map((gap) => (
            <p key={gap.start} className="text-pretty">
              <DateWords>{gapText(gap, asOf, clock)}</DateWords>
            </p>
          ))}
        </figcaption>
      </figure>
    </Panel>
  );
}
