import Link from "next/link";
import { UtcInstant } from "@/components/ui/instant";
import type { Report } from "@/lib/contract/reports";
import { ReportLinks, ReportStatus } from "./report-status";
import { methodText, requesterText, rowsText, scopeText, tookText } from "./report-text";

/** Reports, newest first, for phones and tablets. */
export function ReportCards({ reports }: { reports: readonly Report[] }) {
  return (
    <ul aria-label="Reports" className="grid grid-cols-1 gap-2 sm:grid-cols-2 lg:hidden">
      {reports.map((report) => (
        <li key={report.id} className="border-line bg-panel rounded-panel flex flex-col border p-3">
          <div className="flex items-start justify-between gap-3">
            <div className="min-w-0">
              <Link
                href={`/reports/${String(report.id)}`}
                prefetch={false}
                className="hover:text-accent inline-block min-h-6 font-medium hover:underline"
              >
                Report {report.id}
              </Link>
              <p className="text-muted wrap-break-word">{scopeText(report)}</p>
            </div>
            <div className="shrink-0">
              <ReportLinks report={report} />
            </div>
          </div>
          <div className="mt-2">
            <ReportStatus report={report} />
          </div>
          <p className="text-muted mt-auto pt-2 text-xs">
            {methodText[report.method]}, as of <UtcInstant at={report.as_of} />
            {report.state === "complete" &&
              ` · ${rowsText(report)} ${report.progress.stores_done === 1 ? "row" : "rows"} in ${tookText(report)}`}
            <span className="block">Requested by {requesterText(report)}</span>
          </p>
        </li>
      ))}
    </ul>
  );
}
