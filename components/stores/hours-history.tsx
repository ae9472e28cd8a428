"use client";

import { DateWords } from "@/components/ui/date-words";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { useTimeStyle } from "@/components/ui/reader";
import { storeQueries } from "@/lib/client/store-queries";
import type { StoreDetail } from "@/lib/contract/stores";
import { validityText, validityTitle, versionsOf } from "./hours-history-text";
import { hoursByDay } from "./hours-text";

/** All weekly hours of a store, newest first, each with the dates on which they apply. */
function Versions({ storeId }: { storeId: string }) {
  const style = useTimeStyle();
  const { data, error } = useQuery(storeQueries.hours(storeId));
  if (error) return <p role="alert">Couldn’t load the hours: {error.message}</p>;
  if (!data) return <div className="skeleton mt-2 h-24" aria-busy="true" />;
  return (
    <ul className="mt-2 space-y-3">
      {versionsOf(data).map((version) => (
        <li key={version.validFrom ?? ""}>
          <h3 className="font-medium">
            <DateWords>{validityTitle(version, style)}</DateWords>
          </h3>
          {version.rows === null ? (
            <p className="text-muted">Open 24/7, without hours in your data.</p>
          ) : (
            <dl>
              {hoursByDay(version.rows, style).map(({ day, hours }) => (
                <div key={day} className="flex justify-between gap-4">
                  <dt className="text-muted">{day}</dt>
                  <dd className="text-right">{hours.length === 0 ? "Closed" : hours.join(", ")}</dd>
                </div>
              ))}
            </dl>
          )}
        </li>
      ))}
    </ul>
  );
}

/** From when the shown hours apply, and the others; nothing for hours that have always applied. */
export function HoursHistory({ store }: { store: StoreDetail }) {
  const style = useTimeStyle();
  const [open, setOpen] = useState(false);
  const { hours_valid_from: validFrom, hours_valid_before: validBefore } = store;
  if (validFrom === null && validBefore === null) return null;
  return (
    <div className="mt-3 print:hidden">
      <p className="text-muted text-xs">
        These hours: <DateWords>{validityText({ validFrom, validBefore }, style)}</DateWords>
      </p>
      <Button
        className="mt-2"
        aria-expanded={open}
        onClick={() => {
          setOpen(!open);
        }}
      >
        {open ? "Hide all hours" : "Show all hours"}
      </Button>
      {open && <Versions storeId={store.store_id} />}
    </div>
  );
}
