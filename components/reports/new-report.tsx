"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { StoreField } from "@/components/stores/store-field";
import { Button } from "@/components/ui/button";
import { ErrorView } from "@/components/ui/error-view";
import { Panel } from "@/components/ui/panel";
import type { CreateReport } from "@/lib/contract/reports";
import type { Method } from "@/lib/uptime/types";
import { MethodSelect } from "./method-select";
import { reportRequest, type Scope } from "./report-request";
import { useTriggerReport } from "./use-trigger-report";

const field = "border-line-strong bg-panel h-9 w-full min-w-0 rounded-md border px-2 text-sm";
const label = "text-muted mb-1 block text-xs";

const scopeChoices: readonly (readonly [Scope, string])[] = [
  ["fleet", "Whole fleet"],
  ["stores", "Selected stores"],
  ["store", "One store"],
];

/** Asks for a report and goes to it. What was typed stays where it is refused. */
export function NewReport() {
  const router = useRouter();
  const [scope, setScope] = useState<Scope>("fleet");
  const [ids, setIds] = useState("");
  const [asOf, setAsOf] = useState("");
  const [method, setMethod] = useState<Method>("interpolated");
  const [fault, setFault] = useState<string | null>(null);
  const { trigger, isPending, error } = useTriggerReport((report) => {
    router.push(`/reports/${String(report.id)}`);
  });
  const create = () => {
    const request: CreateReport | string = reportRequest({ scope, ids, asOf, method });
    setFault(typeof request === "string" ? request : null);
    if (typeof request !== "string") trigger(request);
  };
  return (
    <Panel title="New report" id="new-report" className="mb-3">
      <form
        noValidate
        className="grid items-end gap-3 sm:grid-cols-2 lg:grid-cols-[11rem_minmax(0,1fr)_13rem_13rem_auto]"
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
        <div>
          <label htmlFor="report-stores" className={label}>
            {scope === "fleet" ? "Stores" : scope === "store" ? "Store" : "Stores, up to 10,000"}
          </label>
          {scope === "fleet" ? (
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
