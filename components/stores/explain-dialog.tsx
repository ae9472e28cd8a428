"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import clsx from "clsx";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { ErrorView } from "@/components/ui/error-view";
import { Instant } from "@/components/ui/instant";
import { storeQueries } from "@/lib/client/store-queries";
import type { Estimate, Segment } from "@/lib/contract/uptime";
import { formatOpenTime } from "@/lib/format/duration";
import type { Clock } from "@/lib/format/zoned-time";
import type { WindowName } from "@/lib/uptime/types";
import {
  segmentEdges,
  segmentReason,
  segmentStates,
  segmentStateText,
  segmentTime,
  sumOf,
  type SegmentState,
} from "./explain-text";
import { windowText } from "./uptime-text";

export type ExplainedFigure = SegmentState | "all";

interface ExplainDialogProps {
  readonly storeId: string;
  readonly window: WindowName;
  readonly figure: ExplainedFigure;
  /** The instant of the figure that was clicked. */
  readonly asOf: string;
  /** The zone that times are shown in. */
  readonly clock: Clock;
  readonly onClose: () => void;
}

const fills: Record<SegmentState, string> = {
  up: "fill-state-up",
  down: "fill-state-down",
  unknown: "fill-state-unknown",
};

/** Segments that are drawn at once, and added by each "Show more". */
const drawnAtOnce = 500;

function figureOf(estimate: Estimate, figure: ExplainedFigure): number {
  const { open_ms: all, up_ms: up, down_ms: down, unknown_ms: unknown } = estimate;
  return { all, up, down, unknown }[figure];
}

const choices = ["all", ...segmentStates] as const;

function choiceWord(choice: ExplainedFigure): string {
  if (choice === "all") return "All";
  const word = segmentStateText[choice];
  return `${word.charAt(0).toUpperCase()}${word.slice(1)}`;
}

function SegmentItem({ segment, clock }: { segment: Segment; clock: Clock }) {
  return (
    <li className="border-line border-t px-4 py-2.5 first:border-t-0">
      <p className="flex items-baseline justify-between gap-3">
        <span className="flex items-baseline gap-2 font-medium">
          <span
            aria-hidden
            className={clsx("border-line-strong size-3 shrink-0 self-center rounded-xs border", fills[segment.state])}
          />
          <span>
            <Instant at={segment.start}>{segmentTime(segment, clock)}</Instant> {segmentStateText[segment.state]}
          </span>
        </span>
        <span className="whitespace-nowrap">{formatOpenTime(Date.parse(segment.end) - Date.parse(segment.start))}</span>
      </p>
      <p className="mt-0.5 pl-5 text-pretty">{segmentReason(segment, clock)}</p>
      <p className="text-muted pl-5 text-xs text-pretty">{segmentEdges(segment)}</p>
    </li>
  );
}

interface SegmentsProps {
  /** Those that are loaded, ascending. */
  readonly segments: readonly Segment[];
  readonly figure: ExplainedFigure;
  readonly clock: Clock;
  /** The window's figures, which all of its pieces sum to, loaded or not. */
  readonly estimate: Estimate;
  /** Loads further pieces; null: all are loaded. */
  readonly onMore: (() => void) | null;
}

function Segments({ segments, figure, clock, estimate, onMore }: SegmentsProps) {
  const [shown, setShown] = useState(figure);
  const [most, setMost] = useState(drawnAtOnce);
  const chosen = segments.filter(({ state }) => shown === "all" || state === shown);
  const isMore = chosen.length > most || onMore !== null;
  return (
    <>
      <div role="group" aria-label="Show" className="border-line flex flex-wrap gap-1 border-b px-4 py-2">
        {choices.map((choice) => (
          <button
            key={choice}
            type="button"
            aria-pressed={choice === shown}
            onClick={() => {
              setShown(choice);
              setMost(drawnAtOnce);
            }}
            className={clsx(
              "h-8 rounded-md px-3 text-sm",
              choice === shown ? "bg-accent-soft text-accent font-medium" : "text-muted hover:bg-sunken",
            )}
          >
            {choiceWord(choice)}
          </button>
        ))}
      </div>
      {chosen.length === 0 && !isMore ? (
        <p className="text-muted px-4 py-10 text-center">None in this period.</p>
      ) : (
        <div
          tabIndex={0}
          role="region"
          aria-label="Breakdown"
          className="min-h-0 flex-1 overflow-y-auto outline-offset-[-2px]"
        >
          <ol>
            {chosen.slice(0, most).map((segment) => (
              <SegmentItem key={segment.start} segment={segment} clock={clock} />
            ))}
          </ol>
          {isMore && (
            <Button
              className="m-4"
              onClick={() => {
                setMost(most + drawnAtOnce);
                if (chosen.length < most + drawnAtOnce) onMore?.();
              }}
            >
              Show more
            </Button>
          )}
        </div>
      )}
      <p className="border-line flex justify-between gap-3 border-t px-4 py-3 font-semibold">
        <span>
          {shown === "all" ? "Total" : `Total ${segmentStateText[shown]}`}
          {onMore !== null && ` (${String(chosen.length)} rows loaded)`}
        </span>
        <span>{formatOpenTime(onMore === null ? sumOf(segments, shown) : figureOf(estimate, shown))}</span>
      </p>
    </>
  );
}

/** What a figure is the sum of: its pieces of time, each with the poll that decided it. */
export function ExplainDialog({ storeId, window, figure, asOf, clock, onClose }: ExplainDialogProps) {
  const query = useInfiniteQuery(storeQueries.explained(storeId, window, asOf));
  const { data, error, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } = query;
  const [first] = data?.pages ?? [];
  const loadMore = (): void => {
    if (!isFetchingNextPage) void fetchNextPage();
  };
  return (
    <Dialog
      title={`${windowText[window]}: how this was calculated`}
      description="Opening time counts as what the nearest check found. Rounded to the minute."
      onClose={onClose}
    >
      {data && first ? (
        <Segments
          segments={data.pages.flatMap((page) => page.segments ?? [])}
          figure={figure}
          clock={clock}
          estimate={first.windows[window]}
          onMore={hasNextPage ? loadMore : null}
        />
      ) : error ? (
        <div className="p-4">
          <ErrorView title="Couldn’t load the breakdown" error={error} onRetry={() => void refetch()} />
        </div>
      ) : (
        <div aria-busy="true" className="p-4">
          <p role="status" className="sr-only">
            Loading the breakdown
          </p>
          <div className="skeleton h-80" />
        </div>
      )}
    </Dialog>
  );
}
