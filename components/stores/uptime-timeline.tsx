"use client";

import { ChartColumnStacked, Table2 } from "lucide-react";
import { useState } from "react";
import { chartSummary } from "@/components/charts/chart-data";
import { UptimeChart } from "@/components/charts/uptime-chart";
import { UptimeTable } from "@/components/charts/uptime-table";
import { Button } from "@/components/ui/button";
import { Legend } from "@/components/ui/legend";
import { Panel } from "@/components/ui/panel";
import { SegmentedLinks } from "@/components/ui/segmented-links";
import { storeHref, type StoreParams } from "@/lib/client/page-params";
import { windowNames } from "@/lib/contract/names";
import type { StoreUptime } from "@/lib/contract/uptime";
import type { WindowName } from "@/lib/uptime/types";
import { windowWords } from "./uptime-words";

const bucketWords: Record<WindowName, string> = {
  hour: "in 5-minute steps",
  day: "by the hour",
  week: "by the day",
};

const switchWords: Record<WindowName, string> = { hour: "Hour", day: "Day", week: "Week" };

/** Where in the window the store was up, down or not checked: drawn, as a table, and in a sentence. */
export function UptimeTimeline({ uptime, params }: { uptime: StoreUptime; params: StoreParams }) {
  const [asTable, setAsTable] = useState(false);
  const { buckets, window, time_zone: timeZone } = uptime;
  const Icon = asTable ? ChartColumnStacked : Table2;
  return (
    <Panel
      title={`${windowWords[window]}, ${bucketWords[window]}`}
      id="timeline"
      aside={
        <div data-noprint className="flex flex-wrap items-center gap-2">
          <SegmentedLinks
            label="Window"
            choices={windowNames.map((name) => ({
              href: storeHref(uptime.store_id, { ...params, window: name }),
              label: switchWords[name],
              chosen: name === params.window,
            }))}
          />
          <Button
            aria-pressed={asTable}
            onClick={() => {
              setAsTable(!asTable);
            }}
          >
            <Icon aria-hidden className="size-4" />
            {asTable ? "View as chart" : "View as table"}
          </Button>
        </div>
      }
    >
      <figure>
        {asTable ? (
          <UptimeTable buckets={buckets} window={window} timeZone={timeZone} />
        ) : (
          <UptimeChart buckets={buckets} window={window} timeZone={timeZone} />
        )}
        <figcaption className="mt-3 space-y-2">
          {!asTable && <Legend />}
          <p className="text-muted text-pretty">{chartSummary(buckets, window, timeZone)}</p>
        </figcaption>
      </figure>
    </Panel>
  );
}
