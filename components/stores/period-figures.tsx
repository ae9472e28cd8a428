import type { StorePeriod } from "@/lib/client/store-period";
import type { StoreRangeUptime } from "@/lib/contract/store-history";
import type { Estimate } from "@/lib/contract/uptime";
import { formatOpenTime } from "@/lib/format/duration";
import type { Clock } from "@/lib/format/zoned-time";
import { DateWords } from "@/components/ui/date-words";
import { SplitBar } from "@/components/ui/split-bar";
import { rangeHeadings } from "./period-text";
import { changeBetween, uptimeText } from "./uptime-text";

interface FigureProps {
  readonly id: string;
  readonly title: string;
  readonly dates: string;
  /** Null where nothing is known. */
  readonly estimate: Estimate | null;
  readonly change?: string;
}

function Figure({ id, title, dates, estimate, change = "" }: FigureProps) {
  const { headline, beside, trust } =
    estimate === null ? { headline: "No data", beside: "", trust: [] } : uptimeText("week", estimate);
  const open = estimate?.open_ms ?? 0;
  const share = (ms: number): number => (open === 0 ? 0 : ms / open);
  const { up_ms: up, down_ms: down, unknown_ms: unknown } = estimate ?? { up_ms: 0, down_ms: 0, unknown_ms: 0 };
  return (
    <section aria-labelledby={id} className="border-line bg-panel rounded-panel border p-4">
      <h2 id={id} className="text-muted flex flex-wrap justify-between gap-x-3 text-sm">
        {title}{" "}
        <span>
          <DateWords>{dates}</DateWords>
        </span>
      </h2>
      <p className="mt-1 flex min-h-9 flex-wrap items-baseline gap-x-2">
        <span className="text-2xl leading-9 font-semibold tracking-tight">{headline}</span>
        <span className="text-muted">{beside}</span>
      </p>
      <SplitBar className="h-2.5" up={share(up)} down={share(down)} unknown={share(unknown)} />
      <p className="mt-2">
        {open > 0 && `Down ${formatOpenTime(down)}, up ${formatOpenTime(up)}, no data ${formatOpenTime(unknown)}`}
      </p>
      <p className="text-muted flex flex-wrap justify-between gap-x-3 text-xs">
        {[...(change === "" ? [] : [change]), ...trust].map((line) => (
          <span key={line}>{line}</span>
        ))}
      </p>
    </section>
  );
}

interface PeriodFiguresProps {
  readonly period: StorePeriod;
  readonly range: StoreRangeUptime;
  /** The store's, whose dates these are. */
  readonly clock: Clock;
}

/** A period's figures beside those of the period before it. */
export function PeriodFigures({ period, range, clock }: PeriodFiguresProps) {
  const [present, before] = rangeHeadings(period, range, clock);
  if (present === undefined || before === undefined) return null;
  return (
    <div className="mt-3 grid gap-3 md:grid-cols-2 print:grid-cols-2">
      <Figure
        id="period"
        {...present}
        estimate={range.estimate}
        change={changeBetween(range.estimate, range.previous)}
      />
      <Figure id="period-before" {...before} estimate={range.previous} />
    </div>
  );
}
