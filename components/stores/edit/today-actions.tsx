"use client";

import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { FormError } from "@/components/ui/field";
import { useTimeStyle } from "@/components/ui/reader";
import { storeEditQueries } from "@/lib/client/store-edit-queries";
import { storeQueries } from "@/lib/client/store-queries";
import type { ScheduleException } from "@/lib/contract/store-edit";
import type { StoreDetail } from "@/lib/contract/stores";
import { timeOfDay } from "@/lib/format/time-style";
import { localDate, msOfDay } from "@/lib/format/zoned-time";
import { breakChoices, businessDay, dateBefore, lateChoices, ownHours, toRows, type TodayChoice } from "./today-hours";
import { useReadExceptions } from "./use-read-exceptions";

type Action = "break" | "late";

interface Done {
  readonly text: string;
  readonly date: string;
  /** What the date had before. */
  readonly before: ScheduleException | null;
  /** Each change is another one. */
  readonly key: number;
}

const menuId = "today-choices";
const sectionId = "today-hours";

/** What had the focus is gone after a change, so it goes to what undoes it. */
function focusWhenShown(button: HTMLButtonElement | null): void {
  button?.focus();
}

/** Changes today's hours in two clicks: closed for a while, or open late. The rest of the day's hours stays. */
export function TodayActions({ store, now }: { store: StoreDetail; now: number }) {
  const { store_id: storeId, clock } = store;
  const style = useTimeStyle();
  const at = new Date(now).toISOString();
  const date = localDate(at, clock);
  const hours = useQuery(storeQueries.hours(storeId));
  const exceptions = useQuery(storeQueries.exceptions(storeId, dateBefore(date)));
  const [shown, setShown] = useState<Action | null>(null);
  const [done, setDone] = useState<Done | null>(null);
  const readAgain = useReadExceptions(storeId);
  const save = useMutation({ ...storeEditQueries.saveException(storeId), onSettled: readAgain });
  const remove = useMutation({ ...storeEditQueries.removeException(storeId), onSettled: readAgain });
  if (hours.data === undefined || exceptions.data === undefined) return null;
  const day = businessDay(hours.data, exceptions.data.exceptions, date, Math.floor(msOfDay(at, clock) / 1000));
  const choices: Record<Action, readonly TodayChoice[]> = { break: breakChoices(day), late: lateChoices(day) };
  const isPending = save.isPending || remove.isPending;
  const endOfDay = day.openings.at(-1)?.to;
  const textOf = (action: Action, until: number): string =>
    action === "break" && until === endOfDay ? "the rest of the day" : timeOfDay(until % 86_400, style);
  const choose = (action: Action, { until, openings }: TodayChoice) => {
    if (isPending) return;
    const text = textOf(action, until);
    remove.reset();
    save.mutate(
      { date: day.date, hours: toRows(openings), isNew: false },
      {
        onSuccess: () => {
          const word =
            action === "late"
              ? `Open until ${text}`
              : until === endOfDay
                ? `Closed for ${text}`
                : `Closed until ${text}`;
          setDone({ text: `${word}.`, date: day.date, before: day.own, key: (done?.key ?? 0) + 1 });
          setShown(null);
        },
      },
    );
  };
  const undo = (last: Done) => {
    if (isPending) return;
    const onSuccess = () => {
      setDone(null);
      document.getElementById(sectionId)?.focus();
    };
    const hoursBefore = ownHours(last.before);
    if (hoursBefore === null) {
      save.reset();
      remove.mutate(last.date, { onSuccess });
    } else {
      remove.reset();
      save.mutate({ date: last.date, hours: hoursBefore, isNew: false }, { onSuccess });
    }
  };
  const names: Record<Action, string> = { break: "Close until…", late: "Open late…" };
  const actions = (["break", "late"] as const).filter((action) => choices[action].length > 0);
  const error = save.error ?? remove.error;
  if (actions.length === 0 && done === null) return null;
  return (
    <section
      id={sectionId}
      tabIndex={-1}
      aria-label="Today’s hours"
      data-noprint
      className="border-line mt-3 grid gap-2 border-t pt-3"
    >
      <div className="flex flex-wrap items-center gap-2">
        <span className="text-muted mr-1 text-sm">Today</span>
        {actions.map((action) => (
          <Button
            key={action}
            aria-expanded={shown === action}
            aria-controls={shown === action ? menuId : undefined}
            onClick={() => {
              setShown(shown === action ? null : action);
            }}
          >
            {names[action]}
          </Button>
        ))}
      </div>
      {shown !== null && (
        <div id={menuId} role="group" aria-label={names[shown]} className="flex flex-wrap gap-2">
          {choices[shown].map((choice) => (
            <Button
              key={choice.until}
              aria-disabled={isPending}
              onClick={() => {
                choose(shown, choice);
              }}
            >
              {textOf(shown, choice.until).replace(/^the r/, "R")}
            </Button>
          ))}
        </div>
      )}
      {error && <FormError>{error.message}</FormError>}
      <div className="flex flex-wrap items-center gap-2">
        <p role="status" className="text-sm">
          {done?.text}
        </p>
        {done !== null && (
          <Button
            key={done.key}
            ref={focusWhenShown}
            aria-disabled={isPending}
            onClick={() => {
              undo(done);
            }}
          >
            Undo
          </Button>
        )}
      </div>
    </section>
  );
}
