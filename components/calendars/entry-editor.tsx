import { keepPreviousData, skipToken, useQuery } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { Button } from "@/components/ui/button";
import { Field, FormError } from "@/components/ui/field";
import { OpeningsEditor } from "@/components/stores/edit/openings-editor";
import { useSettled } from "@/components/stores/edit/use-settled";
import { calendarQueries } from "@/lib/client/calendar-queries";
import type { CalendarEntry } from "@/lib/contract/calendars";
import { oneOf } from "@/lib/contract/enums";
import { CalendarDates } from "./calendar-dates";
import { ChoiceField } from "./choice-field";
import {
  entryEffects,
  entryFault,
  entryKinds,
  kindOf,
  toEntry,
  type EntryDraft,
  type EntryFieldsProps,
} from "./entry-draft";
import { effectText, kindText } from "./entry-text";
import { WhenFields } from "./when-fields";

/** The coming dates of an entry, before it is saved. */
function ComingDates({ entry }: { entry: EntryDraft }) {
  const text = entryFault(entry) === null ? JSON.stringify(toEntry(entry)) : null;
  const settled = useSettled(text);
  const options = calendarQueries.datesOf((settled === null ? {} : JSON.parse(settled)) as CalendarEntry);
  const { data, error } = useQuery({
    ...options,
    ...(settled === null && { queryFn: skipToken }),
    placeholderData: keepPreviousData,
  });
  if (text === null) return <p className="text-muted">Complete the entry to see its dates.</p>;
  if (error) return <FormError>{error.message}</FormError>;
  if (data === undefined) return <p className="text-muted">Computing the dates…</p>;
  return <CalendarDates label="Coming dates of this entry" dates={data.dates} total={data.total_dates} />;
}

const hoursWords = {
  ...{ none: "No hours yet", add: "Add hours", start: "opens", end: "closes" },
  addTo: (of: string) => `Add hours on ${of}`,
};

const closedWords = {
  ...{ none: "No closed hours yet", add: "Add closed hours", start: "closed from", end: "closed until" },
  addTo: (of: string) => `Add closed hours on ${of}`,
};

/** An entry may have hours by the API that are not offered here. */
const effectsOf = ({ kind, effect }: EntryDraft) =>
  kind === "holidays" && effect !== "part" ? entryEffects.slice(0, 2) : entryEffects;

function EffectFields({ entry, onChange }: EntryFieldsProps) {
  const { effect, openings } = entry;
  return (
    <div className="grid gap-2">
      <ChoiceField
        label="Hours on these dates"
        value={effect}
        onChange={(value) => {
          onChange({ effect: oneOf(entryEffects, value) ?? "closed" });
        }}
      >
        {effectsOf(entry).map((one) => (
          <option key={one} value={one}>
            {effectText[one]}
          </option>
        ))}
      </ChoiceField>
      {effect !== "closed" && (
        <div role="group" aria-label={effect === "part" ? "Closed hours" : "Hours"}>
          <OpeningsEditor
            of="these dates"
            openings={openings}
            words={effect === "part" ? closedWords : hoursWords}
            onChange={(changed) => {
              onChange({ openings: changed });
            }}
          />
        </div>
      )}
    </div>
  );
}

interface EntryEditorProps extends EntryFieldsProps {
  /** Whether what is wrong with it is shown. */
  readonly showsFault: boolean;
  readonly onDone: () => void;
}

/** One entry of a calendar: its dates and the hours on them, with the dates that follow from it. */
export function EntryEditor({ entry, onChange, showsFault, onDone }: EntryEditorProps) {
  const group = useRef<HTMLDivElement>(null);
  useEffect(() => {
    group.current?.querySelector("select")?.focus();
  }, []);
  const fault = showsFault ? entryFault(entry) : null;
  return (
    <div ref={group} role="group" aria-label="Entry" className="border-line bg-sunken grid gap-4 rounded-md border p-3">
      <div className="grid items-start gap-4 sm:grid-cols-2">
        <ChoiceField
          label="Dates"
          value={entry.kind}
          onChange={(value) => {
            const kind = kindOf(value);
            onChange({ kind, ...(kind === "holidays" && entry.effect === "part" && { effect: "closed" }) });
          }}
        >
          {entryKinds.map((kind) => (
            <option key={kind} value={kind}>
              {kindText[kind]}
            </option>
          ))}
        </ChoiceField>
        {entry.kind !== "holidays" && (
          <Field
            id={`entry-${String(entry.key)}-name`}
            label="Name"
            maxLength={100}
            autoComplete="off"
            placeholder="Christmas Day"
            value={entry.name}
            onChange={({ target }) => {
              onChange({ name: target.value });
            }}
          />
        )}
        <WhenFields entry={entry} onChange={onChange} />
      </div>
      <EffectFields entry={entry} onChange={onChange} />
      <div>
        <h3 className="mb-1 font-medium">Coming dates</h3>
        <ComingDates entry={entry} />
      </div>
      {fault !== null && <FormError>{fault}</FormError>}
      <Button className="justify-self-start" onClick={onDone}>
        Done
      </Button>
    </div>
  );
}
