"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { ErrorView } from "@/components/ui/error-view";
import { Panel } from "@/components/ui/panel";
import { storeHref, type StoreParams } from "@/lib/client/store-params";
import { isUnfinished, reportQueries } from "@/lib/client/report-queries";
import type { Report } from "@/lib/contract/reports";
import type { Method } from "@/lib/uptime/types";
import { MethodSelect } from "./method-select";
import { ReportAction } from "./report-action";
import { ReportDownloads } from "./report-downloads";
import { ReportProgress } from "./report-progress";
import { ReportState } from "./report-state";
import { methodText } from "./report-text";
import { useTriggerReport } from "./use-trigger-report";

interface ReportPanelProps {
  readonly storeId: string;
  readonly params: StoreParams;
}

function ShownReport({ report }: { report: Report }) {
  return (
    <div className="border-line mt-4 space-y-3 border-t pt-3">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <Link
          href={`/reports/${String(report.id)}`}
          className="text-accent inline-block min-h-6 py-0.5 hover:underline"
        >
          Report {report.id}
        </Link>
        <ReportState report={report} />
      </div>
      <ReportProgress report={report} />
      {report.state === "complete" && (
        <div className="flex flex-wrap gap-2">
          <ReportDownloads report={report} />
        </div>
      )}
      {isUnfinished(report) && <ReportAction report={report} />}
      <p className="text-muted text-xs">{methodText[report.method]} method</p>
    </div>
  );
}

function WatchedReport({ reportId, storeId }: { reportId: number; storeId: string }) {
  const { data, error, refetch } = useQuery(reportQueries.one(reportId));
  if (data && (data.scope !== "store" || data.store_id !== storeId)) {
    return <p className="text-muted mt-4">Report {reportId} is for another store.</p>;
  }
  if (data) return <ShownReport report={data} />;
  return (
    <div className="mt-4">
      {error ? (
        <ErrorView title="Couldn’t load the report" error={error} onRetry={() => void refetch()} />
      ) : (
        <div className="skeleton h-24" />
      )}
    </div>
  );
}

/** Asks for a report of the store, shows how far it is, and gives its files. Its id stays in the address. */
export function ReportPanel({ storeId, params }: ReportPanelProps) {
  const router = useRouter();
  const [method, setMethod] = useState<Method>("interpolated");
  const { trigger, isPending, error } = useTriggerReport((report) => {
    router.replace(storeHref(storeId, { ...params, reportId: report.id }), { scroll: false });
  });
  const { data: watched } = useQuery({ ...reportQueries.one(params.reportId ?? 0), enabled: params.reportId !== null });
  const busy = isPending || (watched !== undefined && isUnfinished(watched) && watched.method === method);
  const create = () => {
    if (!busy) trigger({ store_id: storeId, method });
  };
  return (
    <Panel title="Report" id="report" className="print:hidden">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          create();
        }}
        data-noprint
      >
        <label htmlFor="report-method" className="text-muted mb-1 block text-xs">
          Method
        </label>
        <div className="flex gap-2">
          <MethodSelect id="report-method" value={method} onChange={setMethod} />
          <Button look="primary" type="submit" aria-disabled={busy}>
            {busy ? "In progress…" : "Create report"}
          </Button>
        </div>
      </form>
      {error && (
        <div className="mt-4">
          <ErrorView title="Couldn’t create the report" error={error} onRetry={create} />
        </div>
      )}
      {params.reportId === null ? (
        <p className="text-muted mt-3 text-xs">Download 1 h / 24 h / 7 d figures as CSV or NDJSON.</p>
      ) : (
        <WatchedReport reportId={params.reportId} storeId={storeId} />
      )}
    </Panel>
  );
}
