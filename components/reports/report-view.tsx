"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useRouter } from "next/navigation";
import type { ReactNode } from "react";
import { BackLink } from "@/components/ui/back-link";
import { Button } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";
import { ErrorView } from "@/components/ui/error-view";
import { Instant } from "@/components/ui/instant";
import { Panel } from "@/components/ui/panel";
import { reportQueries } from "@/lib/client/report-queries";
import type { CreateReport, Report } from "@/lib/contract/reports";
import { formatDuration } from "@/lib/format/duration";
import { fullTime } from "@/lib/format/zoned-time";
import { ReportDownloads } from "./report-downloads";
import { ReportProgress } from "./report-progress";
import { ReportState } from "./report-state";
import { curlCommand, methodWords, scopeWords } from "./report-words";
import { useTriggerReport } from "./use-trigger-report";

function Fact({ word, children }: { word: string; children: ReactNode }) {
  return (
    <div className="border-line flex justify-between gap-4 border-t py-2 first:border-t-0">
      <dt className="text-muted">{word}</dt>
      <dd className="min-w-0 text-right wrap-anywhere">{children}</dd>
    </div>
  );
}

function Moment({ at }: { at: string | null }) {
  return at === null ? "—" : <Instant at={at}>{`${fullTime(at, "UTC")} UTC`}</Instant>;
}

function tookWords({ started_at: started, finished_at: finished }: Report): string {
  return started === null || finished === null ? "—" : formatDuration(Date.parse(finished) - Date.parse(started));
}

/** The same report once more; of a list of stores the list is not known here. */
function repeat({ scope, store_id: storeId, method }: Report): CreateReport | null {
  if (scope === "fleet") return { scope, method };
  return storeId === null ? null : { store_id: storeId, method };
}

function Retry({ report }: { report: Report }) {
  const router = useRouter();
  const { trigger, isPending, error } = useTriggerReport(({ id }) => {
    router.push(`/reports/${String(id)}`);
  });
  const body = repeat(report);
  if (report.state !== "failed" || body === null) return null;
  return (
    <>
      <Button
        look="primary"
        aria-disabled={isPending}
        onClick={() => {
          trigger(body);
        }}
      >
        Try again
      </Button>
      {error && (
        <p role="alert" className="text-down-ink">
          {error.message}
        </p>
      )}
    </>
  );
}

/** One report: how far it is, what it is of, and its files. */
export function ReportView({ reportId }: { reportId: number }) {
  const { data: report, error, refetch } = useQuery(reportQueries.one(reportId));
  if (!report) {
    return error ? (
      <ErrorView title="The report could not be loaded" error={error} onRetry={() => void refetch()} />
    ) : (
      <div className="skeleton h-96 max-w-2xl" />
    );
  }
  return (
    <>
      <BackLink href="/reports" label="All reports" />
      <div className="mb-4 flex flex-wrap items-center gap-3">
        <h1 className="text-xl font-semibold tracking-tight">Report {report.id}</h1>
        <ReportState state={report.state} />
      </div>
      <Panel title={scopeWords(report)} id="report" className="max-w-2xl">
        <ReportProgress report={report} />
        <dl className="mt-1">
          {report.store_id !== null && (
            <Fact word="Store">
              <Link href={`/stores/${report.store_id}`} className="text-accent hover:underline">
                {report.store_id}
              </Link>
            </Fact>
          )}
          <Fact word="Method">{methodWords[report.method]}</Fact>
          <Fact word="As of">
            <Moment at={report.as_of} />
          </Fact>
          <Fact word="Asked for">
            <Moment at={report.created_at} />
          </Fact>
          <Fact word="Took">{tookWords(report)}</Fact>
        </dl>
        <div className="mt-3 flex flex-wrap gap-2">
          <ReportDownloads report={report} />
          {report.state === "complete" && (
            <CopyButton label="Copy as curl" text={() => curlCommand(window.location.origin, report)} />
          )}
          <Retry report={report} />
        </div>
      </Panel>
    </>
  );
}
