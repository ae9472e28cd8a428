import clsx from "clsx";
import Link from "next/link";
import { UtcInstant } from "@/components/ui/instant";
import type { Report } from "@/lib/contract/reports";
import { ReportLinks, ReportStatus } from "./report-status";
import { methodText, requesterText, rowsText, scopeText, tookText } from "./report-text";

const columns = [
  { word: "Report" },
  { word: "State" },
  { word: "Scope" },
  { word: "Method" },
  { word: "As of (UTC)" },
  { word: "Requested by" },
  { word: "Rows", right: true },
  { word: "Duration", right: true },
  { word: "File" },
] as const;

/** Reports, newest first, for screens that are wide enough. */
export function ReportTable({ reports }: { reports: readonly Report[] }) {
  const head = "h-10 px-3 font-medium whitespace-nowrap first:pl-4 last:pr-4";
  const cell = "px-3 py-2 first:pl-4 last:pr-4";
  return (
    <div className="border-line bg-panel rounded-panel hidden overflow-x-auto border lg:block">
      <table className="w-full border-collapse">
        <caption className="sr-only">Reports</caption>
        <thead className="text-muted text-xs">
          <tr>
            {columns.map((column) => (
              <th key={column.word} scope="col" className={clsx(head, "right" in column ? "text-right" : "text-left")}>
                {column.word}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {reports.map((report) => (
            <tr key={report.id} className="border-line hover:bg-sunken border-t">
              <th scope="row" className={`${cell} text-left font-medium`}>
                <Link
                  href={`/reports/${String(report.id)}`}
                  prefetch={false}
                  className="hover:text-accent inline-block min-h-6 py-0.5 hover:underline"
                >
                  {report.id}
                </Link>
              </th>
              <td className={`${cell} whitespace-nowrap`}>
                <ReportStatus report={report} />
              </td>
              <td
                title={report.scope === "store" ? scopeText(report) : undefined}
                className={clsx(cell, report.scope === "store" ? "max-w-56 truncate" : "min-w-32 wrap-break-word")}
              >
                {scopeText(report)}
              </td>
              <td className={`${cell} whitespace-nowrap`}>{methodText[report.method]}</td>
              <td className={`${cell} whitespace-nowrap`}>
                <UtcInstant at={report.as_of} named={false} />
                {report.tz_release !== null && <span className="text-muted block text-xs">tz {report.tz_release}</span>}
              </td>
              <td className={`${cell} min-w-36`}>
                <span className="block wrap-break-word">{requesterText(report)}</span>
                <span className="text-muted block text-xs whitespace-nowrap">
                  <UtcInstant at={report.created_at} named={false} />
                </span>
              </td>
              <td className={`${cell} text-right`}>{rowsText(report)}</td>
              <td className={`${cell} text-right whitespace-nowrap`}>{tookText(report)}</td>
              <td className={`${cell} whitespace-nowrap`}>
                <ReportLinks report={report} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
