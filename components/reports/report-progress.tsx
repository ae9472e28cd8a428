import { ProgressBar } from "@/components/ui/progress-bar";
import type { Report } from "@/lib/contract/reports";
import { isUnfinished } from "@/lib/client/report-queries";
import { announcement, failureText, progressRatio, progressText } from "./report-text";

/** How far a report is, for eyes and ears; why it failed where it did. */
export function ReportProgress({ report }: { report: Report }) {
  const failure = failureText(report);
  return (
    <div>
      <p role="status" className="sr-only">
        {announcement(report)}
      </p>
      {isUnfinished(report) && (
        <>
          <ProgressBar
            label={`Progress of report ${String(report.id)}`}
            value={report.state === "queued" ? 0 : progressRatio(report)}
            text={progressText(report)}
          />
          <p className="text-muted mt-1.5 text-xs">{progressText(report)}</p>
        </>
      )}
      {failure !== null && <p className="text-down-ink">{failure}</p>}
    </div>
  );
}
