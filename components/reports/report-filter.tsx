"use client";

import { useQuery } from "@tanstack/react-query";
import { LabelSelect, selectClass } from "@/components/stores/label-select";
import { presetText } from "./report-text";
import { useSettled } from "@/components/stores/edit/use-settled";
import { stateText } from "@/components/stores/state-text";
import { filtersOf, isFiltered, type StoreFilters } from "@/lib/client/store-filters";
import { storeQueries } from "@/lib/client/store-queries";
import { listedStates, oneOf, storePresets } from "@/lib/contract/enums";

interface ReportFilterProps {
  readonly filters: StoreFilters;
  readonly onChange: (filters: StoreFilters) => void;
}

/** Which stores a report is about, by what they have in common, and how many match. */
export function ReportFilter({ filters, onChange }: ReportFilterProps) {
  const { data: labels } = useQuery(storeQueries.labels());
  const { data: zones } = useQuery(storeQueries.rollups("time_zone"));
  const zoneLabels = zones?.rollups.flatMap(({ label, stores }) => (label === null ? [] : [{ label, stores }])) ?? [];
  const selectLook = `${selectClass} max-sm:flex-1 max-sm:basis-2/5`;
  const change = (part: Partial<StoreFilters>) => {
    onChange({ ...filters, ...part });
  };
  return (
    <div className="col-span-full flex flex-wrap items-center gap-2">
      <input
        type="search"
        aria-label="Search stores by ID or name"
        placeholder="Search ID or name"
        value={filters.q}
        maxLength={100}
        autoComplete="off"
        spellCheck={false}
        className={`${selectClass} w-full sm:w-56`}
        onChange={({ target }) => {
          change({ q: target.value });
        }}
      />
      <select
        aria-label="State now"
        value={filters.state ?? ""}
        className={selectLook}
        onChange={({ target }) => {
          change({ state: oneOf(listedStates, target.value) });
        }}
      >
        <option value="">Any state</option>
        {listedStates.map((state) => (
          <option key={state} value={state}>
            Now {stateText[state].toLowerCase()}
          </option>
        ))}
      </select>
      <select
        aria-label="Condition"
        value={filters.preset ?? ""}
        className={selectLook}
        onChange={({ target }) => {
          change({ preset: oneOf(storePresets, target.value) });
        }}
      >
        <option value="">Any condition</option>
        {storePresets.map((preset) => (
          <option key={preset} value={preset}>
            {presetText[preset]}
          </option>
        ))}
      </select>
      <LabelSelect
        name="brand"
        labels={labels?.brands ?? []}
        value={filters.brand}
        onChange={(brand) => {
          change({ brand });
        }}
      />
      <LabelSelect
        name="group"
        labels={labels?.groups ?? []}
        value={filters.group}
        onChange={(group) => {
          change({ group });
        }}
      />
      <LabelSelect
        name="tag"
        labels={labels?.tags ?? []}
        value={filters.tag}
        onChange={(tag) => {
          change({ tag });
        }}
      />
      <LabelSelect
        name="time_zone"
        labels={zoneLabels}
        value={filters.storeZone}
        onChange={(storeZone) => {
          change({ storeZone });
        }}
      />
    </div>
  );
}

/** "12 stores match"; what to do where nothing is chosen. */
export function MatchingStores({ filters }: { filters: StoreFilters }) {
  const given = { ...filters, q: filters.q.trim() };
  const text = isFiltered(given) ? JSON.stringify(filtersOf(given)) : null;
  const settled = useSettled(text);
  const query = settled === null ? {} : (JSON.parse(settled) as ReturnType<typeof filtersOf>);
  const { data, isPlaceholderData } = useQuery({
    ...storeQueries.list({ ...query, limit: 1, sort: "store_id" }),
    enabled: text !== null && settled !== null,
  });
  const matching = settled !== text || isPlaceholderData ? undefined : data?.matching;
  return (
    <p id="report-stores" role="status" className="text-muted flex h-9 items-center">
      {text === null && "Choose at least one filter"}
      {matching === 1 && "1 store matches"}
      {matching !== undefined && matching !== 1 && `${matching.toLocaleString("en-US")} stores match`}
    </p>
  );
}
