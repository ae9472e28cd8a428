import type { ServiceLimits } from "@/lib/contract/limits";
import { formatBytes } from "@/lib/format/bytes";
import { formatDuration } from "@/lib/format/duration";

interface LimitRow {
  readonly label: string;
  readonly value: string;
  readonly setting: keyof ServiceLimits;
}

interface LimitGroup {
  readonly title: string;
  /** What happens at the limit. */
  readonly note: string;
  readonly rows: readonly LimitRow[];
}

function days(count: number): string {
  return count === 1 ? "1 day" : `${count.toLocaleString("en-US")} days`;
}

function seconds(count: number): string {
  // A duration in its largest units is cut off: 90 seconds are not a minute.
  return count < 600 ? `${String(count)} s` : formatDuration(count * 1000);
}

const unlimited = "Unlimited";

/** "6,000 per minute" */
function per(count: number, unit: "minute" | "hour"): string {
  return count === 0 ? unlimited : `${count.toLocaleString("en-US")} per ${unit}`;
}

function atMost(count: number): string {
  return count === 0 ? unlimited : count.toLocaleString("en-US");
}

/** Retention and limits in words, by what they are about. */
export function limitGroups(limits: ServiceLimits): readonly LimitGroup[] {
  const { RETENTION_DAYS: checksDays, RESULT_RETENTION_DAYS: resultDays } = limits;
  const row = (label: string, setting: keyof ServiceLimits, value: string): LimitRow => ({ label, setting, value });
  return [
    {
      title: "Retention",
      note: "Older data is deleted. Deleted checks count as “no data”.",
      rows: [
        row(
          "Checks",
          "RETENTION_DAYS",
          checksDays === null ? "Forever" : `${days(checksDays)} before the latest check`,
        ),
        row("Reports and imports", "RESULT_RETENTION_DAYS", resultDays === 0 ? "Forever" : days(resultDays)),
      ],
    },
    {
      title: "Requests",
      note: "Per client. Requests beyond a limit get status 429 with the time to wait.",
      rows: [
        row("Reports triggered", "RATE_LIMIT_TRIGGER_PER_MINUTE", per(limits.RATE_LIMIT_TRIGGER_PER_MINUTE, "minute")),
        row("Batches of checks", "RATE_LIMIT_INGEST_PER_MINUTE", per(limits.RATE_LIMIT_INGEST_PER_MINUTE, "minute")),
        row("Checks in batches", "RATE_LIMIT_POLLS_PER_MINUTE", per(limits.RATE_LIMIT_POLLS_PER_MINUTE, "minute")),
        row("File uploads", "RATE_LIMIT_IMPORT_PER_HOUR", per(limits.RATE_LIMIT_IMPORT_PER_HOUR, "hour")),
        row(
          "Changes of webhooks and calendar feeds",
          "RATE_LIMIT_WEBHOOK_PER_MINUTE",
          per(limits.RATE_LIMIT_WEBHOOK_PER_MINUTE, "minute"),
        ),
        row(
          "Status of reports and imports",
          "RATE_LIMIT_STATUS_PER_MINUTE",
          per(limits.RATE_LIMIT_STATUS_PER_MINUTE, "minute"),
        ),
        row("Downloads", "RATE_LIMIT_DOWNLOAD_PER_MINUTE", per(limits.RATE_LIMIT_DOWNLOAD_PER_MINUTE, "minute")),
        row("Pages", "RATE_LIMIT_PAGES_PER_MINUTE", per(limits.RATE_LIMIT_PAGES_PER_MINUTE, "minute")),
        row(
          "Sign-in attempts for one account",
          "RATE_LIMIT_SIGN_IN_PER_MINUTE",
          per(limits.RATE_LIMIT_SIGN_IN_PER_MINUTE, "minute"),
        ),
        row(
          "Sign-in attempts from one address",
          "RATE_LIMIT_SIGN_IN_ADDRESS_PER_MINUTE",
          per(limits.RATE_LIMIT_SIGN_IN_ADDRESS_PER_MINUTE, "minute"),
        ),
      ],
    },
    {
      title: "Capacity",
      note: "Requests beyond the capacity get status 503 at once. Reports beyond theirs get status 429.",
      rows: [
        row("Requests in progress per web server", "MAX_REQUESTS_IN_FLIGHT", atMost(limits.MAX_REQUESTS_IN_FLIGHT)),
        row(
          "Reports in progress per account",
          "REPORTS_UNDER_WAY_PER_ACCOUNT",
          atMost(limits.REPORTS_UNDER_WAY_PER_ACCOUNT),
        ),
        row("Reports in progress in total", "REPORTS_UNDER_WAY", atMost(limits.REPORTS_UNDER_WAY)),
        row("Time limit of a query", "QUERY_TIMEOUT_SECONDS", seconds(limits.QUERY_TIMEOUT_SECONDS)),
        row(
          "Minimum interval between fleet updates",
          "SNAPSHOT_INTERVAL_SECONDS",
          seconds(limits.SNAPSHOT_INTERVAL_SECONDS),
        ),
        row("Time limit of a webhook delivery", "WEBHOOK_TIMEOUT_SECONDS", seconds(limits.WEBHOOK_TIMEOUT_SECONDS)),
      ],
    },
    {
      title: "Files",
      note: "Larger files are refused. Imports wait while the disk has less free space.",
      rows: [
        row("Size of an upload", "IMPORT_MAX_BYTES", formatBytes(limits.IMPORT_MAX_BYTES)),
        row("Free space kept on the database disk", "DISK_FREE_MIN_BYTES", formatBytes(limits.DISK_FREE_MIN_BYTES)),
      ],
    },
  ];
}
