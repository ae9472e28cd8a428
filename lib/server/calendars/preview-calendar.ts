import type { Database, Db } from "@/db/client";
import { countOwnDates, storesOfCalendar } from "@/db/queries/bulk/calendar-changes";
import { readFleetState } from "@/db/queries/bulk/fleet-state";
import { streamPolls } from "@/db/queries/bulk/poll-stream";
import { allStores, readSchedules } from "@/db/queries/bulk/store-schedules";
import { previewedDates, type CalendarPreview, type PreviewCalendar } from "@/lib/contract/calendars";
import { changeAs, readSnapshotAs } from "@/lib/server/access/as-viewer";
import { requireFleet, type CurrentViewer, type Viewer } from "@/lib/server/access/viewer";
import { pollRangeAt, type PollRange } from "@/lib/server/figures/poll-range";
import { SchedulePreparer } from "@/lib/server/figures/prepare-schedule";
import { runHeavyRead } from "@/lib/server/stores/heavy-reads";
import { isoInstant } from "@/lib/server/wire/instants";
import { exceptionDates } from "@/lib/uptime/business-hours";
import { mergeEntries } from "@/lib/uptime/calendar";
import { WindowEstimator } from "@/lib/uptime/estimate";
import type { Interval, PackedPolls } from "@/lib/uptime/types";
import { dayMs } from "@/lib/uptime/units";
import { defaultReachMs } from "@/lib/uptime/windows";
import { lastDate } from "./expand-entries";
import { fetchFeedText } from "./feed-address";
import { getCalendar } from "./manage-calendars";
import { datesFrom, withFeedDates } from "./own-dates";
import { toPreviewedDate } from "./preview-date";
import type { FeedReading } from "./read-feed";
import { readFile } from "./read-file";
import { earliestToday, prepareCalendar, storeCalendar, type NewCalendar } from "./save-calendar";

const noPolls: PackedPolls = { at: new Float64Array(0), active: new Uint8Array(0) };

/** The open intervals of stores around the last 7 days. */
async function readOpen(
  tx: Db,
  storeKeys: readonly number[],
  range: PollRange,
): Promise<ReadonlyMap<number, readonly Interval[]>> {
  const preparer = new SchedulePreparer(range.open);
  const read = await readSchedules(tx, allStores(storeKeys), exceptionDates(range.open));
  return new Map(read.map(({ storeKey, schedule }) => [storeKey, preparer.prepare(schedule).open]));
}

/** Sums the last 7 days of stores. */
class WeekSums {
  readonly figures = { open_ms: 0, up_ms: 0, down_ms: 0, unknown_ms: 0 };
  private readonly estimator: WindowEstimator;

  constructor(
    private readonly open: ReadonlyMap<number, readonly Interval[]>,
    { asOf }: PollRange,
  ) {
    this.estimator = new WindowEstimator(defaultReachMs, asOf);
  }

  add(storeKey: number, polls: PackedPolls): void {
    const { week } = this.estimator.estimate(this.open.get(storeKey) ?? [], polls);
    this.figures.open_ms += week.openMs;
    this.figures.up_ms += week.upMs;
    this.figures.down_ms += week.downMs;
    this.figures.unknown_ms += week.unknownMs;
  }
}

/** What a change would make of the stores that have the calendar before or after it. */
interface Change {
  readonly range: PollRange;
  readonly stores: number;
  readonly storeKeys: readonly number[];
  readonly openAfter: ReadonlyMap<number, readonly Interval[]>;
  readonly ownDates: number;
}

/** Ends a transaction with what was read in it, so that nothing of it is kept. */
class ChangeUndone extends Error {
  constructor(readonly change: Change) {
    super("The change is undone.");
  }
}

