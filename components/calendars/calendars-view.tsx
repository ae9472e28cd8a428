"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import type { Route } from "next";
import { SettingsTabs } from "@/components/access/settings-tabs";
import { AsyncPanel } from "@/components/ui/async-panel";
import { buttonClass } from "@/components/ui/button";
import { Panel } from "@/components/ui/panel";
import { calendarQueries } from "@/lib/client/calendar-queries";
import type { CalendarList } from "@/lib/contract/calendars";

const counted = (count: number, one: string, several: string): string =>
  `${count.toLocaleString("en-US")} ${count === 1 ? one : several}`;

function CalendarRow({ calendar: { id, name, entries, stores } }: { calendar: CalendarList["calendars"][number] }) {
  return (
    <li className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1 py-3">
      <Link
        href={`/calendars/${String(id)}` as Route}
        prefetch={false}
        className="hover:text-accent wrap-break-word inline-block min-h-6 font-medium hover:underline"
      >
        {name}
      </Link>
      <span className="text-muted">
        {counted(entries, "entry", "entries")} · {stores === 0 ? "no stores" : counted(stores, "store", "stores")}
      </span>
    </li>
  );
}

/** The calendars, by name. */
export function CalendarsView() {
  const calendars = useQuery(calendarQueries.list());
  return (
    <>
      <SettingsTabs title="Calendars" current="/calendars" />
      <Panel
        title="Calendars"
        id="calendars"
        aside={
          <Link href="/new-calendar" prefetch={false} className={buttonClass()}>
            Create calendar
          </Link>
        }
      >
        <p className="text-muted mb-2 text-pretty">
          Dates on which many stores are closed or have other hours: holidays, closures, seasonal hours.
        </p>
        <AsyncPanel what="calendars" query={calendars} height="h-48">
          {({ calendars: rows }) =>
            rows.length === 0 ? (
              <p className="text-muted">No calendars yet.</p>
            ) : (
              <ul aria-label="Calendars" className="divide-line divide-y">
                {rows.map((calendar) => (
                  <CalendarRow key={calendar.id} calendar={calendar} />
                ))}
              </ul>
            )
          }
        </AsyncPanel>
      </Panel>
    </>
  );
}
