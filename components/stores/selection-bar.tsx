"use client";

import { useRouter } from "next/navigation";
import { useTriggerReport } from "@/components/reports/use-trigger-report";
import { Button } from "@/components/ui/button";
import type { Selection } from "./use-selection";

/** What can be done with the selected stores: a report of them. Stays at the foot of the window. */
export function SelectionBar({ selection }: { selection: Selection }) {
  const router = useRouter();
  const { trigger, isPending, error } = useTriggerReport(({ id }) => {
    router.push(`/reports/${String(id)}`);
  });
  const { size } = selection.ids;
  return (
    <div
      role="region"
      aria-label="Selected stores"
      className="border-line-strong bg-panel rounded-panel sticky bottom-3 z-10 mx-auto mt-4 flex w-fit max-w-full flex-wrap items-center gap-3 border py-2 pr-2 pl-4 shadow-lg"
    >
      <p role="status" className="font-medium">
        {size === 1 ? "1 store selected" : `${size.toLocaleString("en-US")} stores selected`}
      </p>
      <div className="flex gap-2">
        <Button onClick={selection.clear}>Clear</Button>
        <Button
          look="primary"
          aria-disabled={isPending}
          onClick={() => {
            trigger({ store_ids: [...selection.ids], method: "interpolated" });
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
    </div>
  );
}
