"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { buttonClass } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorView } from "@/components/ui/error-view";
import { AddressNotices } from "@/components/ui/notice";
import { reportsHref } from "@/lib/client/page-params";
import { reportQueries } from "@/lib/client/report-queries";
import { NewFleetReport } from "./new-fleet-report";
import { ReportTable } from "./report-table";

/** Every report that somebody asked for, and a new one of the fleet. */
export function ReportsView({ cursor, notices }: { cursor: string | null; notices: readonly string[] }) {
  const { data, error, refetch } = useQuery(reportQueries.list(cursor));
  return (
    <>
      <div className="mb-4 flex flex-wrap items-center justify-between gap-3">
        <h1 className="text-xl font-semibold tracking-tight">Reports</h1>
        <NewFleetReport />
      </div>
      <AddressNotices notices={notices} />
      {data ? (
        data.reports.length === 0 ? (
          <EmptyState title="No reports yet">
            <p>
              A report holds uptime and down time over the last hour, day and week, a row a store. Create one of the
              whole fleet above, or one of a single store on its page.
            </p>
          </EmptyState>
        ) : (
          <>
            <ReportTable reports={data.reports} />
            <nav aria-label="Pages" className="mt-3 flex justify-end gap-2">
              {cursor !== null && (
                <Link href="/reports" className={buttonClass()}>
                  Newest reports
                </Link>
              )}
              {data.next_cursor !== null && (
                <Link href={reportsHref(data.next_cursor)} className={buttonClass()}>
                  Older reports
                </Link>
              )}
            </nav>
          </>
        )
      ) : error ? (
        <ErrorView title="The reports could not be loaded" error={error} onRetry={() => void refetch()} />
      ) : (
        <div className="skeleton h-96" />
      )}
    </>
  );
}
