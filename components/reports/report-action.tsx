"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { Button } from "@/components/ui/button";
import { isUnfinished, reportQueries } from "@/lib/client/report-queries";
import type { Report } from "@/lib/contract/reports";
import { useRetryReport } from "./use-trigger-report";

interface ReportActionProps {
  readonly report: Report;
  /** In a list. */
  readonly small?: boolean;
}

/**
 * What can be done about a report that is not complete: cancel it while it is under way, ask once more for one that
 * failed. One button for both, so that the keyboard's focus outlives the change.
 */
export function ReportAction({ report, small = false }: ReportActionProps) {
  const router = useRouter();
  const queryClient = useQueryClient();
  const cancel = useMutation({
    ...reportQueries.cancel(),
    onSuccess: (after) => {
      queryClient.setQueryData(reportQueries.one(after.id).queryKey, after);
    },
    onSettled: () => queryClient.invalidateQueries({ queryKey: reportQueries.all() }),
  });
  const retry = useRetryReport(({ id }) => {
    router.push(`/reports/${String(id)}`);
  });
  if (report.state === "complete") return null;
  const cancels = isUnfinished(report);
  const busy = cancel.isPending || retry.isPending;
  const error = cancels ? cancel.error : retry.error;
  return (
    <>
      <Button
        look={cancels || small ? "secondary" : "primary"}
        aria-disabled={busy}
        aria-label={small ? `${cancels ? "Cancel" : "Try again"}: report ${String(report.id)}` : undefined}
        className={small ? "h-7 px-2 text-xs" : undefined}
        onClick={() => {
          if (busy) return;
          if (cancels) cancel.mutate(report.id);
          else retry.trigger(report.id);
        }}
      >
        {cancels ? "Cancel" : "Try again"}
      </Button>
      {error && (
        <span role="alert" className="text-down-ink block max-w-60 whitespace-normal">
          {error.message}
        </span>
      )}
    </>
  );
}
