import type { Import } from "@/lib/contract/imports";
import { countEntries } from "./import-text";
import { undoneText } from "./undo-text";

/** What became of an import's rows, in one line; nothing before it ended. */
export function ImportOutcome({ value }: { value: Import }) {
  const { counts } = value;
  const undone = undoneText(value);
  if (counts === null) return null;
  return (
    <p className="text-muted flex flex-wrap gap-x-4">
      {countEntries(counts).map(({ word, count }) => (
        <span key={word}>
          {word} {count}
        </span>
      ))}
      {undone !== null && <span>Undone: {undone}</span>}
    </p>
  );
}
