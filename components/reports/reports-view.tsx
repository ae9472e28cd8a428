"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { buttonClass } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorView } from "@/components/ui/error-view";
import { AddressNotices } from "@/components/ui/notice";
import { RefreshNotice } from "@/components/ui/refresh-notice";
import { reportsHref } from "@/lib/client/page-params";
import type { StoreFilters } from "@/lib/client/store-filters";
import { reportQueries } from "@/lib/client/report-queries";
import { NewReport } from "./new-report";
import { ReportCards } from "./report-cards";
import { ReportTable } from "./report-table";

/** The list while it is on its way. */
function ReportsSkeleton() {
  return (
    <div aria-busy="true">
      <p role="status" className="sr-only">
        Loading reports
      </p>
      <div className="skeleton h-96" />
    </div>
  );
}

interface ReportsViewProps {
  readonly cursor: string | null;
  readonly notices: readonly string[];
  /** Of the stores that a new report is about; null: the whole fleet. */
  readonly filters: StoreFilters | null;
}

/** The requested reports, and a form for a new one. */
export function ReportsView({ cursor, notices, filters }: ReportsViewProps) {
  const query = useQuery(reportQueries.list(cursor));
  const { data, error, refetch } = query;
  return (
    <>
      <h1 className="mb-4 text-xl font-semibold tracking-tight">Reports</h1>
      <AddressNotices notices={notices} />
      <RefreshNotice queries={[query]} />
      <NewReport key={JSON.stringify(filters)} initialFilters={filters} />
      {data ? (
        data.reports.length === 0 ? (
          <EmptyState title="No reports yet">
            <p>
              A report contains uptime and downtime for the last hour, day and week, one row per store. Create one
              above. Reports are empty until you{" "}
              <Link href="/imports" className="text-accent underline">
                import data
              </Link>
              .
            </p>
          </EmptyState>
        ) : (
          <>
            <ReportTable reports={data.reports} />
            <ReportCards reports={data.reports} />
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
        <ErrorView title="Couldn’t load reports" error={error} onRetry={() => void refetch()} />
      ) : (
        <ReportsSkeleton />
      )}
    </>
  );
}
