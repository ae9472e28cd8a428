import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { FormError } from "@/components/ui/field";
import { RequestError } from "@/lib/client/fetch-json";
import { storeEditQueries } from "@/lib/client/store-edit-queries";
import { storeQueries } from "@/lib/client/store-queries";
import type { StoreHours } from "@/lib/contract/store-hours";
import { ApplyFrom, firstDateId } from "./apply-from";
import { faultOf } from "./hours-draft";
import { HoursEffect } from "./hours-effect";
import { changesOf, fromText, hoursToSend, toFields, withRows } from "./hours-fields";
import { PasteHours } from "./paste-hours";
import { WeekEditor } from "./week-editor";
import { ZoneField } from "./zone-field";

interface EditorProps {
  readonly storeId: string;
  readonly stored: StoreHours;
  /** The local date of the newest data. */
  readonly today: string;
  readonly etag: string;
  /** Whether the hours were read again after a conflict. */
  readonly isReloaded: boolean;
  readonly reloadError: Error | null;
  readonly onReload: () => void;
}

/** The hours as they are typed, until they are saved. */
export function HoursEditor({ storeId, stored, today, etag, isReloaded, reloadError, onReload }: EditorProps) {
  const queryClient = useQueryClient();
  const [fields, setFields] = useState(() => toFields(stored, today));
  const changes = changesOf(stored, fields, today);
  const isChanged = changes.zone || changes.hours;
  const save = useMutation({
    ...storeEditQueries.saveHours(storeId),
    onSuccess: (saved) => {
      queryClient.setQueryData(storeEditQueries.hours(storeId).queryKey, saved);
      // A night that was entered in two parts is one now, and a zone has its own spelling.
      setFields(toFields(saved.data, today));
      void queryClient.invalidateQueries({ queryKey: storeQueries.detail(storeId).queryKey });
    },
  });
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    if (isReloaded) form.current?.querySelector("input")?.focus();
  }, [isReloaded]);
  const change = (part: Partial<typeof fields>) => {
    setFields({ ...fields, ...part });
  };
  const isWeekFaulty = !fields.isAlways && fields.week.some((openings) => faultOf(openings) !== null);
  const isDateMissing = changes.hours && !fields.isFromStart && fields.date === "";
  const hours = hoursToSend(stored, fields, changes);
  const isConflict = save.error instanceof RequestError && save.error.code === "precondition_failed";
  return (
    <form
      ref={form}
      method="post"
      noValidate
      className="grid gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        if (save.isPending || isWeekFaulty || !isChanged) return;
        if (isDateMissing) document.getElementById(firstDateId)?.focus();
        else save.mutate({ hours, etag });
      }}
    >
      <ZoneField
        zone={fields.zone}
        onChange={(zone) => {
          change({ zone });
        }}
      />
      <fieldset className="flex flex-wrap gap-x-5 gap-y-1">
        <legend className="mb-1 font-medium">Weekly hours</legend>
        {[false, true].map((isAlways) => (
          <label key={String(isAlways)} className="flex min-h-8 items-center gap-2">
            <input
              type="radio"
              name="mode"
              checked={fields.isAlways === isAlways}
              onChange={() => {
                change({ isAlways });
              }}
            />
            {isAlways ? "Open 24/7" : "Hours on each day"}
          </label>
        ))}
      </fieldset>
      <PasteHours
        onRead={(rows) => {
          setFields((present) => withRows(present, rows));
        }}
      />
      {!fields.isAlways && (
        <WeekEditor
          week={fields.week}
          onChange={(week) => {
            change({ week });
          }}
        />
      )}
      <ApplyFrom
        legend="Apply these hours"
        effect={fromText(fields, changes)}
        isFromStart={fields.isFromStart}
        date={fields.date}
        isDateMissing={isDateMissing}
        onChange={change}
      />
      {isChanged && <HoursEffect storeId={storeId} hours={isWeekFaulty || isDateMissing ? null : hours} />}
      {save.error && <FormError>{save.error.message}</FormError>}
      {isConflict && (
        <div className="flex flex-wrap items-center gap-3">
          <Button onClick={onReload}>Reload hours</Button>
          <p className="text-muted">Your changes in this form will be discarded.</p>
        </div>
      )}
      {isConflict && reloadError && <FormError>{reloadError.message}</FormError>}
      <div className="flex flex-wrap items-center gap-3">
        <Button type="submit" look="primary" aria-disabled={!isChanged || isWeekFaulty || save.isPending}>
          {save.isPending ? "Saving…" : "Save hours"}
        </Button>
        <p role="status" className="text-muted">
          {isChanged ? "" : save.isSuccess ? "Saved. Figures follow within a minute." : isReloaded ? "Reloaded." : ""}
        </p>
      </div>
    </form>
  );
}
