import { DateWords } from "@/components/ui/date-words";
import clsx from "clsx";
import { hourOfDay, type TimeStyle } from "@/lib/format/time-style";
import type { Span } from "./chart-gaps";
import type { StripDay, StripSegment } from "./week-strip-data";

const share = (value: number) => `${(value * 100).toFixed(3)}%`;

const fills: Record<StripSegment["state"], string> = {
  up: "var(--color-up)",
  down: "url(#strip-down)",
  unknown: "url(#strip-unknown)",
  closed: "none",
};

const hours = [0, 6, 12, 18, 24];

function Patterns() {
  return (
    <svg aria-hidden className="absolute size-0">
      <defs>
        <pattern id="strip-down" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <rect width="6" height="6" fill="var(--color-down)" />
          <rect width="1.5" height="6" fill="var(--color-down-stripe)" />
        </pattern>
        <pattern id="strip-unknown" width="4" height="4" patternUnits="userSpaceOnUse" patternTransform="rotate(-45)">
          <rect width="4" height="4" fill="var(--color-unknown)" />
          <rect width="1" height="4" fill="var(--color-unknown-stripe)" />
        </pattern>
      </defs>
    </svg>
  );
}

function Gap({ from, width }: Span) {
  return (
    <rect
      x={share(from)}
      width={share(width)}
      y="1"
      height="26"
      fill="none"
      stroke="var(--color-ink)"
      strokeWidth="1.5"
      strokeDasharray="4 3"
    />
  );
}

function Day({ day }: { day: StripDay }) {
  return (
    <svg aria-hidden width="100%" height="28" className="block" style={{ forcedColorAdjust: "none" }}>
      <rect x="0" y="3" width="100%" height="16" fill="var(--color-sunken)" opacity="0.6" />
      {day.segments.map((segment) => (
        <rect
          key={segment.from}
          x={share(segment.from)}
          y="3"
          width={share(segment.width)}
          height="16"
          fill={fills[segment.state]}
          pointerEvents="all"
        >
          <title>{segment.label}</title>
        </rect>
      ))}
      {day.openings.map(({ from, width }) => (
        <rect
          key={from}
          x={share(from)}
          width={share(width)}
          y="2.5"
          height="17"
          fill="none"
          stroke="var(--color-line-strong)"
        />
      ))}
      {hours.slice(1, -1).map((hour) => (
        <line
          key={hour}
          x1={share(hour / 24)}
          x2={share(hour / 24)}
          y1="3"
          y2="19"
          stroke="var(--color-panel)"
          strokeWidth="1"
        />
      ))}
      {day.polls.map(({ at, x, active, inHours }) => (
        <line
          key={at}
          x1={share(x)}
          x2={share(x)}
          y1="21"
          y2={active ? "24" : "27"}
          stroke={active ? "var(--color-up-ink)" : "var(--color-down)"}
          strokeWidth="1.5"
          opacity={inHours ? 1 : 0.4}
        />
      ))}
      {day.gaps.map((gap) => (
        <Gap key={gap.from} {...gap} />
      ))}
    </svg>
  );
}

/** A week, one row a local day; the list of incidents and the table beside it say the same in words. */
export function WeekStrip({ days, style }: { days: readonly StripDay[]; style: TimeStyle }) {
  return (
    <div className="grid grid-cols-[auto_minmax(0,1fr)] items-center gap-x-3">
      <Patterns />
      {days.map((day) => (
        <div key={day.start} className="contents">
          <span className="text-muted text-xs whitespace-nowrap">
            <DateWords>{day.label}</DateWords>
            {day.length !== null && <span className="block">{day.length}</span>}
          </span>
          <Day day={day} />
        </div>
      ))}
      <span />
      <span aria-hidden className="text-2xs text-muted relative h-4">
        {hours.map((hour) => (
          <span
            key={hour}
            className={clsx("absolute", hour === 24 ? "-translate-x-full" : hour > 0 && "-translate-x-1/2")}
            style={{ left: share(hour / 24) }}
          >
            {style.hour12 ? hourOfDay(hour, style) : String(hour).padStart(2, "0")}
          </span>
        ))}
      </span>
    </div>
  );
}
