import { Download } from "lucide-react";
import { buttonClass } from "@/components/ui/button";
import type { Report } from "@/lib/contract/reports";

/** The report's two files; nothing while they do not exist. */
export function ReportDownloads({ report }: { report: Report }) {
  if (report.state !== "complete") return null;
  return (
    <>
      <a href={report.links.csv} download className={buttonClass()}>
        <Download aria-hidden className="size-4" />
        Download CSV
      </a>
      <a href={report.links.ndjson} download className={buttonClass()}>
        <Download aria-hidden className="size-4" />
        NDJSON
      </a>
    </>
  );
}
