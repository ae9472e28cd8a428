import type { ServiceStatus } from "@/lib/contract/status";
import { formatDuration } from "@/lib/format/duration";

/** As where the pages of stores say that their data is old: two expected intervals. */
const staleAfterMs = 2 * 60 * 60_000;

/** These pages say themselves, in their own zone of time, that their data is old. */
const saysItself = /^\/$|^\/stores\//;

interface StatusSeen {
  /** Null before the first answer. */
  readonly status: ServiceStatus | null;
  /** Whether the last question got no answer. */
  readonly failed: boolean;
  /** The reader's clock when that was, in ms. */
  readonly now: number;
  readonly pathname: string;
}

/** What the strip says, a sentence or two each; nothing while all is well. */
export function statusText({ status, failed, now, pathname }: StatusSeen): readonly string[] {
  if (failed) return ["Can’t reach the server or its database. This page shows the last data it loaded."];
  if (status === null) return [];
  const words: string[] = [];
  if (status.worker === "away") {
    const since = status.worker_seen_at === null ? "" : ` Last seen ${ago(status.worker_seen_at, now)}.`;
    words.push(`No worker is running: reports, imports and fleet figures are on hold.${since}`);
  }
  if (status.disk === "low") words.push("The database disk is nearly full: imports are on hold until there is space.");
  words.push(...status.tz_warnings);
  const { newest_poll_at: newest, newest_future_poll_at: future } = status;
  if (future !== null) {
    words.push(
      `Some checks are dated up to ${formatDuration(Math.max(60_000, Date.parse(future) - now))} in the future. They don’t count until then; see Data quality.`,
    );
  }
  if (newest !== null && !saysItself.test(pathname) && now - Date.parse(newest) > staleAfterMs) {
    words.push(`No checks have arrived for ${formatDuration(now - Date.parse(newest))}.`);
  }
  return words;
}

function ago(at: string, now: number): string {
  return `${formatDuration(Math.max(0, now - Date.parse(at)))} ago`;
}
