"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { ConfirmButton } from "@/components/ui/confirm-button";
import { FormError } from "@/components/ui/field";
import { Panel } from "@/components/ui/panel";
import { calendarQueries } from "@/lib/client/calendar-queries";
import { storeQueries } from "@/lib/client/store-queries";
import type { CalendarFeed } from "@/lib/contract/calendar-feeds";
import type { Calendar } from "@/lib/contract/calendars";
import { FeedForm } from "./feed-form";
import { FeedStatus } from "./feed-status";

interface FeedPanelProps {
  readonly calendar: Calendar;
  readonly today: string;
  /** As of the page; null: the calendar has none. */
  readonly initial: CalendarFeed | null;
}

/** The iCalendar file or address whose events are dates of a calendar, too. */
export function FeedPanel({ calendar, today, initial }: FeedPanelProps) {
  const { id } = calendar;
  const queryClient = useQueryClient();
  const [known, setKnown] = useState(initial);
  const [isEditing, setEditing] = useState(false);
  const options = calendarQueries.feed(id);
  const read = useQuery({ ...options, enabled: known !== null, ...(initial !== null && { initialData: initial }) });
  const feed = known === null ? null : (read.data ?? known);
  const set = (next: CalendarFeed | null) => {
    if (next === null) queryClient.removeQueries({ queryKey: options.queryKey });
    else queryClient.setQueryData(options.queryKey, next);
    setKnown(next);
    setEditing(false);
    // Stores show the dates of their calendars.
    void queryClient.invalidateQueries({ queryKey: storeQueries.all() });
  };
  const refresh = useMutation({ ...calendarQueries.refreshFeed(id), onSuccess: set });
  const remove = useMutation(calendarQueries.removeFeed(id));
  return (
    <Panel title="iCalendar feed" id="feed" className="mt-3">
      <div className="grid gap-4 lg:max-w-3xl">
        {feed === null ? (
          <p className="text-muted text-pretty">
            Events of an iCalendar file or address become dates of this calendar. Its own entries apply where both name
            a date.
          </p>
        ) : (
          <FeedStatus feed={feed} />
        )}
        {isEditing ? (
          <>
            <FeedForm calendar={calendar} today={today} onSaved={set} />
            <Button
              className="justify-self-start"
              onClick={() => {
                setEditing(false);
              }}
            >
              Cancel
            </Button>
          </>
        ) : (
          <div className="flex flex-wrap gap-2">
            <Button
              onClick={() => {
                setEditing(true);
              }}
            >
              {feed === null ? "Add feed" : "Change feed"}
            </Button>
            {feed !== null && feed.url !== null && (
              <Button
                aria-disabled={refresh.isPending}
                onClick={() => {
                  if (!refresh.isPending) refresh.mutate();
                }}
              >
                Read now
              </Button>
            )}
            {feed !== null && (
              <ConfirmButton
                label="Remove feed"
                question="Remove the feed?"
                consequence="Its coming dates no longer apply. Figures of earlier days do not change."
                action="Remove feed"
                busy={remove.isPending}
                error={remove.error}
                onConfirm={(close) => {
                  remove.mutate(undefined, {
                    onSuccess: () => {
                      close();
                      set(null);
                    },
                  });
                }}
              />
            )}
          </div>
        )}
        {refresh.error && <FormError>{refresh.error.message}</FormError>}
      </div>
    </Panel>
  );
}
