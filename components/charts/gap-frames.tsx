import type { Span } from "./chart-gaps";

const percent = (share: number) => `${(share * 100).toFixed(3)}%`;

/** Dashed frames over a drawing where no store at all was checked. A sentence beside the drawing says so too. */
export function GapFrames({ spans, className }: { spans: readonly Span[]; className: string }) {
  return (
    <div aria-hidden className={`pointer-events-none absolute ${className}`}>
      {spans.map(({ from, width }) => (
        <div
          key={from}
          className="border-ink absolute inset-y-0 border-x-2 border-dashed opacity-60"
          style={{ left: percent(from), width: percent(width) }}
        />
      ))}
    </div>
  );
}
