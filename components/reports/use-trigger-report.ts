"use client";

import { useMutation, useQueryClient, type UseMutationOptions } from "@tanstack/react-query";
import { useRef } from "react";
import { reportQueries } from "@/lib/client/report-queries";
import type { Report } from "@/lib/contract/reports";

/** While one request is on its way another is not sent: a double click makes one report. */
function useQueuedReport<Input>(options: UseMutationOptions<Report, Error, Input>, onQueued: (report: Report) => void) {
  const queryClient = useQueryClient();
  const onItsWay = useRef(false);
  const mutation = useMutation({
    ...options,
    onSuccess: (report) => {
      queryClient.setQueryData(reportQueries.one(report.id).queryKey, report);
      void queryClient.invalidateQueries({ queryKey: reportQueries.lists() });
      onQueued(report);
    },
    onSettled: () => {
      onItsWay.current = false;
    },
  });
  const trigger = (input: Input) => {
    if (onItsWay.current) return;
    onItsWay.current = true;
    mutation.mutate(input);
  };
  return { trigger, isPending: mutation.isPending, error: mutation.error };
}

/** Asks for a report. @param onQueued is told the report as soon as it is queued */
export function useTriggerReport(onQueued: (report: Report) => void) {
  return useQueuedReport(reportQueries.create(), onQueued);
}

/** Asks once more for a report, by its id. @param onQueued is told the new one as soon as it is queued */
export function useRetryReport(onQueued: (report: Report) => void) {
  return useQueuedReport(reportQueries.retry(), onQueued);
}
