import { UtcInstant } from "@/components/ui/instant";
import { Notice } from "@/components/ui/notice";
import type { CalendarFeed } from "@/lib/contract/calendar-feeds";
import { CalendarDates } from "./calendar-dates";

/** Where a calendar's dates are read from, how that went, and what was read. */
export function FeedStatus({ feed }: { feed: CalendarFeed }) {
  const { url, last_read_at: readAt, last_error: fault, warnings, warning_count: warned } = feed;
  return (
    <div className="grid gap-3">
      <p className="break-all">
        {url === null ? "From a file" : url}
        <span className="text-muted block">
          {readAt === null ? (
            fault === null && "Being read…"
          ) : (
            <>
              Read <UtcInstant at={readAt} />
            </>
          )}
        </span>
      </p>
      {fault !== null && <Notice tone="warn">{fault} The dates read before still apply.</Notice>}
      {readAt !== null && (
        <CalendarDates label="Coming dates of the feed" dates={feed.dates} total={feed.dates.length} />
      )}
      {warned > 0 && (
        <details>
          <summary className="min-h-6 cursor-pointer py-0.5">
            {warned === 1 ? "1 event was left out" : `${warned.toLocaleString("en-US")} events were left out`}
          </summary>
          <ul className="text-muted list-disc space-y-1 pl-5">
            {warnings.map(({ line, title, reason }) => (
              <li key={`${String(line)} ${reason}`} className="break-text">
                Line {line}
                {title !== "" && `, ${title}`}: {reason}
              </li>
            ))}
          </ul>
        </details>
      )}
    </div>
  );
}
