"use client";

import { useQuery } from "@tanstack/react-query";
import { ChevronLeft, ChevronRight, Download } from "lucide-react";
import Link from "next/link";
import { TimesSwitch } from "@/components/stores/times-switch";
import { useListClocks } from "@/components/stores/use-list-clocks";
import { AsyncPanel } from "@/components/ui/async-panel";
import { buttonClass } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Instant } from "@/components/ui/instant";
import { AddressNotices } from "@/components/ui/notice";
import { useTimeStyle } from "@/components/ui/reader";
import { RefreshNotice } from "@/components/ui/refresh-notice";
import { SegmentedLinks } from "@/components/ui/segmented-links";
import {
  changedIncidentsHref,
  incidentDefaults,
  incidentsCsvHref,
  incidentsHref,
  incidentsPerPage,
  toIncidentsQuery,
  type IncidentParams,
} from "@/lib/client/incident-params";
import { nextPage, previousPage } from "@/lib/client/page-params";
import { isFiltered } from "@/lib/client/store-filters";
import { storeQueries } from "@/lib/client/store-queries";
import { windowNames } from "@/lib/contract/enums";
import type { FleetIncidents } from "@/lib/contract/fleet-incidents";
import { fullTime, readerClock, zoneAbbreviation, type Clock } from "@/lib/format/zoned-time";
import { IncidentFilters } from "./incident-filters";
import { IncidentTable } from "./incident-table";

const windowText = { hour: "Last hour", day: "Last 24 hours", week: "Last 7 days" } as const;

function Paging({ data, params }: { data: FleetIncidents; params: IncidentParams }) {
  const before = (params.page - 1) * incidentsPerPage;
  const count = (number: number) => number.toLocaleString("en-US");
  return (
    <nav aria-label="Pages" className="mt-3 flex flex-wrap items-center justify-between gap-3">
      <p className="text-muted">
        {count(before + 1)}–{count(before + data.incidents.length)} of {count(data.matching)}
      </p>
      <div className="flex gap-2">
        {params.page > 1 && (
          <Link href={incidentsHref(previousPage(params))} prefetch={false} className={buttonClass()}>
            <ChevronLeft aria-hidden className="size-4" />
            Previous page
          </Link>
        )}
        {data.next_cursor !== null && (
          <Link href={incidentsHref(nextPage(params, data.next_cursor))} prefetch={false} className={buttonClass()}>
            Next page
            <ChevronRight aria-hidden className="size-4" />
          </Link>
        )}
      </div>
    </nav>
  );
}

function NoIncidents({ params }: { params: IncidentParams }) {
  const { window, zone, isZoneNamed } = params;
  return (
    <EmptyState title={isFiltered(params) ? "No matching incidents" : "No incidents"}>
      <p>
        {isFiltered(params)
          ? `No store that matches the filters was down in the ${windowText[window].toLowerCase()}.`
          : `No store was down in the ${windowText[window].toLowerCase()}.`}
      </p>
      {isFiltered(params) && (
        <Link href={incidentsHref({ ...incidentDefaults, window, zone, isZoneNamed })} className={buttonClass()}>
          Show incidents of all stores
        </Link>
      )}
    </EmptyState>
  );
}

interface IncidentListProps {
  readonly data: FleetIncidents;
  readonly params: IncidentParams;
  readonly clockOf: (timeZone: string) => Clock;
}

function IncidentList({ data, params, clockOf }: IncidentListProps) {
  const style = useTimeStyle();
  const { as_of: asOf, incidents } = data;
  if (asOf === null) {
    return (
      <EmptyState title="No figures yet">
        <p>Incidents appear with the first figures, shortly after checks have been imported.</p>
      </EmptyState>
    );
  }
  if (incidents.length === 0) return <NoIncidents params={params} />;
  const own = new Map(data.clocks.map((one) => [one.time_zone, readerClock(one, style)]));
  return (
    <>
      <IncidentTable
        incidents={incidents}
        asOf={asOf}
        clockOf={clockOf}
        ownClockOf={(zone) => own.get(zone) ?? clockOf(zone)}
      />
      <Paging data={data} params={params} />
    </>
  );
}

/** The incidents of all stores that the reader sees. */
export function IncidentsView({ params, notices }: { params: IncidentParams; notices: readonly string[] }) {
  const list = useQuery(storeQueries.fleetIncidents(toIncidentsQuery(params)));
  const clocks = useListClocks(params.zone, list.data?.clocks ?? []);
  const asOf = list.data?.as_of ?? null;
  const matching = list.data?.matching ?? 0;
  return (
    <div data-times-pending={clocks.isKnown ? undefined : ""}>
      <div className="mb-4 flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
        <div className="min-w-0">
          <h1 className="text-xl font-semibold tracking-tight">Incidents</h1>
          {asOf !== null && (
            <p className="text-muted">
              As of{" "}
              <Instant at={asOf}>{`${fullTime(asOf, clocks.clock)} ${zoneAbbreviation(asOf, clocks.clock)}`}</Instant>
            </p>
          )}
        </div>
        <div className="flex items-center gap-2">
          <TimesSwitch chosen={params.zone} hrefOf={(zone) => changedIncidentsHref(params, { zone })} />
        </div>
      </div>
      <AddressNotices notices={[...notices, ...clocks.notices]} />
      <RefreshNotice queries={[list]} />
      <div className="mb-3 flex flex-wrap items-center justify-between gap-3">
        <SegmentedLinks
          label="Period"
          choices={windowNames.map((window) => ({
            href: changedIncidentsHref(params, { window }),
            label: windowText[window],
            chosen: params.window === window,
          }))}
        />
        <div className="flex flex-wrap items-center gap-3">
          <p role="status" className="text-muted">
            {asOf !== null && (matching === 1 ? "1 incident" : `${matching.toLocaleString("en-US")} incidents`)}
          </p>
          <a href={incidentsCsvHref(params)} download className={buttonClass()}>
            <Download aria-hidden className="size-4" />
            Download CSV
          </a>
        </div>
      </div>
      <IncidentFilters params={params} />
      <AsyncPanel what="incidents" query={list} height="h-96">
        {(data) => <IncidentList data={data} params={params} clockOf={clocks.clockOf} />}
      </AsyncPanel>
    </div>
  );
}
