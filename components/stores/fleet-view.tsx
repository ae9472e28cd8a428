"use client";

import { useQuery } from "@tanstack/react-query";
import clsx from "clsx";
import dynamic from "next/dynamic";
import Link from "next/link";
import { useState } from "react";
import { buttonClass } from "@/components/ui/button";
import { useNow } from "@/components/ui/clock";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorView } from "@/components/ui/error-view";
import { AddressNotices } from "@/components/ui/notice";
import { RefreshNotice } from "@/components/ui/refresh-notice";
import { fleetDefaults, fleetHref, toStoreListQuery, type FleetParams } from "@/lib/client/page-params";
import { filtersOf, isFiltered } from "@/lib/client/store-filters";
import type { FleetLayout } from "@/lib/client/fleet-layout";
import { storeQueries } from "@/lib/client/store-queries";
import { fullTime, zoneAbbreviation } from "@/lib/format/zoned-time";
import { DataAgeBanner } from "./data-age-banner";
import { FleetCounters } from "./fleet-counters";
import { FleetHeading } from "./fleet-heading";
import { FleetHoursPanel } from "./fleet-hours-panel";
import { FleetPaging } from "./fleet-paging";
import { FleetSkeleton } from "./fleet-skeleton";
import { FleetToolbar } from "./fleet-toolbar";
import { FleetUptime } from "./fleet-uptime";
import { FleetWarnings } from "./fleet-warnings";
import { NothingImported } from "./nothing-imported";
import { noMatchText } from "./no-match-text";
import { isStale } from "./state-text";
import { StoreTable } from "./store-table";
import { useFleetLayout } from "./use-fleet-layout";
import { useFleetKeys } from "./use-fleet-keys";
import { useListClocks } from "./use-list-clocks";
import { useSelection } from "./use-selection";

/** Loaded on first use. */
const KeyboardHelp = dynamic(() => import("./keyboard-help").then((module) => module.KeyboardHelp));
const SelectionBar = dynamic(() => import("./selection-bar").then((module) => module.SelectionBar));

interface FleetViewProps {
  readonly params: FleetParams;
  readonly notices: readonly string[];
  readonly renderedAt: number;
  /** Whether the user has so few stores that a list of them is enough. */
  readonly isShort: boolean;
  /** Whether the reader may change stores. */
  readonly canChange: boolean;
  /** Whether the reader may change what others see. */
  readonly canGrant: boolean;
  /** As the reader has it. */
  readonly layout: FleetLayout;
}

/** The fleet page: the summary, and the stores, worst first. */
export function FleetView({
  params,
  notices,
  renderedAt,
  isShort,
  canChange,
  canGrant,
  layout: remembered,
}: FleetViewProps) {
  const now = useNow(renderedAt);
  const list = useQuery(storeQueries.list(toStoreListQuery(params)));
  const head = useQuery(storeQueries.fleet(filtersOf(params)));
  const clocks = useListClocks(params.zone, list.data?.clocks ?? []);
  const [helping, setHelping] = useState(false);
  const selection = useSelection();
  const layout = useFleetLayout(remembered, params);
  useFleetKeys({
    onHelp: () => {
      setHelping(true);
    },
    onSelect: selection.toggle,
  });

  const fleet = head.data;
  const data = list.data;
  const { clock } = clocks;
  if (!data || !fleet) {
    const failed = [list, head].find(({ error }) => error !== null);
    return (
      <>
        <FleetHeading params={params} asOf={null} clock={clock} now={now} />
        {failed?.error ? (
          <ErrorView
            title="Couldn’t load stores"
            error={failed.error}
            onRetry={() => {
              for (const { refetch } of [list, head]) void refetch();
            }}
          />
        ) : (
          <FleetSkeleton />
        )}
      </>
    );
  }

  const { as_of: asOf, stores } = data;
  if (asOf === null) {
    return (
      <>
        <FleetHeading params={params} asOf={null} clock={clock} now={now} />
        <RefreshNotice queries={[list, head]} />
        {fleet.snapshot === "none" ? (
          <NothingImported what="stores" />
        ) : (
          <FleetSkeleton says="Computing the first figures. They will appear here shortly." />
        )}
      </>
    );
  }

  const stale = isStale(asOf, now);
  const isListOnly = isShort && !isFiltered(params);
  const hasHours = fleet.hours.length > 0;
  const asOfText = `${fullTime(asOf, clock)} ${zoneAbbreviation(asOf, clock)}`;
  const rowProps = { stores, asOf, stale, selection, layout, clockOf: clocks.clockOf };
  return (
    <div data-times-pending={clocks.isKnown ? undefined : ""}>
      <FleetHeading
        params={params}
        asOf={fleet.newest_poll_at === null ? null : asOf}
        clock={clock}
        now={now}
        onHelp={() => {
          setHelping(true);
        }}
      />
      <AddressNotices notices={[...notices, ...clocks.notices]} />
      <RefreshNotice queries={[list, head]} />
      {fleet.newest_poll_at !== null && <DataAgeBanner asOf={asOf} asOfText={asOfText} renderedAt={renderedAt} />}
      <FleetWarnings fleet={fleet} />
      {!isListOnly && <FleetCounters fleet={fleet} params={params} stale={stale} />}
      {!isListOnly && <FleetToolbar params={params} matching={data.matching} fleet={fleet} layout={layout} />}
      {stores.length === 0 ? (
        <EmptyState title="No matching stores">
          <p>{noMatchText(params)}</p>
          <Link
            href={fleetHref({ ...fleetDefaults, zone: params.zone, isZoneNamed: params.isZoneNamed })}
            className={buttonClass()}
          >
            Show all stores
          </Link>
        </EmptyState>
      ) : (
        <>
          <StoreTable {...rowProps} params={params} />
          <FleetPaging list={data} params={params} />
        </>
      )}
      {selection.ids.size > 0 && (
        <SelectionBar
          // "All that match" holds for one filter only.
          key={JSON.stringify(filtersOf(params))}
          selection={selection}
          params={params}
          matching={data.matching}
          canChange={canChange}
          canGrant={canGrant}
          asOf={asOf}
          clock={clock}
        />
      )}
      {!isListOnly && fleet.newest_poll_at !== null && (
        <div className={clsx("mt-5 grid gap-3", hasHours && "lg:grid-cols-[18rem_minmax(0,1fr)]")}>
          <FleetUptime fleet={fleet} isFiltered={isFiltered(params)} isWide={!hasHours} />
          {hasHours && <FleetHoursPanel fleet={fleet} asOf={asOf} clock={clock} />}
        </div>
      )}
      {helping && (
        <KeyboardHelp
          onClose={() => {
            setHelping(false);
          }}
        />
      )}
    </div>
  );
}
