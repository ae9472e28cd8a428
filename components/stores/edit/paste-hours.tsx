import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { FormError, inputClass } from "@/components/ui/field";
import { storeEditQueries } from "@/lib/client/store-edit-queries";
import type { ConvertedHours } from "@/lib/contract/hours-conversion";

const formatNames: Record<ConvertedHours["format"], string> = {
  openstreetmap: "OpenStreetMap",
  "schema.org": "schema.org",
  google: "Google",
  uber_eats: "Uber Eats",
  doordash: "DoorDash",
};

/** What was read, and what is left for the reader to do. */
function readNotes(read: ConvertedHours): readonly string[] {
  const { notes, exceptions, business_hours: rows } = read;
  const dates = exceptions.map(({ date }) => date).join(", ");
  return [
    ...notes,
    ...(rows === undefined ? ["The week below is unchanged."] : []),
    ...(dates === "" ? [] : [`Hours for single dates were not filled in: ${dates}. Add them under Special hours.`]),
  ];
}

interface PasteHoursProps {
  readonly onRead: (rows: NonNullable<ConvertedHours["business_hours"]> | null) => void;
}

/** Fills the week in from hours as other services write them. */
export function PasteHours({ onRead }: PasteHoursProps) {
  const [text, setText] = useState("");
  const convert = useMutation(storeEditQueries.convertHours());
  const { data } = convert;
  const notes = data === undefined ? [] : readNotes(data);
  return (
    <details className="border-line rounded-panel border p-3">
      <summary className="min-h-6 cursor-pointer font-medium">Paste hours from another service</summary>
      <div className="mt-2 grid gap-2">
        <label htmlFor="pasted-hours" className="text-muted text-sm text-pretty">
          OpenStreetMap text, or JSON from Google, schema.org, Uber Eats or DoorDash
        </label>
        <textarea
          id="pasted-hours"
          rows={3}
          maxLength={50_000}
          spellCheck={false}
          placeholder="Mo-Fr 09:00-17:00; Sa 10:00-14:00"
          className={`${inputClass} h-auto py-2 font-mono`}
          value={text}
          onChange={(event) => {
            setText(event.target.value);
            convert.reset();
          }}
        />
        <div className="flex flex-wrap items-center gap-3">
          <Button
            aria-disabled={text.trim() === "" || convert.isPending}
            onClick={() => {
              if (text.trim() === "" || convert.isPending) return;
              convert.mutate(text, {
                onSuccess: ({ business_hours: rows }) => {
                  if (rows !== undefined) onRead(rows);
                },
              });
            }}
          >
            {convert.isPending ? "Reading…" : "Fill in week"}
          </Button>
          <p role="status" className="text-muted">
            {data !== undefined &&
              `Read as ${formatNames[data.format]}.${data.business_hours === undefined ? "" : " Check the week, then save."}`}
          </p>
        </div>
        {convert.error && <FormError>{convert.error.message}</FormError>}
        {notes.length > 0 && (
          <ul aria-label="Notes on the pasted hours" className="list-disc space-y-1 pl-5 text-sm text-pretty">
            {notes.map((note) => (
              <li key={note}>{note}</li>
            ))}
          </ul>
        )}
      </div>
    </details>
  );
}
