import { Download } from "lucide-react";
import Link from "next/link";
import { CopyButton } from "@/components/ui/copy-button";
import { Instant } from "@/components/ui/instant";
import { ProgressBar } from "@/components/ui/progress-bar";
import { isUnfinished } from "@/lib/client/report-queries";
import type { Report } from "@/lib/contract/reports";
import { fullTime } from "@/lib/format/zoned-time";
import { ReportState } from "./report-state";
import { curlCommand, methodWords, progressRatio, progressWords, scopeWords, tookWords } from "./report-words";

function CsvLink({ report }: { report: Report }) {
  if (report.state !== "complete") return <span className="text-muted">—</span>;
  const id = String(report.id);
  return (
    <span className="inline-flex items-center gap-3">
      <a
        href={report.links.csv}
        download
        aria-label={`Download the CSV of report ${id}`}
        className="text-accent inline-flex min-h-6 items-center gap-1 hover:underline"
      >
        <Download aria-hidden className="size-3.5" />
        CSV
      </a>
      <CopyButton
        small
        label="curl"
        name={`Copy the curl command of report ${id}`}
        text={() => curlCommand(window.location.origin, report)}
      />
    </span>
  );
}

/** Reports, newest first. Below the width of a table each row is a card. */
export function ReportTable({ reports }: { reports: readonly Report[] }) {
  const head = "h-10 px-3 text-left font-medium whitespace-nowrap first:pl-4 last:pr-4";
  const cell = "px-3 py-2 first:pl-4 last:pr-4";
  return (
    <div
      className="border-line bg-panel rounded-panel relative overflow-x-auto border"
      tabIndex={0}
      role="region"
      aria-label="Reports"
    >
      <table className="w-full border-collapse">
        <caption className="sr-only">Reports</caption>
        <thead className="text-muted text-xs">
          <tr>
            {["Report", "State", "Of", "Method", "As of (UTC)", "Rows", "Took", "File"].map((word) => (
              <th key={word} scope="col" className={head}>
                {word}
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
                <ReportState state={report.state} />
                {isUnfinished(report) && (
                  <span className="mt-1 block w-44 whitespace-normal">
                    <ProgressBar
                      label={`Progress of report ${String(report.id)}`}
                      value={report.state === "queued" ? 0 : progressRatio(report)}
                      text={progressWords(report)}
                    />
                    <span className="text-muted text-xs">{progressWords(report)}</span>
                  </span>
                )}
                {report.failure && (
                  <span className="text-muted mt-1 block max-w-72 text-xs whitespace-normal">
                    {report.failure.reason}
                  </span>
                )}
              </td>
              <td className={`${cell} min-w-32 break-all`}>{scopeWords(report)}</td>
              <td className={`${cell} whitespace-nowrap`}>{methodWords[report.method]}</td>
              <td className={`${cell} whitespace-nowrap`}>
                <Instant at={report.as_of}>{fullTime(report.as_of, "UTC")}</Instant>
              </td>
              <td className={`${cell} text-right`}>
                {report.state === "complete" ? report.progress.stores_done.toLocaleString("en-US") : "—"}
              </td>
              <td className={`${cell} whitespace-nowrap`}>{tookWords(report)}</td>
              <td className={`${cell} whitespace-nowrap`}>
                <CsvLink report={report} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
