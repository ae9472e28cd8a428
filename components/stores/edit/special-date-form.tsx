import { useMutation } from "@tanstack/react-query";
import clsx from "clsx";
import { useEffect, useState } from "react";
import { Button } from "@/components/ui/button";
import { FormError, inputClass } from "@/components/ui/field";
import { storeEditQueries } from "@/lib/client/store-edit-queries";
import type { StoreHours } from "@/lib/contract/store-hours";
import { faultOf, toRow } from "./hours-draft";
import { OpeningsEditor } from "./openings-editor";
import { dateFieldId, toDateDraft, type DateDraft } from "./special-date";
import { useReadExceptions } from "./use-read-exceptions";

interface SpecialDateFormProps {
  readonly storeId: string;
  readonly weekly: StoreHours;
  readonly initial: DateDraft;
  /** Whether the date is still to be chosen; that of stored hours stays. */
  readonly isNew: boolean;
  readonly onSaved: (date: string) => void;
  readonly onCancel: () => void;
}

/** One date: closed, or with openings of its own. */
export function SpecialDateForm({ storeId, weekly, initial, isNew, onSaved, onCancel }: SpecialDateFormProps) {
  const [draft, setDraft] = useState(initial);
  const [isPresent, setIsPresent] = useState(false);
  const canChoose = isNew && !isPresent;
  const readAgain = useReadExceptions(storeId);
  const save = useMutation({ ...storeEditQueries.saveException(storeId), onSuccess: readAgain });
  const fault = draft.date === "" ? "Choose a date." : faultOf(draft.openings);
  const [isTried, setIsTried] = useState(false);
  useEffect(() => {
    document.getElementById(dateFieldId)?.focus();
  }, []);
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
        const { date, openings } = draft;
        save.mutate(
          { date, hours: openings.map(toRow), isNew: canChoose },
          {
            onSuccess: (present) => {
              if (present === null) {
                onSaved(date);
                return;
              }
              setDraft(toDateDraft(present, weekly));
              setIsPresent(true);
            },
          },
        );
      }}
    >
      <div className="max-w-44">
        <label htmlFor={dateFieldId} className="mb-1 block font-medium">
          Date
        </label>
        <input
          id={dateFieldId}
          type="date"
          min="2000-01-01"
          max="2099-12-31"
          readOnly={!canChoose}
          value={draft.date}
          className={clsx(inputClass, !canChoose && "bg-sunken")}
          onChange={(event) => {
            setDraft({ ...draft, date: event.target.value });
          }}
        />
      </div>
      {isPresent && (
        <p role="alert" className="text-pretty">
          This date already has special hours. They are shown here and were not changed.
        </p>
      )}
      <div role="group" aria-label="Hours on this date">
        <OpeningsEditor
          of="this date"
          openings={draft.openings}
          onChange={(openings) => {
            setDraft({ ...draft, openings });
          }}
        />
        <p className="text-muted mt-1 text-xs">No hours: closed on this date.</p>
      </div>
      {isTried && fault !== null && <FormError>{fault}</FormError>}
      {save.error && <FormError>{save.error.message}</FormError>}
      <div className="flex gap-2">
        <Button type="submit" look="primary" aria-disabled={save.isPending}>
          {save.isPending ? "Saving…" : "Save date"}
        </Button>
        <Button onClick={onCancel}>Cancel</Button>
      </div>
    </form>
  );
}
