import type { Interval } from "@/lib/uptime/types";
import { EventFault } from "./calendar-fault";
import { expandRule, mostSteps, type Rule } from "./recurrence";
import type { WorkLimit } from "./work-limit";

/** What it costs to prepare a rule, and to find that it goes on too long, in steps of the limit. */
const ruleSteps = 20;
const endlessSteps = 2_500;

/** A counted series is computed from its start on; what is not listed costs a quarter. */
const countedSteps = ({ parts }: Rule): number => Math.min(mostSteps, Number(parts.get("COUNT") ?? 0)) / 4;

/**
 * As `expandRule`, at the cost of what it takes.
 * @throws EventFault, CalendarFault when there is too much to compute
 */
export function expandWithin(
  rule: Rule,
  first: number,
  until: number | null,
  range: Interval,
  limit: WorkLimit,
): number[] {
  limit.spend(ruleSteps + countedSteps(rule));
  try {
    const starts = expandRule(rule, first, until, range);
    limit.spend(starts.length);
    return starts;
  } catch (error) {
    if (error instanceof EventFault) limit.spend(endlessSteps);
    throw error;
  }
}
