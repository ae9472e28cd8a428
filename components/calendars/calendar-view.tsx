"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { AsyncPanel } from "@/components/ui/async-panel";
import { BackLink } from "@/components/ui/back-link";
import { ConfirmButton } from "@/components/ui/confirm-button";
import { calendarQueries } from "@/lib/client/calendar-queries";
import { storeQueries } from "@/lib/client/store-queries";
import type { CalendarFeed } from "@/lib/contract/calendar-feeds";
import { CalendarForm } from "./calendar-form";
import { FeedPanel } from "./feed-panel";

function DeleteCalendar({ id, name }: { id: number; name: string }) {
  const router = useRouter();
  const queryClient = useQueryClient();
  const remove = useMutation(calendarQueries.remove());
  return (
    <ConfirmButton
      label="Delete calendar"
      question={`Delete ${name}?`}
      consequence="Its dates no longer apply, including past ones: past figures are recalculated. To end it from a date on, remove its stores instead."
      action="Delete calendar"
      busy={remove.isPending}
      error={remove.error}
      onConfirm={(close) => {
        remove.mutate(id, {
          onSuccess: () => {
            close();
            void queryClient.invalidateQueries({ queryKey: storeQueries.all() });
            void queryClient.invalidateQueries({ queryKey: calendarQueries.list().queryKey });
            router.push("/calendars");
          },
        });
      }}
    />
  );
}

interface CalendarViewProps {
  readonly calendarId: number;
  readonly name: string;
  /** The date of the newest data where it is earliest. */
  readonly today: string;
  /** Null: the calendar has none. */
  readonly feed: CalendarFeed | null;
}

/** A calendar, to be changed or deleted. */
export function CalendarView({ calendarId, name, today, feed }: CalendarViewProps) {
  const query = useQuery(calendarQueries.one(calendarId));
  const [reloads, setReloads] = useState(0);
  const reload = async () => {
    const { isSuccess } = await query.refetch();
    // Another form, which starts with what is stored now.
    if (isSuccess) setReloads((count) => count + 1);
  };
  return (
    <>
      <BackLink href="/calendars" label="All calendars" />
      <div className="mb-4 flex flex-wrap items-start justify-between gap-3">
        <h1 className="wrap-break-word min-w-0 text-xl font-semibold tracking-tight">{name}</h1>
        <DeleteCalendar id={calendarId} name={name} />
      </div>
      <AsyncPanel what="the calendar" query={query} height="h-[640px]">
        {(stored) => (
          <>
            <CalendarForm key={reloads} stored={stored} today={today} onReload={() => void reload()} />
            <FeedPanel calendar={stored.data} today={today} initial={feed} />
          </>
        )}
      </AsyncPanel>
    </>
  );
}

/** A calendar to create. */
export function NewCalendarView({ today }: { today: string }) {
  return (
    <>
      <BackLink href="/calendars" label="All calendars" />
      <h1 className="mb-4 text-xl font-semibold tracking-tight">New calendar</h1>
      <CalendarForm stored={null} today={today} />
    </>
  );
}
