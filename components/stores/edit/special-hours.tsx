"use client";

import { useInfiniteQuery, useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { AsyncPanel } from "@/components/ui/async-panel";
import { Button } from "@/components/ui/button";
import { FormError, inputClass } from "@/components/ui/field";
import { Panel } from "@/components/ui/panel";
import { useTimeStyle } from "@/components/ui/reader";
import { storeEditQueries } from "@/lib/client/store-edit-queries";
import { storeQueries } from "@/lib/client/store-queries";
import type { ScheduleException } from "@/lib/contract/store-edit";
import type { StoreDetail } from "@/lib/contract/stores";
import { dateText } from "@/lib/format/time-style";
import { exceptionText, firstExceptionShown } from "@/components/stores/hours-text";
import { openingOf } from "@/components/stores/week-openings";
import { faultOf, toOpeningDraft, toRow, type OpeningDraft } from "./hours-draft";
import { OpeningsEditor } from "./openings-editor";

interface DateDraft {
  readonly date: string;
  readonly openings: readonly OpeningDraft[];
}

function useReadAgain(storeId: string) {
  const queryClient = useQueryClient();
  return () =>
    Promise.all([
      queryClient.invalidateQueries({ queryKey: [...storeEditQueries.all(), "store", storeId, "exceptions"] }),
      queryClient.invalidateQueries({ queryKey: [...storeQueries.all(), "store", storeId] }),
    ]);
}

/** One date: closed, or with openings of its own. */
function DateForm({ storeId, initial, onSaved }: { storeId: string; initial: DateDraft; onSaved: () => void }) {
  const [draft, setDraft] = useState(initial);
  const readAgain = useReadAgain(storeId);
  const save = useMutation({ ...storeEditQueries.saveException(storeId), onSuccess: readAgain });
  const fault = draft.date === "" ? "Choose a date." : faultOf(draft.openings);
  const [isTried, setIsTried] = useState(false);
  return (
    <form
      method="post"
      noValidate
      aria-label="Special hours of a date"
      className="border-line grid gap-3 border-t pt-4"
      onSubmit={(event) => {
        event.preventDefault();
        setIsTried(true);
        if (fault !== null || save.isPending) return;
        save.mutate({ date: draft.date, hours: draft.openings.map(toRow) }, { onSuccess: onSaved });
      }}
    >
      <div className="max-w-44">
        <label htmlFor="special-date" className="mb-1 block font-medium">
          Date
        </label>
        <input
          id="special-date"
          type="date"
          min="2000-01-01"
          max="2099-12-31"
          value={draft.date}
          className={inputClass}
          onChange={(event) => {
            setDraft({ ...draft, date: event.target.value });
          }}
        />
      </div>
      <div role="group" aria-label="Hours on this date">
        <OpeningsEditor
          of="this date"
          openings={draft.openings}
          onChange={(openings) => {
            setDraft({ ...draft, openings });
          }}
        />
        <p className="text-muted mt-1 text-xs">Without hours the store is closed on this date.</p>
      </div>
      {isTried && fault !== null && <FormError>{fault}</FormError>}
      {save.error && <FormError>{save.error.message}</FormError>}
      <Button type="submit" look="primary" className="justify-self-start" aria-disabled={save.isPending}>
        {save.isPending ? "Saving…" : "Save date"}
      </Button>
    </form>
  );
}

interface DatesProps {
  readonly storeId: string;
  readonly exceptions: readonly ScheduleException[];
  readonly onEdit: (draft: DateDraft) => void;
}

function Dates({ storeId, exceptions, onEdit }: DatesProps) {
  const style = useTimeStyle();
  const readAgain = useReadAgain(storeId);
  const remove = useMutation({ ...storeEditQueries.removeException(storeId), onSettled: readAgain });
  if (exceptions.length === 0) return <p className="text-muted">No date has special hours.</p>;
  const texts = exceptionText(exceptions, style);
  return (
    <>
      {remove.error && <FormError>{remove.error.message}</FormError>}
      <ul className="divide-line divide-y">
        {exceptions.map(({ date, hours }, index) => {
          const name = dateText("fullDate", new Date(`${date}T00:00:00Z`), style);
          return (
            <li key={date} className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1 py-2">
              <span>
                <span className="font-medium">{name}</span>
                <span className="text-muted block">{texts[index]?.hours.join(", ")}</span>
              </span>
              <span className="flex gap-2">
                <Button
                  aria-label={`Edit ${name}`}
                  onClick={() => {
                    onEdit({ date, openings: hours.map((row) => toOpeningDraft(openingOf(row))) });
                  }}
                >
                  Edit
                </Button>
                <Button
                  aria-label={`Remove ${name}`}
                  aria-disabled={remove.isPending}
                  onClick={() => {
                    if (!remove.isPending) remove.mutate(date);
                  }}
                >
                  Remove
                </Button>
              </span>
            </li>
          );
        })}
      </ul>
    </>
  );
}

/** Dates on which the weekly hours do not apply, from the last week on. */
export function SpecialHours({ store }: { store: StoreDetail }) {
  const query = useInfiniteQuery(storeEditQueries.exceptions(store.store_id, firstExceptionShown(store)));
  const [edited, setEdited] = useState<{ readonly draft: DateDraft; readonly key: number } | null>(null);
  const edit = (draft: DateDraft) => {
    setEdited({ draft, key: (edited?.key ?? 0) + 1 });
  };
  return (
    <Panel title="Special hours" id="special-hours">
      <div className="grid gap-4">
        <p className="text-muted text-pretty">
          Holidays and other dates with hours of their own. They replace the weekly hours of their date.
        </p>
        <AsyncPanel what="special hours" height="h-20" query={query}>
          {({ pages }) => (
            <Dates storeId={store.store_id} exceptions={pages.flatMap(({ exceptions }) => exceptions)} onEdit={edit} />
          )}
        </AsyncPanel>
        {query.hasNextPage && (
          <Button className="justify-self-start" onClick={() => void query.fetchNextPage()}>
            Show more
          </Button>
        )}
        {edited === null ? (
          <Button
            className="justify-self-start"
            onClick={() => {
              edit({ date: "", openings: [] });
            }}
          >
            Add date
          </Button>
        ) : (
          <DateForm
            key={edited.key}
            storeId={store.store_id}
            initial={edited.draft}
            onSaved={() => {
              setEdited(null);
            }}
          />
        )}
      </div>
    </Panel>
  );
}
