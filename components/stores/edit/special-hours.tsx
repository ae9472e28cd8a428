"use client";

import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { AsyncPanel } from "@/components/ui/async-panel";
import { Button } from "@/components/ui/button";
import { Panel } from "@/components/ui/panel";
import { storeEditQueries } from "@/lib/client/store-edit-queries";
import type { StoreDetail } from "@/lib/contract/stores";
import { FollowedCalendars } from "@/components/stores/followed-calendars";
import { firstExceptionShown } from "@/components/stores/hours-text";
import { addDateId, dateFieldId, editDateId, toDateDraft, type DateDraft } from "./special-date";
import { SpecialDateForm } from "./special-date-form";
import { SpecialDates } from "./special-dates";

/** Moves the focus when what had it goes. @returns a function that takes ids: the first one in the page gets the focus */
function useFocusMove(): (...ids: readonly string[]) => void {
  const [ids, setIds] = useState<readonly string[]>([]);
  useEffect(() => {
    const found = ids.map((id) => document.getElementById(id)).find((element) => element !== null);
    found?.focus();
  }, [ids]);
  return (...next) => {
    setIds(next);
  };
}

interface Edited {
  readonly draft: DateDraft;
  readonly isNew: boolean;
  /** Each form is another one. */
  readonly key: number;
}

interface SpecialHoursProps {
  readonly store: StoreDetail;
  readonly canOpenCalendars: boolean;
}

/** Dates on which the weekly hours do not apply, from the last week on. */
export function SpecialHours({ store, canOpenCalendars }: SpecialHoursProps) {
  const query = useInfiniteQuery(storeEditQueries.exceptions(store.store_id, firstExceptionShown(store)));
  const hours = useQuery(storeEditQueries.hours(store.store_id));
  const [edited, setEdited] = useState<Edited | null>(null);
  const [status, setStatus] = useState("");
  const moveFocus = useFocusMove();
  const edit = (draft: DateDraft, isNew: boolean) => {
    setStatus("");
    setEdited({ draft, isNew, key: (edited?.key ?? 0) + 1 });
  };
  const close = (date: string, said: string) => {
    setStatus(said);
    setEdited(null);
    moveFocus(editDateId(date), addDateId);
  };
  return (
    <Panel title="Special hours" id="special-hours">
      <AsyncPanel what="special hours" height="h-20" query={hours}>
        {({ data: weekly }) => (
          <div className="grid gap-4">
            <p className="text-muted text-pretty">
              Holidays and other exceptions. They replace the weekly hours on that date.
            </p>
            <AsyncPanel what="special hours" height="h-20" query={query}>
              {({ pages }) => (
                <SpecialDates
                  storeId={store.store_id}
                  exceptions={pages.flatMap(({ exceptions }) => exceptions)}
                  onEdit={(exception) => {
                    edit(toDateDraft(exception, weekly), false);
                  }}
                  onRemoved={(beside, hadFocus) => {
                    setStatus("Removed");
                    if (hadFocus) moveFocus(...(beside === null ? [] : [editDateId(beside)]), addDateId, dateFieldId);
                  }}
                />
              )}
            </AsyncPanel>
            {query.hasNextPage && (
              <Button className="justify-self-start" onClick={() => void query.fetchNextPage()}>
                Show more
              </Button>
            )}
            {edited === null ? (
              <Button
                id={addDateId}
                className="justify-self-start"
                onClick={() => {
                  edit({ date: "", openings: [] }, true);
                }}
              >
                Add date
              </Button>
            ) : (
              <SpecialDateForm
                key={edited.key}
                storeId={store.store_id}
                weekly={weekly}
                initial={edited.draft}
                isNew={edited.isNew}
                onSaved={(date) => {
                  close(date, "Saved");
                }}
                onCancel={() => {
                  close(edited.draft.date, "");
                }}
              />
            )}
            <p role="status" className="text-muted">
              {status}
            </p>
            <FollowedCalendars calendars={store.calendars} canOpen={canOpenCalendars} />
          </div>
        )}
      </AsyncPanel>
    </Panel>
  );
}
