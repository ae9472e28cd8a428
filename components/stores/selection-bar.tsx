"use client";

import { useMutation } from "@tanstack/react-query";
import { Download } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { useTriggerReport } from "@/components/reports/use-trigger-report";
import { Button, buttonClass } from "@/components/ui/button";
import { saveFile } from "@/components/ui/save-file";
import { selectedCsvQuery } from "@/lib/client/store-csv-query";
import { fleetCsvHref, type FleetParams } from "@/lib/client/page-params";
import { filtersOf, isFiltered } from "@/lib/client/store-filters";
import { localDate, type Clock } from "@/lib/format/zoned-time";
import { BulkDialog } from "./bulk/bulk-dialog";
import { storesText } from "./bulk/bulk-action";
import type { Selection } from "./use-selection";

interface SelectionBarProps {
  readonly selection: Selection;
  readonly params: FleetParams;
  /** How many stores match the filters. */
  readonly matching: number;
  /** Whether the reader may change stores. */
  readonly canChange: boolean;
  /** Whether the reader may change what others see. */
  readonly canGrant: boolean;
  /** Of the newest data. */
  readonly asOf: string;
  readonly clock: Clock;
}

/** What can be done with the selected stores, or with all that match. Stays at the foot of the window. */
export function SelectionBar({ selection, params, matching, canChange, canGrant, asOf, clock }: SelectionBarProps) {
  const router = useRouter();
  const [isAll, setAll] = useState(false);
  const [isChanging, setChanging] = useState(false);
  const { trigger, isPending, error } = useTriggerReport(({ id }) => {
    router.push(`/reports/${String(id)}`);
  });
  const csv = useMutation({
    ...selectedCsvQuery(),
    onSuccess: ({ blob, name }) => {
      saveFile(blob, name ?? "stores.csv");
    },
  });
  const { size } = selection.ids;
  // A filter without a condition would be the whole fleet, which is not changed by accident.
  const all = isAll && isFiltered(params);
  const count = all ? matching : size;
  return (
    <div
      role="region"
      aria-label="Selected stores"
      className="border-line-strong bg-panel rounded-panel sticky bottom-3 z-10 mx-auto mt-4 flex w-fit max-w-full flex-wrap items-center gap-3 border py-2 pr-2 pl-4 shadow-lg"
    >
      <p role="status" className="font-medium">
        {storesText(count)} selected
      </p>
      <div className="flex flex-wrap gap-2">
        <Button
          onClick={() => {
            setAll(false);
            selection.clear();
          }}
        >
          Clear
        </Button>
        {isFiltered(params) && (all || matching > size) && (
          <Button
            onClick={() => {
              setAll(!isAll);
            }}
          >
            {all
              ? `Only the ${size === 1 ? "" : `${size.toLocaleString("en-US")} `}selected ${size === 1 ? "store" : "stores"}`
              : `Select all ${storesText(matching)} that match`}
          </Button>
        )}
        {canChange && (
          <Button
            onClick={() => {
              setChanging(true);
            }}
          >
            Change…
          </Button>
        )}
        {all ? (
          <a href={fleetCsvHref(params)} download className={buttonClass()}>
            <Download aria-hidden className="size-4" />
            Download CSV
          </a>
        ) : (
          <Button
            aria-disabled={csv.isPending}
            onClick={() => {
              if (!csv.isPending) csv.mutate({ store_ids: [...selection.ids], sort: params.sort });
            }}
          >
            <Download aria-hidden className="size-4" />
            {csv.isPending ? "Downloading…" : "Download CSV"}
          </Button>
        )}
        <Button
          look="primary"
          aria-disabled={isPending}
          onClick={() => {
            const which = all ? { filter: filtersOf(params) } : { store_ids: [...selection.ids] };
            trigger({ ...which, method: "interpolated" });
          }}
        >
          {isPending ? "Creating…" : "Create report"}
        </Button>
      </div>
      {error && (
        <p role="alert" className="text-down-ink w-full">
          Couldn’t create the report: {error.message}
        </p>
      )}
      {csv.error && (
        <p role="alert" className="text-down-ink w-full">
          Couldn’t download the CSV: {csv.error.message}
        </p>
      )}
      {isChanging && (
        <BulkDialog
          stores={all ? { filter: filtersOf(params) } : { store_ids: [...selection.ids] }}
          count={count}
          today={localDate(asOf, clock)}
          canGrant={canGrant}
          onClose={() => {
            setChanging(false);
          }}
        />
      )}
    </div>
  );
}
