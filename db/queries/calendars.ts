import { and, asc, count, eq } from "drizzle-orm";
import { advisoryLocks, lockForTransaction } from "@/db/advisory-locks";
import type { Db } from "@/db/client";
import { calendarLabels, calendars, calendarStores } from "@/db/schema/calendars";
import { stores } from "@/db/schema/stores";
import { isStore } from "./store-lifecycle";

export type CalendarRow = typeof calendars.$inferSelect;

/** By name. */
export function listCalendars(db: Db): Promise<CalendarRow[]> {
  return db.select().from(calendars).orderBy(asc(calendars.name));
}

/** No other transaction can create, rename or delete a calendar until this one ends. */
export function lockCalendars(tx: Db): Promise<void> {
  return lockForTransaction(tx, advisoryLocks.calendars);
}

export async function countCalendars(db: Db): Promise<number> {
  const [row] = await db.select({ count: count() }).from(calendars);
  return row?.count ?? 0;
}

export async function findCalendar(db: Db, id: number): Promise<CalendarRow | null> {
  const [row] = await db.select().from(calendars).where(eq(calendars.id, id));
  return row ?? null;
}

export async function findCalendarNamed(db: Db, name: string): Promise<CalendarRow | null> {
  const [row] = await db.select().from(calendars).where(eq(calendars.name, name));
  return row ?? null;
}

export type CalendarContent = Pick<CalendarRow, "name" | "entries">;

/** Creates a calendar, or changes the one with an id. Call with the calendars locked. */
export async function saveCalendar(tx: Db, id: number | null, content: CalendarContent): Promise<number> {
  const values = { ...content, changedAt: Date.now() };
  const [row] =
    id === null
      ? await tx.insert(calendars).values(values).returning({ id: calendars.id })
      : await tx.update(calendars).set(values).where(eq(calendars.id, id)).returning({ id: calendars.id });
  if (row === undefined) throw new Error("The calendar was not saved.");
  return row.id;
}

/** Deletes a calendar with its dates. @returns whether there was one */
export async function deleteCalendar(tx: Db, id: number): Promise<boolean> {
  const rows = await tx.delete(calendars).where(eq(calendars.id, id)).returning({ id: calendars.id });
  return rows.length > 0;
}

/** To whom a calendar is given. */
export interface CalendarGrants {
  readonly all: boolean;
  readonly brands: readonly string[];
  readonly groups: readonly string[];
  readonly storeIds: readonly string[];
}

/** To whom a calendar is given without end. @param end after all dates */
export async function readCalendarGrants(db: Db, id: number, end: string): Promise<CalendarGrants> {
  const labels = await db
    .select({ kind: calendarLabels.kind, label: calendarLabels.label })
    .from(calendarLabels)
    .where(and(eq(calendarLabels.calendarId, id), eq(calendarLabels.beforeDate, end)))
    .orderBy(asc(calendarLabels.label));
  const given = await db
    .select({ storeId: stores.storeId })
    .from(calendarStores)
    .innerJoin(stores, eq(stores.storeKey, calendarStores.storeKey))
    .where(and(eq(calendarStores.calendarId, id), eq(calendarStores.beforeDate, end), isStore))
    .orderBy(asc(stores.storeId));
  const of = (kind: "brand" | "group") => labels.filter((one) => one.kind === kind).map(({ label }) => label);
  return {
    all: labels.some(({ kind }) => kind === "all"),
    brands: of("brand"),
    groups: of("group"),
    storeIds: given.map(({ storeId }) => storeId),
  };
}
