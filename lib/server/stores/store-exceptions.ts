import type { Database, Db } from "@/db/client";
import { announceFleetChange, recordFleetChange } from "@/db/queries/bulk/fleet-state";
import { deleteException, replaceException } from "@/db/queries/schedule-exceptions";
import { readExceptions, type ExceptionDate } from "@/db/queries/bulk/exception-dates";
import { lockStore } from "@/db/queries/stores";
import type { AuditAction } from "@/lib/contract/enums";
import {
  LocalDateSchema,
  type PutException,
  type ScheduleException,
  type ScheduleExceptionList,
  type ScheduleExceptionsQuery,
} from "@/lib/contract/store-edit";
import { changeAs, readAs } from "@/lib/server/access/as-viewer";
import { recordAudit } from "@/lib/server/access/record-audit";
import type { Viewer } from "@/lib/server/access/viewer";
import { AppError } from "@/lib/server/errors";
import { openCursor, sealCursor, type CursorList } from "@/lib/server/wire/cursor";
import { readDayHours } from "./hours-input";
import { requireManaged, requireStore } from "./require-store";
import { hoursText } from "@/lib/server/wire/wall-time-text";

function toException({ date, effect, from }: ExceptionDate): ScheduleException {
  const source = from === null ? {} : { calendar: from };
  if ("closed" in effect) {
    return { date, closed: false, hours: [], closed_hours: effect.closed.map(hoursText), ...source };
  }
  return { date, closed: effect.hours.length === 0, hours: effect.hours.map(hoursText), ...source };
}

const isDate = (value: unknown): value is string => LocalDateSchema.safeParse(value).success;

/** A page of a store's exceptions. @throws AppError store_not_found, invalid_cursor */
export async function listExceptions(
  database: Database,
  viewer: Viewer,
  storeId: string,
  { from, to, cursor, limit }: ScheduleExceptionsQuery,
): Promise<ScheduleExceptionList> {
  const list: CursorList = ["exceptions", storeId, from, to];
  const after = cursor === undefined ? null : await openCursor(database, viewer, list, cursor, isDate);
  const { storeKey } = await requireStore(database, viewer, storeId);
  const { dates, total } = await readAs(database, viewer, (db) =>
    readExceptions(db, { storeKey, from: from ?? null, to: to ?? null, after, limit: limit + 1 }),
  );
  const page = dates.slice(0, limit);
  const last = dates.length > limit ? page.at(-1) : undefined;
  return {
    store_id: storeId,
    exceptions: page.map(toException),
    total,
    next_cursor: last === undefined ? null : await sealCursor(database, viewer, list, last.date),
  };
}

/** Runs `act` with the store's row locked; the next snapshot includes its effect. */
async function change(
  database: Database,
  viewer: Viewer,
  storeId: string,
  action: AuditAction,
  act: (tx: Db, storeKey: number) => Promise<void>,
): Promise<void> {
  await changeAs(database, viewer, async (tx, editor) => {
    await requireManaged(tx, editor, storeId);
    const storeKey = await lockStore(tx, storeId);
    if (storeKey === null) throw new AppError("store_not_found", `There is no store ${storeId}.`);
    await act(tx, storeKey);
    await recordAudit(tx, editor, action, `store:${storeId}`);
    await recordFleetChange(tx, null);
  });
  await announceFleetChange(database);
}

/**
 * Sets the hours of one date, which replace the weekly ones; without any the store is closed.
 * @throws AppError store_not_found, invalid_hours
 */
export async function putException(
  database: Database,
  viewer: Viewer,
  storeId: string,
  date: string,
  body: PutException,
): Promise<ScheduleException> {
  const hours = readDayHours(body.hours);
  await change(database, viewer, storeId, "exception.put", (db, storeKey) =>
    replaceException(db, storeKey, date, hours),
  );
  return toException({ date, effect: { hours }, from: null });
}

/**
 * Removes the exception of a date, so that the weekly hours apply. @throws AppError store_not_found,
 * exception_not_found
 */
export async function removeException(
  database: Database,
  viewer: Viewer,
  storeId: string,
  date: string,
): Promise<void> {
  await change(database, viewer, storeId, "exception.remove", async (db, storeKey) => {
    if (!(await deleteException(db, storeKey, date))) {
      throw new AppError("exception_not_found", `Store ${storeId} has no special hours on ${date}.`);
    }
  });
}
