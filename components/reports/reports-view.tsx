"use client";

import { useQuery } from "@tanstack/react-query";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorView } from "@/components/ui/error-view";
import { reportQueries } from "@/lib/client/report-queries";
import { NewFleetReport } from "./new-fleet-report";
import { ReportTable } from "./report-table";

/** Every report that somebody asked for, and a new one of the fleet. */
export function ReportsView() {
  const { data, error, refetch } = useQuery(reportQueries.list());
  return (
    <>
      <div className="mb-4 flex flex-wrap items-center justify-between gap-3">
        <h1 className="text-xl font-semibold tracking-tight">Reports</h1>
        <NewFleetReport />
      </div>
      {data ? (
        data.reports.length === 0 ? (
          <EmptyState title="No reports yet">
            <p>
              A report holds uptime and down time over the last hour, day and week, a row a store. Create one of the
              whole fleet above, or one of a single store on its page.
            </p>
          </EmptyState>
        ) : (
          <ReportTable reports={data.reports} />
        )
      ) : error ? (
        <ErrorView title="The reports could not be loaded" error={error} onRetry={() => void refetch()} />
      ) : (
        <div className="skeleton h-96" />
      )}
    </>
  );
}
