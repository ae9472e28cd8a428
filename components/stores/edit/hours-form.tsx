"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { AsyncPanel } from "@/components/ui/async-panel";
import { Button } from "@/components/ui/button";
import { Field, FormError } from "@/components/ui/field";
import { Panel } from "@/components/ui/panel";
import { storeEditQueries } from "@/lib/client/store-edit-queries";
import { storeQueries } from "@/lib/client/store-queries";
import type { StoreDetail } from "@/lib/contract/stores";
import { localDate } from "@/lib/format/zoned-time";
import { ApplyFrom } from "./apply-from";
import { faultOf, toDraft, toHours, usualWeek, type HoursDraft } from "./hours-draft";
import { HoursEffect } from "./hours-effect";
import { WeekEditor } from "./week-editor";

const settledMs = 400;

/** A value once it has stopped changing, so that typing asks for nothing. */
function useSettled<T>(value: T): T {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => {
      setSettled(value);
    }, settledMs);
    return () => {
      clearTimeout(timer);
    };
  }, [value]);
  return settled;
}

function ZoneField({ zone, onChange }: { zone: string; onChange: (zone: string) => void }) {
  const { data } = useQuery(storeEditQueries.zones());
  return (
    <>
      <Field
        id="time-zone"
        label="Time zone"
        list="time-zone-names"
        autoComplete="off"
        spellCheck={false}
        placeholder="America/Chicago (assumed)"
        hint="The hours are on this clock. A name of the tz database, such as America/New_York."
        value={zone}
        onChange={(event) => {
          onChange(event.target.value);
        }}
        className="max-w-sm"
      />
      <datalist id="time-zone-names">
        {data?.names.map((name) => (
          <option key={name} value={name} />
        ))}
      </datalist>
    </>
  );
}

interface EditorProps {
  readonly storeId: string;
  readonly stored: HoursDraft;
  /** The local date of the newest data. */
  readonly today: string;
  readonly etag: string;
}

function HoursEditor({ storeId, stored, today, etag }: EditorProps) {
  const queryClient = useQueryClient();
  const [draft, setDraft] = useState(stored);
  const text = JSON.stringify(toHours(draft));
  const settled = useSettled(text);
  const save = useMutation({
    ...storeEditQueries.saveHours(storeId),
    onSuccess: (saved) => {
      queryClient.setQueryData(storeEditQueries.hours(storeId).queryKey, saved);
      // A night that was entered in two parts is one now, and a zone has its own spelling.
      setDraft(toDraft(saved.data, today));
      void queryClient.invalidateQueries({ queryKey: storeQueries.detail(storeId).queryKey });
    },
  });
  const isChanged = text !== JSON.stringify(toHours(stored));
  const isFaulty = draft.from === "" || draft.week?.some((openings) => faultOf(openings) !== null) === true;
  const mode = draft.week === null ? "always" : "weekly";
  return (
    <form
      method="post"
      noValidate
      className="grid gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        if (save.isPending || isFaulty || !isChanged) return;
        save.mutate({ hours: toHours(draft), etag });
      }}
    >
      <ZoneField
        zone={draft.zone}
        onChange={(zone) => {
          setDraft({ ...draft, zone });
        }}
      />
      <fieldset className="flex flex-wrap gap-x-5 gap-y-1">
        <legend className="mb-1 font-medium">Weekly hours</legend>
        {(["weekly", "always"] as const).map((one) => (
          <label key={one} className="flex min-h-8 items-center gap-2">
            <input
              type="radio"
              name="mode"
              checked={mode === one}
              onChange={() => {
                setDraft({ ...draft, week: one === "always" ? null : (stored.week ?? usualWeek) });
              }}
            />
            {one === "weekly" ? "Hours on each day" : "Open 24/7"}
          </label>
        ))}
      </fieldset>
      {draft.week !== null && (
        <WeekEditor
          week={draft.week}
          onChange={(week) => {
            setDraft({ ...draft, week });
          }}
        />
      )}
      <ApplyFrom
        from={draft.from}
        today={today}
        onChange={(from) => {
          setDraft({ ...draft, from });
        }}
      />
      {isChanged && !isFaulty && settled === text && <HoursEffect storeId={storeId} hours={toHours(draft)} />}
      {save.error && <FormError>{save.error.message}</FormError>}
      <div className="flex flex-wrap items-center gap-3">
        <Button type="submit" look="primary" aria-disabled={!isChanged || isFaulty || save.isPending}>
          {save.isPending ? "Saving…" : "Save hours"}
        </Button>
        <p role="status" className="text-muted">
          {save.isSuccess && !isChanged ? "Saved. Figures follow within a minute." : ""}
        </p>
      </div>
    </form>
  );
}

/** Time zone and weekly hours, with their effect on the last week before they are saved. */
export function HoursForm({ store }: { store: StoreDetail }) {
  const { store_id: storeId, as_of: asOf, clock } = store;
  const today = localDate(asOf, clock);
  const query = useQuery(storeEditQueries.hours(storeId));
  return (
    <Panel title="Business hours" id="hours">
      <AsyncPanel what="the hours" height="h-[640px]" query={query}>
        {({ data, etag }) => <HoursEditor storeId={storeId} stored={toDraft(data, today)} today={today} etag={etag} />}
      </AsyncPanel>
    </Panel>
  );
}
