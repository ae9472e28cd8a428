import clsx from "clsx";
import { CircleHelp } from "lucide-react";
import Link from "next/link";
import { filteredHref, type FleetParams } from "@/lib/client/page-params";
import type { Fleet } from "@/lib/contract/fleet";
import type { StoreState } from "@/lib/contract/uptime";
import { formatPercent } from "@/lib/format/percent";
import { stateIcons } from "./state-pill";
import { pastOrPresent } from "./state-text";

const order: readonly StoreState[] = ["offline", "online", "closed", "no_recent_check"];

const iconColours: Record<StoreState, string> = {
  online: "text-up-ink",
  offline: "text-down-ink",
  closed: "text-muted",
  no_recent_check: "text-muted",
};

interface FleetCountersProps {
  readonly fleet: Pick<Fleet, "counts" | "paused" | "retired">;
  readonly params: FleetParams;
  /** Whether the data is too old: the states are shown in the past tense. */
  readonly stale: boolean;
}

/** Stores that are listed without being counted; nothing when there are none. */
function UncountedStores({ fleet, params }: Pick<FleetCountersProps, "fleet" | "params">) {
  const shown = (["paused", "retired"] as const).filter((state) => fleet[state] > 0 || params.state === state);
  if (shown.length === 0) return null;
  return (
    <p className="text-muted mt-2 flex flex-wrap gap-x-4">
      Not counted:
      {shown.map((state) => (
        <Link
          key={state}
          href={filteredHref(params, { state: params.state === state ? null : state })}
          scroll={false}
          aria-current={params.state === state ? "true" : undefined}
          className={clsx(
            "hover:text-ink min-h-6 underline underline-offset-2",
            params.state === state && "text-accent font-medium",
          )}
        >
          {fleet[state].toLocaleString("en-US")} {state}
          {params.state === state && " (clear filter)"}
        </Link>
      ))}
    </p>
  );
}

/** The number of stores in each state. Each is a filter; selecting it again removes the filter. */
export function FleetCounters({ fleet, params, stale }: FleetCountersProps) {
  const { counts } = fleet;
  const all = counts.online + counts.offline + counts.closed + counts.no_recent_check;
  return (
    <nav aria-label="Filter by state">
      <ul className="grid grid-cols-2 gap-2 lg:grid-cols-4">
        {order.map((state) => {
          const chosen = params.state === state;
          const Icon = stale ? CircleHelp : stateIcons[state];
          const word = pastOrPresent(state, stale);
          return (
            <li key={state}>
              <Link
                href={filteredHref(params, { state: chosen ? null : state })}
                scroll={false}
                aria-current={chosen ? "true" : undefined}
                aria-label={`${word}: ${counts[state].toLocaleString("en-US")} of ${all.toLocaleString("en-US")} stores`}
                className={clsx(
                  "rounded-panel bg-panel flex h-full min-h-10 flex-wrap items-center justify-between gap-x-2 border px-3 py-1.5",
                  chosen ? "border-accent ring-accent ring-1" : "border-line hover:border-line-strong",
                )}
              >
                <span className="text-muted flex items-center gap-1.5 max-sm:text-xs">
                  <Icon aria-hidden className={clsx("size-4", stale ? "text-muted" : iconColours[state])} />
                  {word}
                </span>
                <span className="flex items-baseline gap-2">
                  <span className="text-lg font-semibold tracking-tight">{counts[state].toLocaleString("en-US")}</span>
                  <span className="text-muted text-xs max-sm:hidden">
                    {formatPercent(all === 0 ? null : counts[state] / all, 0)}
                  </span>
                  {chosen && <span className="text-accent ml-auto text-xs font-medium">Clear filter</span>}
                </span>
              </Link>
            </li>
          );
        })}
      </ul>
      <UncountedStores fleet={fleet} params={params} />
    </nav>
  );
}