/** Makes the change, reads what follows from it, and undoes it. */
async function tryChange(
  database: Database,
  viewer: Viewer,
  id: number | null,
  calendar: NewCalendar,
  listed: readonly string[],
): Promise<Change> {
  const make = async (tx: Db, current: CurrentViewer): Promise<never> => {
    requireFleet(current);
    const range = pollRangeAt((await readFleetState(tx)).asOf);
    const { first } = exceptionDates(range.open);
    const had = id === null ? [] : await storesOfCalendar(tx, id, first);
    const saved = await storeCalendar(tx, current, id, calendar);
    const having = await storesOfCalendar(tx, saved, lastDate);
    const storeKeys = [...new Set([...had, ...having])].sort((a, b) => a - b);
    throw new ChangeUndone({
      ...{ range, storeKeys, stores: having.length },
      openAfter: await readOpen(tx, storeKeys, range),
      ownDates: await countOwnDates(tx, having, listed),
    });
  };
  try {
    return await changeAs(database, viewer, make);
  } catch (error) {
    if (error instanceof ChangeUndone) return error.change;
    throw error;
  }
}

/** The figures of stores in the last 7 days, before and after a change. */
function readFigures(database: Database, viewer: Viewer, { range, storeKeys, openAfter }: Change) {
  return readSnapshotAs(database, viewer, async (tx) => {
    const before = new WeekSums(await readOpen(tx, storeKeys, range), range);
    const after = new WeekSums(openAfter, range);
    const without = new Set(storeKeys);
    await streamPolls(tx, { ...allStores(storeKeys), from: range.from, to: range.asOf }, (storeKey, polls) => {
      for (const one of [before, after]) one.add(storeKey, polls);
      without.delete(storeKey);
    });
    for (const storeKey of without) for (const one of [before, after]) one.add(storeKey, noPolls);
    return { before: before.figures, after: after.figures };
  });
}

/** @throws AppError as `fetchFeedText` and `readFile` */
async function readSource(
  database: Database,
  feed: NonNullable<PreviewCalendar["feed"]>,
  signal: AbortSignal,
): Promise<FeedReading> {
  const file = feed.url === undefined ? (feed.file ?? "") : await fetchFeedText(feed.url, "/feed", signal);
  return readFile(feed, file, "/feed", await earliestToday(database));
}

/**
 * What saving a calendar would do: its dates, its stores, and what becomes of the figures of the last 7 days. Changes
 * nothing.
 * @param signal aborted when the response is no longer wanted
 * @throws AppError calendar_not_found, and as `prepareCalendar`, `storeCalendar` and `runHeavyRead`
 */
export async function previewCalendar(
  database: Database,
  viewer: Viewer,
  { calendar_id: calendarId, feed, ...given }: PreviewCalendar,
  signal: AbortSignal = new AbortController().signal,
): Promise<CalendarPreview> {
  const id = calendarId ?? null;
  if (id !== null) await getCalendar(database, viewer, id);
  const prepared = await prepareCalendar(database, given);
  const { from, skipped } = prepared;
  const read = feed === undefined ? null : datesFrom((await readSource(database, feed, signal)).dates, from);
  const calendar = { ...prepared, feedDates: read };
  const own = prepared.dates;
  const dates =
    read !== null ? mergeEntries([read, own]) : id === null ? own : await withFeedDates(database, id, from, own);
  const { asOf } = await readFleetState(database);
  const shownFrom = new Date(asOf - 8 * dayMs).toISOString().slice(0, 10);
  const listed = dates.filter(({ date }) => date >= shownFrom).slice(0, previewedDates);
  const listedDates = listed.map(({ date }) => date);
  const readEffect = async () => {
    const tried = await tryChange(database, viewer, id, calendar, listedDates);
    return { change: tried, figures: await readFigures(database, viewer, tried) };
  };
  // Its stores may be all stores, each with a week of polls.
  const { change, figures } = await runHeavyRead(readEffect, viewer.principal, signal);
  return {
    ...{ valid_from: from, stores: change.stores, dates: listed.map(toPreviewedDate) },
    ...{ total_dates: dates.length, skipped_dates: skipped, own_dates: change.ownDates },
    ...{ as_of: isoInstant(change.range.asOf), ...figures },
  };
}
