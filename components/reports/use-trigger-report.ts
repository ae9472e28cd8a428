"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRef } from "react";
import { reportQueries } from "@/lib/client/report-queries";
import type { CreateReport, Report } from "@/lib/contract/reports";

/**
 * Asks for a report. While one request is on its way another is not sent: a double click makes one report.
 * @param onCreated is told the report as soon as it is queued
 */
export function useTriggerReport(onCreated: (report: Report) => void) {
  const queryClient = useQueryClient();
  const onItsWay = useRef(false);
  const mutation = useMutation({
    ...reportQueries.create(),
    onSuccess: (report) => {
      queryClient.setQueryData(reportQueries.one(report.id).queryKey, report);
      void queryClient.invalidateQueries({ queryKey: reportQueries.lists() });
      onCreated(report);
    },
    onSettled: () => {
      onItsWay.current = false;
    },
  });
  const trigger = (body: CreateReport) => {
    if (onItsWay.current) return;
    onItsWay.current = true;
    mutation.mutate(body);
  };
  return { trigger, isPending: mutation.isPending, error: mutation.error };
}
