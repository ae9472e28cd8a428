"use client";

import clsx from "clsx";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { StoreField } from "@/components/stores/store-field";
import { Button } from "@/components/ui/button";
import { ErrorView } from "@/components/ui/error-view";
import { Panel } from "@/components/ui/panel";
import { noFilters, type StoreFilters } from "@/lib/client/store-filters";
import type { CreateReport } from "@/lib/contract/reports";
import type { Method } from "@/lib/uptime/types";
import { MethodSelect } from "./method-select";
import { MatchingStores, ReportFilter } from "./report-filter";
import { reportRequest, type Scope } from "./report-request";
import { useTriggerReport } from "./use-trigger-report";

const field = "border-line-strong bg-panel h-9 w-full min-w-0 rounded-md border px-2 text-sm";
const label = "text-muted mb-1 block text-xs";

const scopeChoices: readonly (readonly [Scope, string])[] = [
  ["fleet", "Whole fleet"],
  ["filter", "Stores by filter"],
  ["stores", "Selected stores"],
  ["store", "One store"],
];

const storesLabel: Record<Scope, string> = {
  fleet: "Stores",
  filter: "Stores",
  stores: "Stores, up to 10,000",
  store: "Store",
};

/**
 * Asks for a report and goes to it. What was typed stays where it is refused.
 * @param initialFilters of the stores that the report is about at first; null: the whole fleet
 */
export function NewReport({ initialFilters }: { initialFilters: StoreFilters | null }) {
  const router = useRouter();
  const [scope, setScope] = useState<Scope>(initialFilters === null ? "fleet" : "filter");
  const [filters, setFilters] = useState(initialFilters ?? noFilters);
  const [ids, setIds] = useState("");
  const [asOf, setAsOf] = useState("");
  const [method, setMethod] = useState<Method>("interpolated");
  const [fault, setFault] = useState<string | null>(null);
  const { trigger, isPending, error } = useTriggerReport((report) => {
    router.push(`/reports/${String(report.id)}`);
  });
  const create = () => {
    const request: CreateReport | string = reportRequest({ scope, ids, filters, asOf, method });
    setFault(typeof request === "string" ? request : null);
    if (typeof request !== "string") trigger(request);
  };
  return (
    <Panel title="New report" id="new-report" className="mb-3">
      <form
        noValidate
        className={clsx(
          "grid items-end gap-3 sm:grid-cols-2",
          scope === "filter"
            ? "lg:grid-cols-[13rem_13rem_auto_minmax(0,1fr)]"
            : "lg:grid-cols-[11rem_minmax(0,1fr)_13rem_13rem_auto]",
        )}
        onSubmit={(event) => {
          event.preventDefault();
          create();
        }}
      >
        <div>
          <label htmlFor="report-scope" className={label}>
            Scope
          </label>
          <select
            id="report-scope"
            value={scope}
            onChange={(event) => {
              const chosen = scopeChoices.find(([name]) => name === event.target.value);
              setScope(chosen?.[0] ?? scope);
              setFault(null);
            }}
            className={field}
          >
            {scopeChoices.map(([name, word]) => (
              <option key={name} value={name}>
                {word}
              </option>
            ))}
          </select>
        </div>
        <div className={clsx(scope === "filter" && "lg:col-span-3")}>
          {scope === "filter" ? (
            <span className={label}>{storesLabel[scope]}</span>
          ) : (
            <label htmlFor="report-stores" className={label}>
              {storesLabel[scope]}
            </label>
          )}
          {scope === "filter" ? (
            <MatchingStores filters={filters} />
          ) : scope === "fleet" ? (
            <input id="report-stores" disabled placeholder="All stores" className={`${field} disabled:bg-sunken`} />
          ) : (
            <StoreField
              key={scope}
              several={scope === "stores"}
              id="report-stores"
              value={ids}
              onChange={setIds}
              aria-invalid={fault !== null}
              aria-describedby="report-fault"
              placeholder={scope === "stores" ? "Names to search, or IDs to paste" : "Name or ID"}
            />
          )}
        </div>
        {scope === "filter" && (
          <ReportFilter
            filters={filters}
            onChange={(changed) => {
              setFilters(changed);
              setFault(null);
            }}
          />
        )}
        <div>
          <label htmlFor="report-as-of" className={label}>
            As of (UTC, default: latest)
          </label>
          <input
            id="report-as-of"
            type="datetime-local"
            value={asOf}
            onChange={(event) => {
              setAsOf(event.target.value);
            }}
            className={field}
          />
        </div>
        <div>
          <label htmlFor="report-method" className={label}>
            Method
          </label>
          <div className="flex">
            <MethodSelect id="report-method" value={method} onChange={setMethod} />
          </div>
        </div>
        <Button look="primary" type="submit" aria-disabled={isPending}>
          {isPending ? "Creating…" : "Create report"}
        </Button>
      </form>
      <p id="report-fault" role="alert" className={fault === null ? "sr-only" : "text-down-ink mt-2"}>
        {fault}
      </p>
      {error && (
        <div className="mt-3">
          <ErrorView title="Couldn’t create the report" error={error} onRetry={create} />
        </div>
      )}
    </Panel>
  );
}
