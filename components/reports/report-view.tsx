"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import type { ReactNode } from "react";
import { BackLink } from "@/components/ui/back-link";
import { CopyButton } from "@/components/ui/copy-button";
import { ErrorView } from "@/components/ui/error-view";
import { UtcInstant } from "@/components/ui/instant";
import { AddressNotices } from "@/components/ui/notice";
import { Panel } from "@/components/ui/panel";
import { RefreshNotice } from "@/components/ui/refresh-notice";
import { reportQueries } from "@/lib/client/report-queries";
import type { WindowName } from "@/lib/uptime/types";
import { ReportAction } from "./report-action";
import { ReportDownloads } from "./report-downloads";
import { ReportProgress } from "./report-progress";
import { ReportState } from "./report-state";
import { ReportSummary } from "./report-summary";
import { curlCommand, methodText, requesterText, rowsText, scopeText, tookText } from "./report-text";

function Fact({ word, children }: { word: string; children: ReactNode }) {
  return (
    <div className="border-line flex justify-between gap-4 border-t py-2 first:border-t-0">
      <dt className="text-muted shrink-0">{word}</dt>
      <dd className="min-w-0 text-right wrap-anywhere">{children}</dd>
    </div>
  );
}

function Moment({ at }: { at: string | null }) {
  return at === null ? "—" : <UtcInstant at={at} />;
}

interface ReportViewProps {
  readonly reportId: number;
  /** Whose spread and worst stores are shown. */
  readonly window: WindowName;
  readonly notices: readonly string[];
}

/** One report: how far it is, what it is of, what it says in short, and its files. */
export function ReportView({ reportId, window: shown, notices }: ReportViewProps) {
  const query = useQuery(reportQueries.one(reportId));
  const { data: report, error, refetch } = query;
  if (!report) {
    return error ? (
      <ErrorView title="Couldn’t load this report" error={error} onRetry={() => void refetch()} />
    ) : (
      <div className="skeleton h-96 max-w-2xl" />
    );
  }
  return (
    <>
      <BackLink href="/reports" label="All reports" />
      <div className="mb-4 flex flex-wrap items-center gap-3">
        <h1 className="text-xl font-semibold tracking-tight">Report {report.id}</h1>
        <ReportState report={report} />
      </div>
      <AddressNotices notices={notices} />
      <RefreshNotice queries={[query]} />
      <div className="grid items-start gap-3 lg:grid-cols-[22rem_minmax(0,1fr)]">
        <Panel title={scopeText(report)} id="report">
          <ReportProgress report={report} />
          <dl className="mt-1">
            {report.store_id !== null && (
              <Fact word="Store">
                <Link
                  href={`/stores/${report.store_id}`}
                  className="text-accent inline-block min-h-6 py-0.5 hover:underline"
                >
                  {report.store_id}
                </Link>
              </Fact>
            )}
            <Fact word="Method">{methodText[report.method]}</Fact>
            <Fact word="As of">
              <Moment at={report.as_of} />
            </Fact>
            {report.state === "complete" && (
              <Fact word="Time zone rules">
                {report.tz_release === null ? "Not recorded" : `tz ${report.tz_release}`}
              </Fact>
            )}
            <Fact word="Requested">
              <Moment at={report.created_at} />
            </Fact>
            <Fact word="Requested by">{requesterText(report)}</Fact>
            <Fact word="Duration">{tookText(report)}</Fact>
            {report.state === "complete" && <Fact word="Rows">{rowsText(report)}</Fact>}
          </dl>
          <div className="mt-3 flex flex-wrap gap-2">
            <ReportDownloads report={report} />
            {report.state === "complete" && (
              <CopyButton label="Copy as curl" text={() => curlCommand(window.location.origin, report)} />
            )}
            <ReportAction report={report} />
          </div>
        </Panel>
        {report.state === "complete" && <ReportSummary reportId={report.id} window={shown} />}
      </div>
    </>
  );
}
