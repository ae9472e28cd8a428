import { Download } from "lucide-react";
import { CopyButton } from "@/components/ui/copy-button";
import { ProgressBar } from "@/components/ui/progress-bar";
import { isUnfinished } from "@/lib/client/report-queries";
import type { Report } from "@/lib/contract/reports";
import { ReportAction } from "./report-action";
import { ReportState } from "./report-state";
import { curlCommand, failureText, progressRatio, progressText } from "./report-text";

/** How a report in a list stands: its state, how far it is, why it failed. */
export function ReportStatus({ report }: { report: Report }) {
  const failure = failureText(report);
  return (
    <>
      <ReportState report={report} />
      {isUnfinished(report) && (
        <span className="mt-1.5 block w-44 max-w-full whitespace-normal">
          <ProgressBar
            label={`Progress of report ${String(report.id)}`}
            value={report.state === "queued" ? 0 : progressRatio(report)}
            text={progressText(report)}
          />
          <span className="text-muted mt-0.5 block text-xs">{progressText(report)}</span>
        </span>
      )}
      {failure !== null && <span className="text-muted mt-1 block max-w-72 text-xs whitespace-normal">{failure}</span>}
    </>
  );
}

/** What a report in a list offers: its file once it is complete; before that its end, and where it failed another try. */
export function ReportLinks({ report }: { report: Report }) {
  if (report.state !== "complete") return <ReportAction report={report} small />;
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
