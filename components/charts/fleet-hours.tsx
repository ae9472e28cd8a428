"use client";

import { useId, useMemo, useState, type CSSProperties, type KeyboardEvent, type PointerEvent } from "react";
import { formatPercent } from "@/lib/format/percent";
import { clockTime, weekdayTime, type Clock } from "@/lib/format/zoned-time";
import {
  axisTop,
  barsOutline,
  midnights,
  outlineTransform,
  placeOf,
  storesText,
  type FleetHour,
} from "./fleet-hours-data";

interface FleetHoursProps {
  readonly label: string;
  readonly hours: readonly FleetHour[];
  readonly gaps: readonly { readonly start: string; readonly end: string }[];
  readonly clock: Clock;
}

const inPercent = (share: number) => `${(share * 100).toFixed(3)}%`;

/** Where a label begins, for its class to keep it within the chart. */
const place = (share: number): CSSProperties & Record<"--at", string> => ({ "--at": inPercent(share) });

/** "Fri 19:00–20:00: 12.5% of open stores offline (3 of 26)" */
function hourText({ start, end, share, offline, checked }: FleetHour, clock: Clock): string {
  const span = `${weekdayTime(start, clock)}–${clockTime(end, clock)}`;
  if (share === null) return `${span}: no open store was checked`;
  return `${span}: ${formatPercent(share)} of open stores offline (${storesText(offline)} of ${storesText(checked)})`;
}

const steps: Readonly<Record<string, number>> = { ArrowLeft: -1, ArrowRight: 1, PageUp: -24, PageDown: 24 };

/** Bars of the share of stores offline, an hour each; where no store at all was checked the ground is hatched. */
export function FleetHours({ label, hours, gaps, clock }: FleetHoursProps) {
  const pattern = useId();
  const clip = useId();
  const [shown, setShown] = useState<number | null>(null);
  const days = useMemo(() => midnights(hours, clock), [hours, clock]);
  const last = hours.length - 1;
  const top = axisTop(hours);
  const hour = shown === null ? null : hours[shown];

  const onPointer = ({ clientX, currentTarget }: PointerEvent) => {
    const { left, width } = currentTarget.getBoundingClientRect();
    const first = hours[0]?.startMs ?? 0;
    const instant = first + ((clientX - left) / width) * ((hours.at(-1)?.endMs ?? 0) - first);
    setShown(
      Math.max(
        0,
        hours.findLastIndex(({ startMs }) => startMs <= instant),
      ),
    );
  };
  const onKey = (event: KeyboardEvent) => {
    const step = steps[event.key];
    const target =
      event.key === "Home" ? 0 : event.key === "End" ? last : step === undefined ? null : (shown ?? last) + step;
    if (target === null) return;
    event.preventDefault();
    setShown(Math.min(last, Math.max(0, target)));
  };

  return (
    <div>
      <div className="flex gap-2">
        <div aria-hidden className="text-muted flex h-36 w-9 shrink-0 flex-col justify-between text-right text-2xs">
          <span className="-mt-2">{formatPercent(top, 0)}</span>
          <span className="-mb-2">0%</span>
        </div>
        <div
          role="slider"
          tabIndex={0}
          aria-label={label}
          aria-valuemin={0}
          aria-valuemax={last}
          aria-valuenow={shown ?? last}
          aria-valuetext={hourText(hours[shown ?? last]!, clock)}
          className="relative h-36 min-w-0 flex-1"
          onPointerMove={onPointer}
          onPointerDown={onPointer}
          onPointerLeave={() => {
            setShown(null);
          }}
          onKeyDown={onKey}
        >
          <svg aria-hidden className="size-full" style={{ forcedColorAdjust: "none" }}>
            <defs>
              <pattern
                id={pattern}
                width="5.5"
                height="5.5"
                patternUnits="userSpaceOnUse"
                patternTransform="rotate(45)"
              >
                <rect width="5.5" height="5.5" fill="var(--color-down)" />
                <rect width="1.5" height="5.5" fill="var(--color-down-stripe)" />
              </pattern>
              <clipPath id={clip} clipPathUnits="objectBoundingBox">
                <path transform={outlineTransform} d={barsOutline(hours, top)} />
              </clipPath>
            </defs>
            {[0, 0.5].map((y) => (
              <line key={y} x2="100%" y1={inPercent(y)} y2={inPercent(y)} stroke="var(--color-line)" />
            ))}
            {days.map(({ at }) => {
              const x = inPercent(placeOf(at, hours));
              return <line key={at} x1={x} x2={x} y2="100%" stroke="var(--color-line)" />;
            })}
            <rect width="100%" height="100%" fill={`url(#${pattern})`} clipPath={`url(#${clip})`} />
            <line x2="100%" y1="100%" y2="100%" stroke="var(--color-line-strong)" strokeWidth="2" />
          </svg>
          {gaps.map(({ start, end }) => {
            const from = placeOf(start, hours);
            return (
              <div
                key={start}
                aria-hidden
                className="fill-state-unknown border-line-strong pointer-events-none absolute inset-y-0 border-x"
                style={{ left: inPercent(from), width: inPercent(placeOf(end, hours) - from) }}
              />
            );
          })}
          {hour && (
            <div
              aria-hidden
              className="border-ink pointer-events-none absolute inset-y-0 border-x"
              style={{
                left: inPercent(placeOf(hour.start, hours)),
                width: inPercent(placeOf(hour.end, hours) - placeOf(hour.start, hours)),
              }}
            />
          )}
        </div>
      </div>
      <div aria-hidden data-times className="text-muted relative mt-1 ml-11 h-4 overflow-hidden text-2xs">
        {days.map(({ at, date, weekday }) => (
          <span
            key={at}
            // The last one ends with the chart, so that it is not cut.
            className="absolute left-[min(var(--at),100%_-_1.5rem)] whitespace-nowrap sm:left-[min(var(--at),100%_-_4.25rem)]"
            style={place(placeOf(at, hours))}
          >
            <span className="sm:hidden">{weekday}</span>
            <span className="max-sm:hidden">{date.replace(",", "")}</span>
          </span>
        ))}
      </div>
      {/* Of fixed height, so that pointing at a bar moves nothing. */}
      <p aria-hidden className="text-ink mt-1 ml-11 h-8 text-xs sm:h-4">
        {hour ? hourText(hour, clock) : ""}
      </p>
    </div>
  );
}
