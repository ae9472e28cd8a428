"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { buttonClass } from "@/components/ui/button";
import { useNow } from "@/components/ui/clock";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorView } from "@/components/ui/error-view";
import { Instant } from "@/components/ui/instant";
import { AddressNotices } from "@/components/ui/notice";
import { fleetHref, fleetDefaults, toStoreListQuery, type FleetParams } from "@/lib/client/page-params";
import { storeQueries } from "@/lib/client/store-queries";
import { formatDuration } from "@/lib/format/duration";
import { fullTime } from "@/lib/format/zoned-time";
import { DataAgeBanner } from "./data-age-banner";
import { FleetCounters } from "./fleet-counters";
import { FleetPaging } from "./fleet-paging";
import { FleetSkeleton } from "./fleet-skeleton";
import { FleetToolbar } from "./fleet-toolbar";
import { FleetUptime } from "./fleet-uptime";
import { isStale, stateWords } from "./state-words";
import { StoreCards } from "./store-cards";
import { StoreTable } from "./store-table";

interface FleetViewProps {
  readonly params: FleetParams;
  readonly notices: readonly string[];
  readonly renderedAt: number;
}

const importCommand = "npm run import -- --polls polls.csv --hours hours.csv --timezones timezones.csv";

function Heading({ asOf, now }: { asOf: string | null; now: number }) {
  return (
    <div className="mb-4 flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1">
      <h1 className="text-xl font-semibold tracking-tight">Stores</h1>
      {asOf !== null && (
        <p className="text-muted">
          As of <Instant at={asOf}>{`${fullTime(asOf, "UTC")} UTC`}</Instant>,{" "}
          {formatDuration(Math.max(0, now - Date.parse(asOf)))} ago
        </p>
      )}
    </div>
  );
}

function nothingMatches({ q, state }: FleetParams): string {
  const named = q === "" ? "" : ` with “${q}” in its id or name`;
  return state === null ? `There is no store${named}.` : `No store${named} is in the state “${stateWords[state]}”.`;
}

/** The fleet: how it stands, and its stores, worst first. */
export function FleetView({ params, notices, renderedAt }: FleetViewProps) {
  const now = useNow(renderedAt);
  const { data, error, refetch } = useQuery(storeQueries.list(toStoreListQuery(params)));

  if (!data) {
    return (
      <>
        <Heading asOf={null} now={now} />
        {error ? (
          <ErrorView title="The stores could not be loaded" error={error} onRetry={() => void refetch()} />
        ) : (
          <FleetSkeleton />
        )}
      </>
    );
  }

  const { as_of: asOf, counts, fleet, stores } = data;
  if (asOf === null) {
    return (
      <>
        <Heading asOf={null} now={now} />
        <EmptyState title="No figures yet">
          <p role="status">
            If checks have just been imported, the first figures of the fleet are being computed; this page shows them
            by itself within a few seconds.
          </p>
          <p>To import checks, business hours and time zones, run in the project’s folder:</p>
          <pre className="border-line bg-sunken text-ink rounded-md border p-3 text-left font-mono text-xs break-words whitespace-pre-wrap">
            {importCommand}
          </pre>
        </EmptyState>
      </>
    );
  }

  const stale = isStale(asOf, now);
  return (
    <>
      <Heading asOf={asOf} now={now} />
      <AddressNotices notices={notices} />
      <DataAgeBanner asOf={asOf} asOfText={`${fullTime(asOf, "UTC")} UTC`} renderedAt={renderedAt} />
      <FleetCounters counts={counts} params={params} stale={stale} />
      {fleet && <FleetUptime fleet={fleet} />}
      <div className="mt-5 mb-3 flex flex-wrap items-center justify-between gap-3">
        <FleetToolbar params={params} />
        <p role="status" className="text-muted">
          {data.matching === 1 ? "1 store" : `${data.matching.toLocaleString("en-US")} stores`}
        </p>
      </div>
      {stores.length === 0 ? (
        <EmptyState title="No store matches">
          <p>{nothingMatches(params)}</p>
          <Link href={fleetHref(fleetDefaults)} className={buttonClass()}>
            Show all stores
          </Link>
        </EmptyState>
      ) : (
        <>
          <StoreTable stores={stores} asOf={asOf} params={params} stale={stale} />
          <StoreCards stores={stores} asOf={asOf} stale={stale} />
          <FleetPaging list={data} params={params} />
        </>
      )}
    </>
  );
}
