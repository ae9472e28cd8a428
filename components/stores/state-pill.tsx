import clsx from "clsx";
import { Archive, CircleCheck, CircleHelp, CirclePause, CircleX, Moon, type LucideIcon } from "lucide-react";
import type { ListedState } from "@/lib/contract/uptime";
import { pastOrPresent } from "./state-text";

export const stateIcons: Record<ListedState, LucideIcon> = {
  online: CircleCheck,
  offline: CircleX,
  closed: Moon,
  no_recent_check: CircleHelp,
  paused: CirclePause,
  retired: Archive,
};

const marks = { ...stateIcons, stale: CircleHelp };

/** The icons of small pills, defined once per page. Render it before the first pill. */
export function StateMarks() {
  return (
    <svg aria-hidden className="hidden">
      {Object.entries(marks).map(([name, Icon]) => (
        <symbol key={name} id={`state-${name}`} viewBox="0 0 24 24">
          <Icon />
        </symbol>
      ))}
    </svg>
  );
}

interface StatePillProps {
  readonly state: ListedState;
  /** Whether the data is too old: the state is shown in the past tense and without colour. */
  readonly stale?: boolean;
  /** Small pills are for the list of stores, after `StateMarks`. */
  readonly size?: "small" | "large";
}

/** A store's state by word, icon, colour and border (app/state-pill.css). */
export function StatePill({ state, stale: isOld = false, size = "small" }: StatePillProps) {
  // It was chosen by a person, and does not age.
  const stale = isOld && state !== "paused" && state !== "retired";
  const Icon = stale ? CircleHelp : stateIcons[state];
  return (
    <span className={clsx("state-pill", !stale && state, size === "large" && "gap-2 px-3 py-1 text-sm")}>
      {size === "large" ? (
        <Icon aria-hidden className="size-4" />
      ) : (
        <svg aria-hidden>
          <use href={`#state-${stale ? "stale" : state}`} />
        </svg>
      )}
      {pastOrPresent(state, stale)}
    </span>
  );
}
