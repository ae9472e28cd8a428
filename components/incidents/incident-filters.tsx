"use client";

import { useQuery } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useTransition } from "react";
import { FleetSearch } from "@/components/stores/fleet-search";
import { LabelSelect, selectClass } from "@/components/stores/label-select";
import { stateText } from "@/components/stores/state-text";
import { buttonClass } from "@/components/ui/button";
import { changedIncidentsHref, incidentDefaults, type IncidentParams } from "@/lib/client/incident-params";
import { storeQueries } from "@/lib/client/store-queries";
import { incidentSorts, listedStates, oneOf, storeStates } from "@/lib/contract/enums";

const sortText = { start: "Newest first", down: "Longest downtime first" } as const;

/** Search, filters and order of the incidents. All of them are parameters of the address. */
export function IncidentFilters({ params }: { params: IncidentParams }) {
  const router = useRouter();
  const [isPending, startTransition] = useTransition();
  const { data: labels } = useQuery(storeQueries.labels());
  // An address may name a state that is not offered.
  const states = listedStates.filter((state) => state === params.state || oneOf(storeStates, state) !== null);
  const go = (change: Parameters<typeof changedIncidentsHref>[1]) => {
    startTransition(() => {
      router.push(changedIncidentsHref(params, change), { scroll: false });
    });
  };
  return (
    <form
      action="/incidents"
      role="search"
      aria-label="Incidents"
      className="mb-3 flex flex-wrap items-center gap-2"
      onSubmit={(event) => {
        event.preventDefault();
      }}
    >
      {params.window !== incidentDefaults.window && <input type="hidden" name="window" value={params.window} />}
      <FleetSearch params={params} hrefOf={changedIncidentsHref} hasKey={false} />
      <select
        aria-label="Current store state"
        name="state"
        value={params.state ?? ""}
        onChange={({ target }) => {
          go({ state: oneOf(listedStates, target.value) });
        }}
        className={`${selectClass} max-sm:flex-1 max-sm:basis-2/5`}
      >
        <option value="">Stores in any state</option>
        {states.map((state) => (
          <option key={state} value={state}>
            Now {stateText[state].toLowerCase()}
          </option>
        ))}
      </select>
      <LabelSelect
        name="brand"
        labels={labels?.brands ?? []}
        value={params.brand}
        onChange={(brand) => {
          go({ brand });
        }}
      />
      <LabelSelect
        name="group"
        labels={labels?.groups ?? []}
        value={params.group}
        onChange={(group) => {
          go({ group });
        }}
      />
      <LabelSelect
        name="tag"
        labels={labels?.tags ?? []}
        value={params.tag}
        onChange={(tag) => {
          go({ tag });
        }}
      />
      <LabelSelect
        name="time_zone"
        labels={[]}
        value={params.storeZone}
        onChange={(storeZone) => {
          go({ storeZone });
        }}
      />
      <select
        aria-label="Sort by"
        name="sort"
        value={params.sort}
        onChange={({ target }) => {
          go({ sort: oneOf(incidentSorts, target.value) ?? incidentDefaults.sort });
        }}
        className={`${selectClass} max-sm:flex-1 max-sm:basis-2/5`}
      >
        {incidentSorts.map((sort) => (
          <option key={sort} value={sort}>
            {sortText[sort]}
          </option>
        ))}
      </select>
      <noscript>
        <button type="submit" className={buttonClass()}>
          Search
        </button>
      </noscript>
      <span role="status" className="text-muted text-xs">
        {isPending ? "Searching…" : ""}
      </span>
    </form>
  );
}
