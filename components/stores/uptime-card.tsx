import clsx from "clsx";
import type { Estimate } from "@/lib/contract/uptime";
import { formatOpenTime } from "@/lib/format/duration";
import type { WindowName } from "@/lib/uptime/types";
import { SplitBar } from "@/components/ui/split-bar";
import type { ExplainedFigure } from "./explain-dialog";
import { changeText, uptimeText, windowText } from "./uptime-text";

interface UptimeCardProps {
  readonly window: WindowName;
  readonly estimate: Estimate;
  /** The window of the same length before it; null where nothing is known of that. */
  readonly previous: Estimate | null;
  readonly onExplain: (figure: ExplainedFigure) => void;
}

const figureClass = clsx(
  "decoration-line-strong -mx-1 rounded px-1 text-left underline decoration-dotted decoration-1 underline-offset-4",
  "hover:bg-sunken hover:decoration-solid print:no-underline",
);

/** One window's figures: what it was, how long of each, and how far to trust it. */
export function UptimeCard({ window, estimate, previous, onExplain }: UptimeCardProps) {
  const { headline, beside, trust } = uptimeText(window, estimate);
  const { open_ms: open, up_ms: up, down_ms: down, unknown_ms: unknown } = estimate;
  const change = changeText(window, estimate, previous);
  const titleId = `uptime-${window}`;
  const parts = [
    { state: "up", word: "Up", ms: up },
    { state: "down", word: "Down", ms: down },
    { state: "unknown", word: "No data", ms: unknown },
  ] as const;
  return (
    <section
      aria-labelledby={titleId}
      className="border-line bg-panel rounded-panel row-span-4 grid grid-rows-subgrid border p-4"
    >
      <div>
        <h2 id={titleId} className="text-muted text-sm">
          {windowText[window]}
        </h2>
        <p className="mt-1 flex min-h-9 flex-wrap items-baseline gap-x-2">
          {open === 0 ? (
            <span className="text-3xl leading-9 font-semibold tracking-tight">{headline}</span>
          ) : (
            <button
              type="button"
              aria-haspopup="dialog"
              aria-label={`${headline}, explain`}
              onClick={() => {
                onExplain("all");
              }}
              className={clsx(figureClass, "text-3xl leading-9 font-semibold tracking-tight")}
            >
              {headline}
            </button>
          )}
          <span className="text-muted">{beside}</span>
        </p>
        <p className="text-muted min-h-4 text-xs">{change}</p>
      </div>
      <SplitBar
        className="h-2.5"
        up={open === 0 ? 0 : up / open}
        down={open === 0 ? 0 : down / open}
        unknown={open === 0 ? 0 : unknown / open}
      />
      {/* Three beside each other need more room than a card of a tablet has. */}
      <dl className="grid grid-cols-3 gap-x-2 md:max-lg:grid-cols-1 print:grid-cols-3">
        {parts.map(({ state, word, ms }) => (
          <div
            key={word}
            className="min-w-0 md:max-lg:flex md:max-lg:items-baseline md:max-lg:justify-between print:block"
          >
            <dt className="text-muted text-xs">{word}</dt>
            <dd className="min-h-6 leading-6 font-medium whitespace-nowrap">
              {ms === 0 ? (
                formatOpenTime(ms)
              ) : (
                <button
                  type="button"
                  aria-haspopup="dialog"
                  aria-label={`${word} ${formatOpenTime(ms)}, explain`}
                  onClick={() => {
                    onExplain(state);
                  }}
                  className={clsx(figureClass, "min-h-6 leading-6 font-medium")}
                >
                  {formatOpenTime(ms)}
                </button>
              )}
            </dd>
          </div>
        ))}
      </dl>
      <p className="text-muted flex flex-wrap justify-between gap-x-3 text-xs">
        {trust.map((line) => (
          <span key={line}>{line}</span>
        ))}
      </p>
    </section>
  );
}
