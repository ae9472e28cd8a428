"use client";

import { type InfiniteData, useInfiniteQuery, type UseInfiniteQueryResult, useQuery } from "@tanstack/react-query";
import clsx from "clsx";
import { useState } from "react";
import { gapsWithin, type PollGap } from "@/components/charts/chart-gaps";
import { AsyncPanel } from "@/components/ui/async-panel";
import { Button } from "@/components/ui/button";
import { DateWords } from "@/components/ui/date-words";
import { Instant } from "@/components/ui/instant";
import { Panel } from "@/components/ui/panel";
import { storeQueries } from "@/lib/client/store-queries";
import { timelinePeriod, type StorePeriod } from "@/lib/client/store-period";
import type { Fleet } from "@/lib/contract/fleet";
import type { StoreIncidents, StoreTimeline } from "@/lib/contract/store-history";
import { formatOpenTime } from "@/lib/format/duration";
import type { Clock } from "@/lib/format/zoned-time";
import { fleetWideShare } from "@/lib/contract/fleet-share";
import { gapText } from "./gap-text";
import { fleetShareAtStart, incidentKind } from "./incident-kind";
import { duringPeriod, periodName } from "./period-text";
import { incidentBounds, incidentKindText, incidentScopeText, incidentTime } from "./incident-text";

const shownAtFirst = 4;

interface IncidentProps {
  readonly incident: StoreIncidents["incidents"][number];
  readonly asOf: string;
  /** The zone that times are shown in. */
  readonly clock: Clock;
  /** The states around it; undefined while loading. */
  readonly timeline: StoreTimeline | undefined;
  readonly fleet: Fleet | undefined;
  /** Times in which no store was polled. */
  readonly gaps: readonly PollGap[];
}

/** Highlights fleet-wide incidents. */
function scopeLook(share: number): string {
  return share >= fleetWideShare ? "border-down bg-down-soft text-down-ink" : "border-line bg-sunken";
}

function IncidentItem({ incident, asOf, clock, timeline, fleet, gaps }: IncidentProps) {
  const kind = timeline ? incidentKind(incident, timeline) : null;
  const share = fleet ? fleetShareAtStart(incident, fleet) : null;
  const from = incident.start_earliest ?? incident.start;
  const shownGaps = gapsWithin(gaps, from, incident.end_latest ?? asOf);
  return (
    <li className="break-inside-avoid py-2 print:py-1">
      <p className="flex flex-wrap items-baseline justify-between gap-x-3">
        <span className="font-medium">
          <Instant at={incident.start}>{incidentTime(incident, asOf, clock)}</Instant>
          {incident.ongoing && (
            <span className="bg-down-soft text-down-ink border-down ml-2 rounded-full border px-2 text-xs">
              Ongoing
            </span>
          )}
        </span>
        <span>{formatOpenTime(incident.down_ms)} down</span>
      </p>
      {/* Keeps the height of one line while loading. */}
      <p className="min-h-5 text-xs leading-5 text-pretty">
        {kind !== null && `${incidentKindText(kind, incident, clock)}. `}
        {share !== null && (
          <span className={clsx("inline-block rounded-md border px-1.5", scopeLook(share))}>
            {incidentScopeText(share)}
          </span>
        )}
      </p>
      <p className="text-muted text-xs text-pretty">
        <DateWords>{incidentBounds(incident, asOf, clock)}</DateWords>
      </p>
      {shownGaps.map((gap) => (
        <p key={gap.start} className="text-muted text-xs text-pretty">
          <DateWords>{gapText(gap, asOf, clock)}</DateWords>
        </p>
      ))}
    </li>
  );
}

type IncidentsQuery = UseInfiniteQueryResult<InfiniteData<StoreIncidents>>;

function Incidents({
  pages,
  more,
  none,
  ...around
}: {
  /** Shown when there are none. */
  none: string;
  pages: readonly [StoreIncidents, ...StoreIncidents[]];
  more: Pick<IncidentsQuery, "hasNextPage" | "isFetchingNextPage" | "fetchNextPage">;
} & Omit<IncidentProps, "incident" | "asOf">) {
  const [all, setAll] = useState(false);
  const [{ total, as_of: asOf }] = pages;
  const incidents = pages.flatMap((page) => page.incidents);
  if (incidents.length === 0) {
    return <p className="text-muted">{none}</p>;
  }
  return (
    <>
      <ul className="divide-line -my-2 divide-y">
        {incidents.slice(0, all ? undefined : shownAtFirst).map((incident) => (
          <IncidentItem key={incident.start} incident={incident} asOf={asOf} {...around} />
        ))}
      </ul>
      {total > shownAtFirst && !all && (
        <p className="mt-2 hidden text-xs print:block">
          Newest {shownAtFirst} of {total}
        </p>
      )}
      {total > shownAtFirst && (
        <div data-noprint className="mt-4 flex flex-wrap items-center gap-3">
          {all && more.hasNextPage && (
            <Button
              aria-disabled={more.isFetchingNextPage}
              onClick={() => {
                if (!more.isFetchingNextPage) void more.fetchNextPage();
              }}
            >
              Show more
            </Button>
          )}
          <Button
            aria-expanded={all}
            onClick={() => {
              setAll(!all);
            }}
          >
            {all ? "Show fewer" : total > incidents.length ? "Show more" : `Show all ${String(total)}`}
          </Button>
          {all && incidents.length < total && (
            <p className="text-muted">
              Newest {incidents.length} of {total}
            </p>
          )}
        </div>
      )}
    </>
  );
}

interface IncidentsPanelProps {
  readonly storeId: string;
  readonly period: StorePeriod;
  /** The zone that times are shown in. */
  readonly clock: Clock;
  /** The store's, whose dates a period has. */
  readonly storeClock: Clock;
}

/** When the store was down in a period, newest first, with how well that is known. */
export function IncidentsPanel({ storeId, period, clock, storeClock }: IncidentsPanelProps) {
  const query = useInfiniteQuery(storeQueries.incidents(storeId, period));
  const { data: timeline } = useQuery(storeQueries.timeline(storeId, timelinePeriod(period)));
  const { data: fleet } = useQuery(storeQueries.fleet());
  const { data: gaps = [] } = useQuery(storeQueries.pollingGaps());
  const { data: detail } = useQuery(storeQueries.detail(storeId));
  const name = periodName(period, detail?.as_of ?? "", storeClock);
  return (
    <Panel title={`Incidents, ${name}`} id="incidents" className="h-full">
      <div
        tabIndex={0}
        role="region"
        aria-label="Incident list"
        className="h-full overflow-y-auto outline-offset-[-2px] print:overflow-visible"
      >
        <AsyncPanel what="incidents" query={query} height="h-60">
          {({ pages: [first, ...rest] }) =>
            first && (
              <Incidents
                pages={[first, ...rest]}
                more={query}
                none={`No incidents ${duringPeriod(period, detail?.as_of ?? "", storeClock)}.`}
                clock={clock}
                timeline={timeline}
                fleet={fleet}
                gaps={gaps}
              />
            )
          }
        </AsyncPanel>
      </div>
    </Panel>
  );
}
