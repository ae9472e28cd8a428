import type { EpochMs } from "@/lib/uptime/types";
import { zoneRules, type ZoneRulesSource } from "@/lib/uptime/zone-rules";

/** A place that zone rules may come from. */
export interface ZoneRulesCandidate {
  readonly source: ZoneRulesSource;
  /** The file or folder; null for the shipped rules. */
  readonly path: string | null;
  /** Null when it names none, or cannot be read. */
  readonly release: string | null;
  readonly isUsed: boolean;
  /** Why it is not used; null for the one in use. */
  readonly reason: string | null;
}

export interface ZoneRulesStatus {
  /** The tz release that this process uses, such as `2026f`. */
  readonly release: string;
  /** `YYYY-MM-DD`. */
  readonly releasedOn: string;
  readonly source: ZoneRulesSource;
  readonly path: string | null;
  readonly candidates: readonly ZoneRulesCandidate[];
  /** Sentences for operators: rules too old, or an unusable `TZDATA`. */
  readonly warnings: readonly string[];
}

// Shared by the bundles that the framework makes of this module.
const shared = globalThis as { [weighed]?: readonly ZoneRulesCandidate[] };
const weighed: unique symbol = Symbol.for("store-monitoring.zone-rules-candidates") as never;

/** Stores the candidates found at the start, for `zoneRulesStatus`. */
export function setCandidates(candidates: readonly ZoneRulesCandidate[]): void {
  shared[weighed] = candidates;
}

/** Governments change their rules several times a year, so older rules are wrong somewhere. */
const maxMonths = 10;

/** Whether a release of this date is more than ten months old. @param releasedOn `YYYY-MM-DD` */
export function isTooOld(releasedOn: string, now: EpochMs): boolean {
  const until = new Date(releasedOn);
  until.setUTCMonth(until.getUTCMonth() + maxMonths);
  return until.getTime() < now;
}

/** The zone rules of this process, and what operators should know about them. */
export function zoneRulesStatus(now: EpochMs): ZoneRulesStatus {
  const { release, releasedOn, source, path } = zoneRules();
  const candidates = shared[weighed] ?? [{ source, path, release, isUsed: true, reason: null }];
  const named = candidates.find((candidate) => candidate.source === "TZDATA" && !candidate.isUsed);
  return {
    ...{ release, releasedOn, source, path, candidates },
    warnings: [
      ...(isTooOld(releasedOn, now)
        ? [
            `The time zone rules are from ${releasedOn} (tz ${release}), more than ${maxMonths} months ago. ` +
              "Update the system's tzdata package, or set TZDATA to a newer tzdata.zi.",
          ]
        : []),
      ...(named === undefined ? [] : [`TZDATA=${named.path ?? ""} is not used: ${named.reason ?? "unknown"}.`]),
    ],
  };
}

/** The tz release that this process uses. */
export function tzRelease(): string {
  return zoneRules().release;
}
