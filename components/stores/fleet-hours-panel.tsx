"use client";

import { DateWords } from "@/components/ui/date-words";
import { useMemo, useState } from "react";
import { FleetHours } from "@/components/charts/fleet-hours";
import { fleetHours, worstHour } from "@/components/charts/fleet-hours-data";
import { FleetHoursTable } from "@/components/charts/fleet-hours-table";
import { Panel } from "@/components/ui/panel";
import { ViewToggle } from "@/components/ui/view-toggle";
import type { Fleet } from "@/lib/contract/fleet";
import { formatPercent } from "@/lib/format/percent";
import { spokenTime, weekdayName, type Clock } from "@/lib/format/zoned-time";
import { gapText } from "./gap-text";

interface FleetHoursPanelProps {
  readonly fleet: Fleet;
  readonly asOf: string;
  readonly clock: Clock;
}

/** The share of stores offline by hour, with the gaps in polling, as a chart and as a table. */
export function FleetHoursPanel({ fleet, asOf, clock }: FleetHoursPanelProps) {
  const [asTable, setAsTable] = useState(false);
  const hours = useMemo(() => fleetHours(fleet.hours), [fleet.hours]);
  const gaps = fleet.polling_gaps;
  const worst = worstHour(hours, gaps);
  return (
    <Panel
      id="fleet-hours"
      title="Stores offline per hour (%), last 7 days"
      aside={<ViewToggle asTable={asTable} onChange={setAsTable} />}
    >
      <figure>
        {asTable ? (
          <FleetHoursTable hours={hours} clock={clock} />
        ) : (
          <FleetHours label="Stores offline per hour (%)" hours={hours} gaps={gaps} clock={clock} />
        )}
        <figcaption className="text-muted mt-1 text-xs text-pretty">
          <DateWords>
            {worst === null
              ? "No store was offline while open"
              : `Worst hour: ${weekdayName(worst.start, clock)} ${spokenTime(worst.start, clock)}, ${formatPercent(worst.share)} of open stores offline`}
          </DateWords>
          {gaps.map((gap) => (
            <span key={gap.start} className="text-ink flex items-center gap-1.5">
              <span aria-hidden className="fill-state-unknown border-line-strong size-3 shrink-0 rounded-xs border" />
              <DateWords>{gapText(gap, asOf, clock)}</DateWords>
            </span>
          ))}
        </figcaption>
      </figure>
    </Panel>
  );
}
