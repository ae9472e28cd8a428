import { useQuery } from "@tanstack/react-query";
import { Plus } from "lucide-react";
import { Button } from "@/components/ui/button";
import { DateWords } from "@/components/ui/date-words";
import { useTimeStyle } from "@/components/ui/reader";
import { calendarQueries } from "@/lib/client/calendar-queries";
import { newEntry, type EntryDraft, type EntryKind } from "./entry-draft";
import { EntryEditor } from "./entry-editor";
import { entrySummary, entryTitle } from "./entry-text";

interface EntriesEditorProps {
  readonly entries: readonly EntryDraft[];
  /** The key of the entry whose fields are shown; null: none. */
  readonly shown: number | null;
  readonly showsFaults: boolean;
  readonly onChange: (entries: readonly EntryDraft[], shown: number | null) => void;
}

const addId = "add-entry";
const editId = (key: number): string => `edit-entry-${String(key)}`;

/** The entries of a calendar, of which one at a time shows its fields. */
export function EntriesEditor({ entries, shown, showsFaults, onChange }: EntriesEditorProps) {
  const style = useTimeStyle();
  // Only names of places that are there need the list of them.
  const hasPlaces = entries.some(({ kind }) => kind === "holidays");
  const { data } = useQuery({ ...calendarQueries.places(), enabled: hasPlaces });
  const countries = data?.countries ?? [];
  const add = (kind: EntryKind) => {
    const key = Math.max(0, ...entries.map((entry) => entry.key)) + 1;
    onChange([...entries, newEntry(key, kind)], key);
  };
  /** What had the focus is gone once the page is drawn again. */
  const focusAfter = (id: string) => {
    requestAnimationFrame(() => document.getElementById(id)?.focus());
  };
  return (
    <div className="grid gap-2">
      {entries.length === 0 && (
        <p className="text-muted">No dates yet. Add single dates, yearly ones, or the public holidays of a country.</p>
      )}
      <ul aria-label="Entries" className="divide-line divide-y">
        {entries.map((entry) => (
          <li key={entry.key} className="py-2">
            {entry.key === shown ? (
              <EntryEditor
                entry={entry}
                showsFault={showsFaults}
                onChange={(change) => {
                  onChange(
                    entries.map((one) => (one === entry ? { ...one, ...change } : one)),
                    shown,
                  );
                }}
                onDone={() => {
                  onChange(entries, null);
                  focusAfter(editId(entry.key));
                }}
              />
            ) : (
              <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1">
                <span className="min-w-0">
                  <span className="wrap-break-word font-medium">{entryTitle(entry, countries)}</span>
                  <span className="text-muted block text-pretty">
                    <DateWords>{entrySummary(entry, style)}</DateWords>
                  </span>
                </span>
                <span className="flex gap-2">
                  <Button
                    id={editId(entry.key)}
                    aria-label={`Edit ${entryTitle(entry, countries)}`}
                    onClick={() => {
                      onChange(entries, entry.key);
                    }}
                  >
                    Edit
                  </Button>
                  <Button
                    aria-label={`Remove ${entryTitle(entry, countries)}`}
                    onClick={() => {
                      onChange(
                        entries.filter((one) => one !== entry),
                        shown,
                      );
                      focusAfter(addId);
                    }}
                  >
                    Remove
                  </Button>
                </span>
              </div>
            )}
          </li>
        ))}
      </ul>
      <div className="flex flex-wrap gap-2">
        <Button
          id={addId}
          onClick={() => {
            add("date");
          }}
        >
          <Plus aria-hidden className="size-4" />
          Add date
        </Button>
        <Button
          onClick={() => {
            add("holidays");
          }}
        >
          <Plus aria-hidden className="size-4" />
          Add public holidays
        </Button>
      </div>
      {entries.length > 1 && (
        <p className="text-muted text-xs">Where two entries name one date, the later one applies.</p>
      )}
    </div>
  );
}
