import type { Estimate } from "@/lib/contract/uptime";
import { formatOpenTime } from "@/lib/format/duration";
import type { WindowName } from "@/lib/uptime/types";
import { SplitBar } from "@/components/ui/split-bar";
import { uptimeWords, windowWords } from "./uptime-words";

/** One window's figures: what it was, how long of each, and how far to trust it. */
export function UptimeCard({ window, estimate }: { window: WindowName; estimate: Estimate }) {
  const { headline, beside, trust } = uptimeWords(window, estimate);
  const { open_ms: open, up_ms: up, down_ms: down, unknown_ms: unknown } = estimate;
  const titleId = `uptime-${window}`;
  const parts = [
    { word: "Up", ms: up },
    { word: "Down", ms: down },
    { word: "No data", ms: unknown },
  ];
  return (
    <section aria-labelledby={titleId} className="border-line bg-panel rounded-panel flex flex-col gap-3 border p-4">
      <div>
        <h2 id={titleId} className="text-muted text-sm">
          {windowWords[window]}
        </h2>
        <p className="mt-1 flex min-h-9 flex-wrap items-baseline gap-x-2">
          <span className="text-3xl leading-9 font-semibold tracking-tight">{headline}</span>
          <span className="text-muted">{beside}</span>
        </p>
      </div>
      <SplitBar
        className="h-2.5"
        up={open === 0 ? 0 : up / open}
        down={open === 0 ? 0 : down / open}
        unknown={open === 0 ? 0 : unknown / open}
      />
      <dl className="grid grid-cols-3 gap-2 md:text-[0.8125rem] lg:text-sm">
        {parts.map(({ word, ms }) => (
          <div key={word} className="min-w-0">
            <dt className="text-muted text-xs">{word}</dt>
            <dd className="font-medium whitespace-nowrap">{formatOpenTime(ms)}</dd>
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
