"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { chartSummary } from "@/components/charts/chart-data";
import { gapsWithin } from "@/components/charts/chart-gaps";
import { WeekStrip } from "@/components/charts/week-strip";
import { toStripDays, toWeekRows } from "@/components/charts/week-strip-data";
import { WeekTable } from "@/components/charts/week-table";
import { AsyncPanel } from "@/components/ui/async-panel";
import { Legend } from "@/components/ui/legend";
import { Panel } from "@/components/ui/panel";
import { useTimeStyle } from "@/components/ui/reader";
import { ViewToggle } from "@/components/ui/view-toggle";
import { storeQueries } from "@/lib/client/store-queries";
import { readerClock, type Clock } from "@/lib/format/zoned-time";
import { gapText } from "./gap-text";

/** A note for charts in the store's days and hours, when the page's times are in another zone. */
export function inStoreTime(own: string, clock: Clock): string {
  return own === clock.time_zone ? "" : `In store time (${own}). `;
}

/** The maximum number of segments and checks in a strip: more are slow to draw and cannot be told apart. */
const maxDrawn = 6_000;

/** The last seven days, one row a day of the store. @param clock the zone that times are shown in */
export function WeekPanel({ storeId, clock }: { storeId: string; clock: Clock }) {
  const timeline = useQuery(storeQueries.timeline(storeId, "week"));
  const style = useTimeStyle();
  const week = useQuery(storeQueries.uptime(storeId, "week"));
  const fleetGaps = useQuery(storeQueries.pollingGaps());
  const [asTable, setAsTable] = useState(false);
  const days = week.data?.as_of === timeline.data?.as_of ? week.data?.buckets : undefined;
  return (
    <Panel title="Day by day" id="week-strip" aside={<ViewToggle asTable={asTable} onChange={setAsTable} />}>
      <AsyncPanel
        what="the week"
        height="h-[300px]"
        query={{ ...timeline, data: days && timeline.data, error: timeline.error ?? week.error }}
      >
        {(data) => {
          const { as_of: asOf, from } = data;
          const own = readerClock(data.clock, style);
          const gaps = gapsWithin(fleetGaps.data ?? [], from, asOf);
          const shown = days ?? [];
          if (data.next_cursor !== null || data.segments.length + data.polls.length > maxDrawn) {
            return (
              <p className="text-muted text-pretty">
                Too many checks to draw this week. The figures and the chart above include all of them; the API lists
                them page by page.
              </p>
            );
          }
          return (
            <figure>
              {asTable ? (
                <WeekTable rows={toWeekRows(shown, { ...data, clock: own })} />
              ) : (
                <WeekStrip days={toStripDays(shown, { ...data, clock: own }, gaps)} style={style} />
              )}
              <figcaption className="text-muted mt-3 space-y-2 text-xs text-pretty">
                {!asTable && <Legend gap={gaps.length > 0} />}
                <p>
                  {inStoreTime(own.time_zone, clock)}
                  {chartSummary(shown, "day", own)}
                </p>
                {!asTable && (
                  <p>Ticks mark checks (tall = offline). Faded ticks fall outside business hours and are ignored.</p>
                )}
                {gaps.map((gap) => (
                  <p key={gap.start}>{gapText(gap, asOf, own)}</p>
                ))}
              </figcaption>
            </figure>
          );
        }}
      </AsyncPanel>
    </Panel>
  );
}
