import { statSync } from "node:fs";
import { env } from "@/lib/server/env";
import type { Log } from "@/lib/server/log";
import { installZoneRules, shippedZoneRules, type ZoneRules, type ZoneRulesSource } from "@/lib/uptime/zone-rules";
import { compareReleases } from "./release";
import { openRulesFile, type RulesAtHand } from "./rules-file";
import { openRulesFolder } from "./rules-folder";
import { noteCandidates, zoneRulesStatus, type ZoneRulesCandidate, type ZoneRulesStatus } from "./zone-rules-status";

/** Where to look beside the shipped rules. */
export interface ZoneRulesPlaces {
  readonly tzdata: string | undefined;
  readonly zoneinfo: string;
}

interface Found {
  readonly source: ZoneRulesSource;
  readonly path: string | null;
  readonly rules: RulesAtHand | null;
  readonly problem: string | null;
}

/** A file or folder of rules. @throws {Error} where it holds none that can be used */
export function openRules(path: string, source: ZoneRulesSource): RulesAtHand {
  const info = statSync(path, { throwIfNoEntry: false });
  if (info === undefined) throw new Error("there is no such file or folder");
  if (info.isDirectory()) return openRulesFolder(path, source);
  if (!info.isFile()) throw new Error("it is neither a file nor a folder");
  return openRulesFile(path, source);
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

function find(source: ZoneRulesSource, path: string): Found {
  try {
    return { source, path, rules: openRules(path, source), problem: null };
  } catch (error) {
    return { source, path, rules: null, problem: messageOf(error) };
  }
}

/** A release holds every name of those before it: where many are missing the rest of a file is. */
function requireComplete(rules: ZoneRules): void {
  const missing = shippedZoneRules().names.filter((name) => rules.spell(name) === null);
  if (missing.length === 0) return;
  throw new Error(
    `it lacks ${missing.length} names of the tz database, such as ${missing[0]!}: it is incomplete or cut off`,
  );
}

/**
 * The rules of the newest release at hand, and what became of the others. Of one release, the rules that `TZDATA` names
 * are used before the shipped ones, and these before the system's.
 */
export function chooseZoneRules({ tzdata, zoneinfo }: ZoneRulesPlaces): {
  readonly rules: ZoneRules;
  readonly candidates: readonly ZoneRulesCandidate[];
} {
  const shipped = shippedZoneRules();
  const found: Found[] = [
    ...(tzdata === undefined ? [] : [find("TZDATA", tzdata)]),
    { source: "shipped", path: null, rules: { release: shipped.release, load: () => shipped }, problem: null },
    find("system", zoneinfo),
  ];
  // Stable: of one release the first one stays first.
  const newestFirst = found
    .filter((one) => one.rules !== null)
    .sort((a, b) => compareReleases(b.rules!.release, a.rules!.release));
  const damaged = new Map<Found, string>();
  let used: { readonly one: Found; readonly rules: ZoneRules } | undefined;
  for (const one of newestFirst) {
    try {
      const rules = one.rules!.load();
      requireComplete(rules);
      used = { one, rules };
      break;
    } catch (error) {
      damaged.set(one, messageOf(error));
    }
  }
  if (used === undefined) throw new Error("The zone rules that are shipped with the product are damaged.");
  const { release } = used.rules;
  const reasonOf = (one: Found): string => {
    const problem = one.problem ?? damaged.get(one);
    if (problem !== undefined) return problem;
    const order = compareReleases(one.rules!.release, release);
    return order < 0 ? `tz ${one.rules!.release} is older than tz ${release}` : `tz ${release} is at hand already`;
  };
  const candidates = found.map((one) => ({
    ...{ source: one.source, path: one.path, release: one.rules?.release ?? null },
    isUsed: one === used.one,
    reason: one === used.one ? null : reasonOf(one),
  }));
  return { rules: used.rules, candidates };
}

/**
 * Makes the newest tz release at hand the rules of this process. To be called once, before anything is computed, by
 * every process: the web server, the worker, `npm start` and each command.
 */
export function loadZoneRules(): ZoneRulesStatus {
  const { TZDATA, ZONEINFO_DIR } = env();
  const { rules, candidates } = chooseZoneRules({ tzdata: TZDATA, zoneinfo: ZONEINFO_DIR });
  installZoneRules(rules);
  noteCandidates(candidates);
  return zoneRulesStatus(Date.now());
}

/** `loadZoneRules`, with a line of the log that says which rules these are, and why not others. */
export function loadAndLogZoneRules(log: Log): void {
  const { release, source, path, candidates, warnings } = loadZoneRules();
  const unused = candidates.filter(({ isUsed }) => !isUsed);
  log.info({ release, source, path, unused }, `time zone rules of tz ${release}`);
  for (const warning of warnings) log.warn(warning);
}
