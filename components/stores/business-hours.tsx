"use client";

import { useQuery } from "@tanstack/react-query";
import type { Route } from "next";
import dynamic from "next/dynamic";
import Link from "next/link";
import { DateWords } from "@/components/ui/date-words";
import { Panel } from "@/components/ui/panel";
import { useTimeStyle } from "@/components/ui/reader";
import { storeQueries } from "@/lib/client/store-queries";
import type { StoreDetail } from "@/lib/contract/stores";
import { zoneAbbreviation } from "@/lib/format/zoned-time";
import { AssumedBadge } from "./assumed-badge";
import { FollowedCalendars } from "./followed-calendars";
import { HoursHistory } from "./hours-history";
import { exceptionText, firstExceptionShown, hoursByDay } from "./hours-text";

/** Only for those who may edit the store, and below the first screen. */
const LazyTodayActions = dynamic(() => import("./edit/today-actions").then((module) => module.TodayActions), {
  ssr: false,
});

function Day({ day, hours }: { day: string; hours: readonly string[] }) {
  return (
    <div className="flex justify-between gap-4 py-1.5">
      <dt className="text-muted">
        <DateWords>{day}</DateWords>
      </dt>
      <dd className="text-right">
        {hours.length === 0 ? (
          <span className="text-muted">Closed</span>
        ) : (
          hours.map((text) => (
            <span key={text} className="block">
              {text}
            </span>
          ))
        )}
      </dd>
    </div>
  );
}

/** Special hours in the week shown and later; nothing when there are none. */
function Exceptions({ store }: { store: StoreDetail }) {
  const style = useTimeStyle();
  const { data } = useQuery(storeQueries.exceptions(store.store_id, firstExceptionShown(store)));
  if (data === undefined || data.total === 0) return null;
  const more = data.total - data.exceptions.length;
  return (
    <>
      <h3 className="text-muted mt-4 text-xs">Special hours</h3>
      <dl className="divide-line divide-y">
        {exceptionText(data.exceptions, style).map(({ date, day, hours }) => (
          <Day key={date} day={day} hours={hours} />
        ))}
      </dl>
      {more > 0 && <p className="text-muted mt-1 text-xs">{more} more later</p>}
    </>
  );
}

/** Where the time zone and the hours come from. */
function sourceText(zone: StoreDetail["time_zone_source"], hours: StoreDetail["hours_source"]): string {
  if (zone === hours) return zone === "given" ? "From your import or the API." : "Time zone and hours are assumed.";
  return zone === "assumed"
    ? "The time zone is assumed; hours are from your import or the API."
    : "Hours are assumed; the time zone is from your import or the API.";
}

interface BusinessHoursProps {
  readonly store: StoreDetail;
  readonly canEdit: boolean;
  /** Whether the reader may open calendars. */
  readonly canOpenCalendars: boolean;
  /** The user's clock in ms. */
  readonly now: number;
}

/** The store's business hours, their time zone, and whether they were imported or assumed. */
export function BusinessHours({ store, canEdit, canOpenCalendars, now }: BusinessHoursProps) {
  const style = useTimeStyle();
  const { business_hours: rows, hours_source: hoursSource, time_zone: zone, time_zone_source: zoneSource } = store;
  return (
    <Panel
      title="Business hours"
      id="business-hours"
      aside={
        <span className="flex items-center gap-3">
          {hoursSource === "assumed" && <AssumedBadge />}
          {canEdit && (
            <Link
              data-noprint
              href={`/stores/${store.store_id}/edit` as Route}
              prefetch={false}
              className="text-accent inline-block min-h-6 py-0.5 hover:underline"
            >
              Edit store
            </Link>
          )}
        </span>
      }
    >
      {hoursSource === "assumed" ? (
        <p>
          Open 24/7. <span className="text-muted">This store has no hours in your data.</span>
        </p>
      ) : (
        <>
          {rows.length === 0 && (
            <p className="mb-1">Closed on every day of the week: never open outside special hours.</p>
          )}
          <dl className="divide-line -my-1 divide-y print:columns-4 print:gap-6">
            {hoursByDay(rows, style).map(({ day, hours }) => (
              <Day key={day} day={day} hours={hours} />
            ))}
          </dl>
        </>
      )}
      {canEdit && <LazyTodayActions store={store} now={now} />}
      <Exceptions store={store} />
      <FollowedCalendars calendars={store.calendars} canOpen={canOpenCalendars} />
      <HoursHistory store={store} />
      <p className="text-muted border-line mt-3 border-t pt-2.5 text-xs text-pretty">
        Time zone {zone} ({zoneAbbreviation(store.as_of, store.clock)}). {sourceText(zoneSource, hoursSource)}
      </p>
    </Panel>
  );
}
