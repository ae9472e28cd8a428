import type { Import } from "@/lib/contract/imports";
import { countEntries } from "./import-text";

/** What became of an import's rows, in one line; nothing before it ended. */
export function ImportOutcome({ value: { counts, undone } }: { value: Import }) {
  if (counts === null) return null;
  return (
    <p className="text-muted flex flex-wrap gap-x-4">
      {countEntries(counts).map(({ word, count }) => (
        <span key={word}>
          {word} {count}
        </span>
      ))}
      {undone && <span>Removed by undo {undone.polls_removed.toLocaleString("en-US")}</span>}
    </p>
  );
}
