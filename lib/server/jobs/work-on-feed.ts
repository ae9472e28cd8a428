import type { Database } from "@/db/client";
import {
  claimFeeds,
  extendFeed,
  failFeed,
  returnFeed,
  tokenOf,
  type CalendarFeedRow,
} from "@/db/queries/calendar-feeds";
import { nextAttempt } from "@/lib/server/calendars/feed-delay";
import { fetchFeed, type FetchOptions, type FetchResult } from "@/lib/server/calendars/fetch-feed";
import { updateFeed } from "@/lib/server/calendars/update-feed";
import type { Log } from "@/lib/server/log";
import { LostJob, runLeased } from "./run-leased";

export interface FeedOptions extends Omit<FetchOptions, "signal"> {
  readonly leaseSeconds: number;
  readonly heartbeatSeconds: number;
  /** Ends the attempts in progress; the feeds are due again at once. */
  readonly stop: AbortSignal;
  readonly log: Log;
}

const feedsAtOnce = 4;
const retrySeconds = 60;

type Failure = Extract<FetchResult, { kind: "failed" }>;
type TextResult = Exclude<FetchResult, { kind: "unchanged" }>;

/** A stored file, or the text that is unchanged, or the one that was fetched. */
async function textOf(feed: CalendarFeedRow, options: FetchOptions): Promise<TextResult> {
  const { url, content, etag, lastModified } = feed;
  if (url === null) return { kind: "text", text: content ?? "", etag, lastModified };
  // Without a text that could be read, one that is unchanged would be of no use.
  const known = content === null ? { etag: null, lastModified: null } : { etag, lastModified };
  const result = await fetchFeed(url, known, options);
  return result.kind === "unchanged" ? { kind: "text", text: content ?? "", etag, lastModified } : result;
}

/** Reads a claimed feed once, and records the result of the attempt. */
async function workOnFeed(database: Database, feed: CalendarFeedRow, options: FeedOptions): Promise<void> {
  const { log, leaseSeconds, heartbeatSeconds } = options;
  const claim = tokenOf(feed);
  const logged = { calendarId: feed.calendarId, attempt: feed.attempts };
  const fail = async ({ reason, retryAfterSeconds }: Omit<Failure, "kind">): Promise<boolean> => {
    const delay = nextAttempt(feed.failures + 1, retryAfterSeconds, Math.random());
    log.warn({ ...logged, reason }, "feed not read");
    return failFeed(database, claim, delay, reason);
  };
  const update = async (text: Extract<TextResult, { kind: "text" }>) => {
    const outcome = await updateFeed(database, feed, text);
    if (outcome === "lost") throw new LostJob();
    return outcome === "updated" ? null : { ...outcome, retryAfterSeconds: null };
  };
  await runLeased(options, {
    name: "feed",
    logged,
    heartbeat: { everySeconds: heartbeatSeconds, beat: () => extendFeed(database, claim, leaseSeconds) },
    work: async (signal) => {
      const result = await textOf(feed, { ...options, signal });
      signal.throwIfAborted();
      const failure = result.kind === "failed" ? result : await update(result);
      if (failure !== null && !(await fail(failure))) throw new LostJob();
    },
    canRetry: true,
    returnToQueue: (counts) => returnFeed(database, claim, counts ? retrySeconds : 0),
    fail: ({ reason }) => fail({ reason, retryAfterSeconds: null }),
  });
}

/** Reads due feeds, several at once. @returns whether there may be more */
export async function readDueFeeds(database: Database, options: FeedOptions): Promise<boolean> {
  const feeds = await claimFeeds(database, feedsAtOnce, options.leaseSeconds);
  await Promise.all(feeds.map((feed) => workOnFeed(database, feed, options)));
  return feeds.length > 0 && !options.stop.aborted;
}
