"use client";

import { useQuery } from "@tanstack/react-query";
import { WeekStrip } from "@/components/charts/week-strip";
import { toStripDays } from "@/components/charts/week-strip-data";
import { AsyncPanel } from "@/components/ui/async-panel";
import { Legend } from "@/components/ui/legend";
import { Panel } from "@/components/ui/panel";
import { storeQueries } from "@/lib/client/store-queries";
import { gapWords } from "./gap-words";

/** The last seven days, one row a local day. */
export function WeekPanel({ storeId }: { storeId: string }) {
  const timeline = useQuery(storeQueries.timeline(storeId));
  const week = useQuery(storeQueries.uptime(storeId, "week"));
  const fleet = useQuery(storeQueries.fleet());
  const days = week.data?.as_of === timeline.data?.as_of ? week.data?.buckets : undefined;
  return (
    <Panel title="The week, day by day" id="week-strip">
      <AsyncPanel
        what="The week"
        height="h-[300px]"
        query={{ ...timeline, data: days && timeline.data, error: timeline.error ?? week.error }}
      >
        {(data) => {
          const { time_zone: zone, as_of: asOf, from } = data;
          const gaps = (fleet.data?.polling_gaps ?? []).filter(({ end }) => Date.parse(end) > Date.parse(from));
          return (
            <figure>
              <WeekStrip days={toStripDays(days ?? [], data, gaps)} />
              <figcaption className="text-muted mt-3 space-y-2 text-xs">
                <Legend />
                <p>
                  Ticks below a row are checks: short ones found the store online, long ones offline. Pale ones lie
                  outside business hours and decide nothing.
                </p>
                {gaps.map((gap) => (
                  <p key={gap.start}>{gapWords(gap, asOf, zone)} Its frame is dashed.</p>
                ))}
              </figcaption>
            </figure>
          );
        }}
      </AsyncPanel>
    </Panel>
  );
}
