import { statSync } from "node:fs";
import { env } from "@/lib/server/env";
import type { Log } from "@/lib/server/log";
import { installZoneRules, shippedZoneRules, type ZoneRules, type ZoneRulesSource } from "@/lib/uptime/zone-rules";
import { compareReleases } from "./release";
import { openRulesFile, type AvailableRules } from "./rules-file";
import { openRulesFolder } from "./rules-folder";
import { setCandidates, zoneRulesStatus, type ZoneRulesCandidate, type ZoneRulesStatus } from "./zone-rules-status";

/** Where to look in addition to the shipped rules. */
export interface ZoneRulesPlaces {
  readonly tzdata: string | undefined;
  readonly zoneinfo: string;
}

/** The rules of a place, or why it has none. */
type Found = { readonly source: ZoneRulesSource; readonly path: string | null } & (
  { readonly rules: AvailableRules } | { readonly rules: null; readonly problem: string }
);

/** Opens a file or folder of rules. @throws {Error} when it has no usable ones */
export function openRules(path: string, source: ZoneRulesSource): AvailableRules {
  const info = statSync(path, { throwIfNoEntry: false });
  if (info === undefined) throw new Error("there is no such file or folder");
  if (info.isDirectory()) return openRulesFolder(path, source);
  if (!info.isFile()) throw new Error("it is neither a file nor a folder");
  return openRulesFile(path, source);
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

function find(source: ZoneRulesSource, path: string): Found {
  try {
    return { source, path, rules: openRules(path, source) };
  } catch (error) {
    return { source, path, rules: null, problem: messageOf(error) };
  }
}

/** A release contains every name of the releases before it: when many are missing, the file is incomplete. */
function requireComplete(rules: ZoneRules): void {
  const missing = shippedZoneRules().names.filter((name) => rules.spell(name) === null);
  const [first] = missing;
  if (first === undefined) return;
  throw new Error(
    `it lacks ${missing.length} names of the tz database, such as ${first}: it is incomplete or truncated`,
  );
}

/**
 * The rules of the newest available release, and why the others are not used. Of the same release, `TZDATA` is
 * preferred to the shipped rules, and those to the system's.
 */
export function chooseZoneRules({ tzdata, zoneinfo }: ZoneRulesPlaces): {
  readonly rules: ZoneRules;
  readonly candidates: readonly ZoneRulesCandidate[];
} {
  const shipped = shippedZoneRules();
  const found: Found[] = [
    ...(tzdata === undefined ? [] : [find("TZDATA", tzdata)]),
    { source: "shipped", path: null, rules: { release: shipped.release, load: () => shipped } },
    find("system", zoneinfo),
  ];
  const problems = new Map<Found, string>();
  const used = loadNewest(found, problems);
  const reasonOf = (one: Found): string => {
    if (one.rules === null) return one.problem;
    const { release } = one.rules;
    const order = compareReleases(release, used.rules.release);
    const known =
      order < 0 ? `tz ${release} is older than tz ${used.rules.release}` : `tz ${release} is already available`;
    return problems.get(one) ?? known;
  };
  const candidates = found.map((one) => ({
    ...{ source: one.source, path: one.path, release: one.rules?.release ?? null },
    isUsed: one === used.one,
    reason: one === used.one ? null : reasonOf(one),
  }));
  return { rules: used.rules, candidates };
}

/**
 * Loads the newest complete release; of the same release the first in `found`. @param problems filled: what is damaged
 */
function loadNewest(found: readonly Found[], problems: Map<Found, string>): { one: Found; rules: ZoneRules } {
  const newestFirst = found
    .flatMap((one) => (one.rules === null ? [] : [{ one, rules: one.rules }]))
    .sort((a, b) => compareReleases(b.rules.release, a.rules.release));
  for (const { one, rules } of newestFirst) {
    try {
      const loaded = rules.load();
      requireComplete(loaded);
      return { one, rules: loaded };
    } catch (error) {
      problems.set(one, messageOf(error));
    }
  }
  throw new Error("The zone rules shipped with the product are damaged.");
}

/**
 * Installs the newest available tz release as the rules of this process. Every process must call it once before it
 * computes anything: the web server, the worker, `npm start` and each command.
 */
export function loadZoneRules(): ZoneRulesStatus {
  const { TZDATA, ZONEINFO_DIR } = env();
  const { rules, candidates } = chooseZoneRules({ tzdata: TZDATA, zoneinfo: ZONEINFO_DIR });
  installZoneRules(rules);
  setCandidates(candidates);
  return zoneRulesStatus(Date.now());
}

/** `loadZoneRules`, with a log line about the rules in use and why others are not. */
export function loadAndLogZoneRules(log: Log): void {
  const { release, source, path, candidates, warnings } = loadZoneRules();
  const unused = candidates.filter(({ isUsed }) => !isUsed);
  log.info({ release, source, path, unused }, `time zone rules of tz ${release}`);
  for (const warning of warnings) log.warn(warning);
}
