import type { Database } from "@/db/client";
import { readExceptions } from "@/db/queries/bulk/exception-dates";
import { readAs } from "@/lib/server/access/as-viewer";
import type { Viewer } from "@/lib/server/access/viewer";
import { openIntervals } from "@/lib/uptime/business-hours";
import { applyCalendars } from "@/lib/uptime/calendar";
import type { EpochMs, Schedule } from "@/lib/uptime/types";
import { dayMs } from "@/lib/uptime/units";

/** How far the schedule of a page is complete: its exceptions are read up to there. */
const nearMs = 8 * dayMs;

/** How far the next opening is looked for. The clock of a store's page covers as much. */
const lookAheadDays = 400;

/** After all dates that a schedule may name. */
const lastDate = "2100-01-01";

/** When a closed store opens, or an open one closes. */
export interface NextChange {
  readonly opensAt: EpochMs | null;
  /** A closed store does not open before; null when it opens at `opensAt`, or never. */
  readonly opensNotBefore: EpochMs | null;
  readonly closesAt: EpochMs | null;
}

const never: NextChange = { opensAt: null, opensNotBefore: null, closesAt: null };

/** The next opening of a store that does not open soon: after a season, for example. */
async function laterOpening(
  database: Database,
  viewer: Viewer,
  storeKey: number,
  schedule: Schedule,
  asOf: EpochMs,
): Promise<NextChange> {
  const end = asOf + lookAheadDays * dayMs;
  const from = new Date(asOf - 3 * dayMs).toISOString().slice(0, 10);
  const limit = lookAheadDays + 10;
  const { dates, total } = await readAs(database, viewer, (db) =>
    readExceptions(db, { storeKey, from, to: null, after: null, limit }),
  );
  const { exceptions, closures } = applyCalendars([], [{ first: from, before: lastDate, dates }]);
  const [next] = openIntervals({ ...schedule, exceptions, closures }, { start: asOf, end });
  if (next !== undefined) return { ...never, opensAt: next.start };
  const hasLaterHours = total > dates.length || exceptions.some(({ hours }) => hours.length > 0);
  const isNeverOpen = schedule.weekly !== "always" && schedule.weekly.length === 0 && !hasLaterHours;
  return isNeverOpen ? never : { ...never, opensNotBefore: end };
}

/** @param schedule with the exceptions of at least eight days from `asOf` on */
export async function findNextChange(
  database: Database,
  viewer: Viewer,
  storeKey: number,
  schedule: Schedule,
  asOf: EpochMs,
  isOpen: boolean,
): Promise<NextChange> {
  const end = asOf + nearMs;
  const [next] = openIntervals(schedule, { start: asOf, end });
  if (isOpen) return { ...never, closesAt: next === undefined || next.end >= end ? null : next.end };
  if (next !== undefined) return { ...never, opensAt: next.start };
  return laterOpening(database, viewer, storeKey, schedule, asOf);
}
