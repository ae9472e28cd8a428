import clsx from "clsx";
import { CircleCheck, CircleHelp, CircleX, Moon, type LucideIcon } from "lucide-react";
import type { StoreState } from "@/lib/contract/uptime";
import { pastOrPresent } from "./state-words";

export const stateIcons: Record<StoreState, LucideIcon> = {
  online: CircleCheck,
  offline: CircleX,
  closed: Moon,
  no_recent_check: CircleHelp,
};

const looks: Record<StoreState, string> = {
  online: "border-transparent bg-up-soft text-up-ink",
  offline: "border-down bg-down-soft text-down-ink",
  closed: "border-line bg-sunken text-muted",
  no_recent_check: "border-dashed border-line-strong bg-panel text-ink",
};

interface StatePillProps {
  readonly state: StoreState;
  /** The data is too old to speak of now: the state is told as the past, and never in the colour of "all is well". */
  readonly stale?: boolean;
  readonly size?: "small" | "large";
}

/** A store's state by word, icon, colour and border. */
export function StatePill({ state, stale = false, size = "small" }: StatePillProps) {
  const Icon = stale ? CircleHelp : stateIcons[state];
  return (
    <span
      className={clsx(
        "inline-flex w-fit items-center rounded-full border font-medium whitespace-nowrap",
        size === "large" ? "gap-2 px-3 py-1 text-sm" : "gap-1.5 px-2 py-0.5 text-xs",
        looks[stale ? "no_recent_check" : state],
      )}
    >
      <Icon aria-hidden className={size === "large" ? "size-4" : "size-3.5"} />
      {pastOrPresent(state, stale)}
    </span>
  );
}
