"use client";

import { useState } from "react";
import { chartSummary } from "@/components/charts/chart-data";
import { gapsWithin, type PollGap } from "@/components/charts/chart-gaps";
import { UptimeChart } from "@/components/charts/uptime-chart";
import { UptimeTable } from "@/components/charts/uptime-table";
import { Legend } from "@/components/ui/legend";
import { Panel } from "@/components/ui/panel";
import { SegmentedLinks } from "@/components/ui/segmented-links";
import { ViewToggle } from "@/components/ui/view-toggle";
import { storeHref, type StoreParams } from "@/lib/client/store-params";
import { windowNames } from "@/lib/contract/enums";
import type { StoreUptime } from "@/lib/contract/uptime";
import type { Clock } from "@/lib/format/zoned-time";
import type { WindowName } from "@/lib/uptime/types";
import { gapText } from "./gap-text";
import { windowText } from "./uptime-text";

const bucketText: Record<WindowName, string> = {
  hour: "in 5-minute steps",
  day: "by the hour",
  week: "by the day",
};

const switchText: Record<WindowName, string> = { hour: "Hour", day: "Day", week: "Week" };

interface UptimeTimelineProps {
  readonly uptime: StoreUptime;
  readonly params: StoreParams;
  /** The zone that times are shown in. */
  readonly clock: Clock;
  /** When no store at all was polled. */
  readonly gaps: readonly PollGap[];
}

/** Where in the window the store was up, down or not checked: drawn, as a table, and in a sentence. */
export function UptimeTimeline({ uptime, params, clock, gaps }: UptimeTimelineProps) {
  const [asTable, setAsTable] = useState(false);
  const { buckets, window, as_of: asOf } = uptime;
  const shownGaps = gapsWithin(gaps, buckets[0]?.start ?? asOf, asOf);
  return (
    <Panel
      title={`${windowText[window]}, ${bucketText[window]}`}
      id="timeline"
      className="print:hidden"
      aside={
        <div data-noprint className="flex flex-wrap items-center gap-2">
          <SegmentedLinks
            label="Period"
            choices={windowNames.map((name) => ({
              href: storeHref(uptime.store_id, { ...params, window: name }),
              label: switchText[name],
              chosen: name === params.window,
            }))}
          />
          <ViewToggle asTable={asTable} onChange={setAsTable} />
        </div>
      }
    >
      <figure className="flex h-full flex-col">
        {asTable ? (
          <UptimeTable buckets={buckets} window={window} clock={clock} />
        ) : (
          <UptimeChart buckets={buckets} window={window} clock={clock} gaps={shownGaps} />
        )}
        <figcaption className="mt-3 space-y-2">
          {!asTable && <Legend gap={shownGaps.length > 0} />}
          <p className="text-muted text-pretty">{chartSummary(buckets, window, clock)}</p>
          {shownGaps.map((gap) => (
            <p key={gap.start} className="text-pretty">
              {gapText(gap, asOf, clock)}
            </p>
          ))}
        </figcaption>
      </figure>
    </Panel>
  );
}
