import { Plus, X } from "lucide-react";
import { useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { endsNextDay, type OpeningDraft } from "./hours-draft";

/** How the rows are called. */
interface OpeningWords {
  /** What no row means. */
  readonly none: string;
  readonly add: string;
  /** The button that adds a row, for those who do not see what it stands beside. */
  readonly addTo: (of: string) => string;
  readonly start: string;
  readonly end: string;
}

interface OpeningsEditorProps {
  /** "Monday", for the names of the fields. */
  readonly of: string;
  readonly openings: readonly OpeningDraft[];
  readonly words?: OpeningWords;
  readonly onChange: (openings: readonly OpeningDraft[]) => void;
}

const openingWords: OpeningWords = {
  ...{ none: "Closed", add: "Add hours", start: "opens", end: "closes" },
  addTo: (of) => `Add an opening on ${of}`,
};

const timeClass = "border-line-strong bg-panel h-9 w-28 rounded-md border px-1.5 text-sm";
const fresh: OpeningDraft = { start: "09:00", end: "17:00" };

/** The openings of one day: any number of them, each of which may end on the next day. */
export function OpeningsEditor({ of, openings, words = openingWords, onChange }: OpeningsEditorProps) {
  const add = useRef<HTMLButtonElement>(null);
  const [removed, setRemoved] = useState("");
  const set = (index: number, opening: OpeningDraft) => {
    onChange(openings.map((one, at) => (at === index ? opening : one)));
  };
  return (
    <div className="space-y-1.5">
      {openings.map((opening, index) => {
        const name = openings.length === 1 ? of : `${of}, opening ${String(index + 1)}`;
        return (
          // Fields of a row have no identity but their place.
          <div key={index} className="flex flex-wrap items-center gap-x-1.5 gap-y-1">
            <input
              type="time"
              aria-label={`${name}: ${words.start}`}
              value={opening.start}
              className={timeClass}
              onChange={(event) => {
                set(index, { ...opening, start: event.target.value });
              }}
            />
            <span aria-hidden>–</span>
            <input
              type="time"
              aria-label={`${name}: ${words.end}`}
              value={opening.end}
              className={timeClass}
              onChange={(event) => {
                set(index, { ...opening, end: event.target.value });
              }}
            />
            <button
              type="button"
              aria-label={`Remove ${name}`}
              className="text-muted hover:bg-sunken hover:text-ink grid size-9 place-items-center rounded-md"
              onClick={() => {
                // The focus stays on the row that takes the place of this one; after the last row comes the button.
                if (index === openings.length - 1) add.current?.focus();
                setRemoved(`Removed ${[opening.start, opening.end].filter(Boolean).join("–")} on ${of}.`);
                onChange(openings.filter((_, at) => at !== index));
              }}
            >
              <X aria-hidden className="size-4" />
            </button>
            {endsNextDay(opening) && <span className="text-muted text-xs">ends the next day</span>}
          </div>
        );
      })}
      {openings.length === 0 && <span className="text-muted mr-3 inline-block py-2">{words.none}</span>}
      <Button
        ref={add}
        aria-label={words.addTo(of)}
        onClick={() => {
          setRemoved("");
          onChange([...openings, openings.length === 0 ? fresh : { start: "", end: "" }]);
        }}
      >
        <Plus aria-hidden className="size-4" />
        {words.add}
      </Button>
      <span role="status" className="sr-only">
        {removed}
      </span>
    </div>
  );
}
