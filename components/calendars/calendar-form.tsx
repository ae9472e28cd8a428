"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { ApplyFrom, firstDateId, type AppliesFrom } from "@/components/stores/edit/apply-from";
import { Button } from "@/components/ui/button";
import { Field, FormError } from "@/components/ui/field";
import { Panel } from "@/components/ui/panel";
import { calendarQueries } from "@/lib/client/calendar-queries";
import { RequestError } from "@/lib/client/fetch-json";
import { storeQueries } from "@/lib/client/store-queries";
import type { Calendar, PutCalendar } from "@/lib/contract/calendars";
import { CalendarEffect } from "./calendar-effect";
import { EntriesEditor } from "./entries-editor";
import { entryFault, toEntry, toEntryDraft, type EntryDraft } from "./entry-draft";
import { noStores, type GivenTo } from "./given-to";
import { GivenToEditor } from "./given-to-editor";

/** What the form has. */
interface Draft extends AppliesFrom {
  readonly name: string;
  readonly entries: readonly EntryDraft[];
  readonly givenTo: GivenTo;
}

function toCalendar({ name, entries, givenTo, isFromStart, date }: Draft): PutCalendar {
  return {
    name: name.trim(),
    entries: entries.map(toEntry),
    given_to: givenTo,
    valid_from: isFromStart ? "beginning" : date,
  };
}

interface CalendarFormProps {
  /** Null: a new one. */
  readonly stored: { readonly data: Calendar; readonly etag: string } | null;
  /** The date of the newest data where it is earliest. */
  readonly today: string;
  /** Reads the stored one again, after a conflict. */
  readonly onReload?: () => void;
}

/** The fields of a calendar. What saving would do is shown before it can be saved. */
export function CalendarForm({ stored, today, onReload }: CalendarFormProps) {
  const router = useRouter();
  const queryClient = useQueryClient();
  const [draft, setDraft] = useState<Draft>(() => ({
    name: stored?.data.name ?? "",
    entries: (stored?.data.entries ?? []).map(toEntryDraft),
    givenTo: stored?.data.given_to ?? noStores,
    isFromStart: false,
    date: today,
  }));
  const [shown, setShown] = useState<number | null>(null);
  const [isTried, setTried] = useState(false);
  const preview = useMutation(calendarQueries.preview());
  const save = useMutation({
    ...calendarQueries.save(),
    onSuccess: () => {
      // Stores show their calendars and the hours of their dates.
      void queryClient.invalidateQueries({ queryKey: storeQueries.all() });
      void queryClient.invalidateQueries({ queryKey: calendarQueries.list().queryKey });
      router.push("/calendars");
    },
  });
  const isPending = preview.isPending || save.isPending;
  const change = (part: Partial<Draft>) => {
    if (save.isPending) return;
    preview.reset();
    save.reset();
    setDraft((present) => ({ ...present, ...part }));
  };
  const isNameMissing = isTried && draft.name.trim() === "";
  const isDateMissing = !draft.isFromStart && draft.date === "";
  const submit = () => {
    if (isPending) return;
    setTried(true);
    const faulty = draft.entries.find((entry) => entryFault(entry) !== null);
    if (draft.name.trim() === "") document.getElementById("calendar-name")?.focus();
    else if (faulty !== undefined) setShown(faulty.key);
    else if (isDateMissing) document.getElementById(firstDateId)?.focus();
    else if (preview.data === undefined) {
      preview.mutate({ ...toCalendar(draft), ...(stored !== null && { calendar_id: stored.data.id }) });
    } else {
      const replaced = stored === null ? null : { id: stored.data.id, etag: stored.etag };
      save.mutate({ calendar: toCalendar(draft), stored: replaced });
    }
  };
  const error = save.error ?? preview.error;
  const isConflict = error instanceof RequestError && error.code === "precondition_failed";
  return (
    <form
      method="post"
      noValidate
      className="grid items-start gap-3 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <div className="grid gap-3">
        <Panel title="Dates" id="dates">
          <div className="grid gap-4">
            <Field
              id="calendar-name"
              label="Name of the calendar"
              maxLength={100}
              autoComplete="off"
              value={draft.name}
              fault={isNameMissing ? "Enter a name." : null}
              onChange={({ target }) => {
                change({ name: target.value });
              }}
            />
            <EntriesEditor
              entries={draft.entries}
              shown={shown}
              showsFaults={isTried}
              onChange={(entries, next) => {
                if (entries !== draft.entries) change({ entries });
                setShown(next);
              }}
            />
          </div>
        </Panel>
        <Panel title="Stores" id="calendar-stores">
          <GivenToEditor
            givenTo={draft.givenTo}
            onChange={(givenTo) => {
              change({ givenTo });
            }}
          />
        </Panel>
      </div>
      <Panel title="Effect" id="effect">
        <div className="grid gap-4">
          <ApplyFrom
            legend={stored === null ? "Apply this calendar" : "Apply this change"}
            effect={
              draft.isFromStart
                ? "Applies to all dates. Past figures are recalculated."
                : "Figures of earlier days do not change."
            }
            isFromStart={draft.isFromStart}
            date={draft.date}
            isDateMissing={isDateMissing}
            onChange={change}
          />
          <div role="status">
            {preview.isPending && <p className="text-muted">Computing the effect…</p>}
            {preview.data !== undefined && <CalendarEffect preview={preview.data} />}
          </div>
          {error && <FormError>{error.message}</FormError>}
          {isConflict && onReload !== undefined && (
            <div className="flex flex-wrap items-center gap-3">
              <Button onClick={onReload}>Reload calendar</Button>
              <p className="text-muted">Your changes in this form will be discarded.</p>
            </div>
          )}
          <Button type="submit" look="primary" aria-disabled={isPending} className="justify-self-start">
            {preview.data === undefined ? "Show effect" : save.isPending ? "Saving…" : "Save calendar"}
          </Button>
        </div>
      </Panel>
    </form>
  );
}
