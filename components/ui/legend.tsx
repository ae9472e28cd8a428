const entries = [
  { fill: "fill-state-up", word: "Up" },
  { fill: "fill-state-down", word: "Down" },
  { fill: "fill-state-unknown", word: "No data" },
  { fill: "fill-state-closed", word: "Closed" },
];

/** What the fills of bars and charts mean. @param gap explains the mark of a time without checks of any store too */
export function Legend({ gap = false }: { gap?: boolean }) {
  return (
    <ul aria-label="Legend" className="text-muted flex flex-wrap gap-x-4 gap-y-1 text-xs">
      {entries.map(({ fill, word }) => (
        <li key={word} className="flex items-center gap-1.5">
          <span aria-hidden className={`border-line-strong size-3 rounded-xs border ${fill}`} />
          {word}
        </li>
      ))}
      {gap && (
        <li className="flex items-center gap-1.5">
          <span aria-hidden className="border-ink size-3 border-x-2 border-dashed opacity-60" />
          Monitoring gap
        </li>
      )}
    </ul>
  );
}
