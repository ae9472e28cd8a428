"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { AsyncPanel } from "@/components/ui/async-panel";
import { Button } from "@/components/ui/button";
import { Instant } from "@/components/ui/instant";
import { Panel } from "@/components/ui/panel";
import { storeQueries } from "@/lib/client/store-queries";
import type { StoreIncidents } from "@/lib/contract/store-history";
import { formatOpenTime } from "@/lib/format/duration";
import { incidentBounds, incidentTime } from "./incident-words";

const shownAtFirst = 5;

function Incidents({ data }: { data: StoreIncidents }) {
  const [all, setAll] = useState(false);
  const { incidents, total, time_zone: zone, as_of: asOf } = data;
  if (incidents.length === 0) {
    return <p className="text-muted">No check found this store offline in its business hours in the last 7 days.</p>;
  }
  return (
    <>
      <ul className="divide-line -my-2 divide-y">
        {incidents.slice(0, all ? undefined : shownAtFirst).map((incident) => (
          <li key={incident.start} className="py-2">
            <p className="flex flex-wrap items-baseline justify-between gap-x-3">
              <span className="font-medium">
                <Instant at={incident.start}>{incidentTime(incident, asOf, zone)}</Instant>
                {incident.ongoing && (
                  <span className="bg-down-soft text-down-ink border-down ml-2 rounded-full border px-2 text-xs">
                    Ongoing
                  </span>
                )}
              </span>
              <span>{formatOpenTime(incident.down_ms)} down</span>
            </p>
            <p className="text-muted text-xs text-pretty">{incidentBounds(incident, asOf, zone)}</p>
          </li>
        ))}
      </ul>
      {total > shownAtFirst && (
        <Button
          className="mt-4"
          aria-expanded={all}
          onClick={() => {
            setAll(!all);
          }}
        >
          {all ? "Show the newest only" : `Show all ${String(incidents.length)}`}
        </Button>
      )}
    </>
  );
}

/** When the store was down in the last seven days, newest first, with how well that is known. */
export function IncidentsPanel({ storeId }: { storeId: string }) {
  const query = useQuery(storeQueries.incidents(storeId));
  return (
    <Panel title="Incidents of the last 7 days" id="incidents">
      <AsyncPanel what="The incidents" query={query} height="h-60">
        {(data) => <Incidents data={data} />}
      </AsyncPanel>
    </Panel>
  );
}
