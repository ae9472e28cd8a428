import type { Database } from "@/db/client";
import { announceFleetChange, noteFleetChange } from "@/db/queries/fleet-state";
import { deleteException, readExceptions, replaceException } from "@/db/queries/schedule-exceptions";
import { lockStore } from "@/db/queries/stores";
import type { Session } from "@/db/transaction";
import type { AuditAction } from "@/lib/contract/names";
import type { PutException, ScheduleException, ScheduleExceptionList } from "@/lib/contract/store-edit";
import { changeAs, readAs } from "@/lib/server/access/as-viewer";
import { recordAudit } from "@/lib/server/access/record-audit";
import type { Viewer } from "@/lib/server/access/viewer";
import { AppError } from "@/lib/server/errors";
import type { DayHours } from "@/lib/uptime/types";
import { readDayHours } from "./hours-input";
import { requireManaged, requireStore } from "./require-store";
import { hoursText } from "@/lib/server/wire/wall-time-text";

function toException(date: string, hours: readonly DayHours[]): ScheduleException {
  return { date, closed: hours.length === 0, hours: hours.map(hoursText) };
}

/** The dates of a store that have hours of their own. @throws AppError store_not_found */
export async function listExceptions(
  database: Database,
  viewer: Viewer,
  storeId: string,
): Promise<ScheduleExceptionList> {
  const { storeKey } = await requireStore(database, viewer, storeId);
  const dates = await readAs(database, viewer, ({ sql }) => readExceptions(sql, storeKey));
  return { store_id: storeId, exceptions: [...dates].map(([date, hours]) => toException(date, hours)) };
}

/** Does `act` with the store's row locked; its effect is what the next snapshot is made of. */
async function change(
  database: Database,
  viewer: Viewer,
  storeId: string,
  action: AuditAction,
  act: (tx: Session, storeKey: number) => Promise<void>,
): Promise<void> {
  await changeAs(database, viewer, async (tx, editor) => {
    await requireManaged(tx, editor, storeId);
    const storeKey = await lockStore(tx.db, storeId);
    if (storeKey === null) throw new AppError("store_not_found", `There is no store ${storeId}.`);
    await act(tx, storeKey);
    await recordAudit(tx.sql, editor, action, `store:${storeId}`);
    await noteFleetChange(tx.sql, null);
  });
  await announceFleetChange(database.sql);
}

/**
 * Gives one date of a store hours of its own instead of the weekly ones; none: closed.
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
  await change(database, viewer, storeId, "exception.put", ({ db }, storeKey) =>
    replaceException(db, storeKey, date, hours),
  );
  return toException(date, hours);
}

/** Lets the weekly hours hold on a date again. @throws AppError store_not_found, exception_not_found */
export async function removeException(
  database: Database,
  viewer: Viewer,
  storeId: string,
  date: string,
): Promise<void> {
  await change(database, viewer, storeId, "exception.remove", async ({ db }, storeKey) => {
    if (!(await deleteException(db, storeKey, date))) {
      throw new AppError("exception_not_found", `Store ${storeId} has no hours of its own on ${date}.`);
    }
  });
}
