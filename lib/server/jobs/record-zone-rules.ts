import { createHash } from "node:crypto";
import type { Database } from "@/db/client";
import {
  countStoresOfZones,
  hasUnrecordedFigures,
  insertRuleChange,
  lockRecordedRules,
  recordRules,
  type RecordedZoneRules,
} from "@/db/queries/zone-rules";
import { readFirstPollWeek } from "@/db/queries/bulk/poll-partitions";
import { withTransaction } from "@/db/transaction";
import { recordAudit } from "@/lib/server/access/record-audit";
import { systemViewer } from "@/lib/server/access/viewer";
import { defaultTimeZone } from "@/lib/uptime/time-zone";
import type { EpochMs, Interval } from "@/lib/uptime/types";
import type { ZoneRules } from "@/lib/uptime/zone-rules";
import { periodsIn } from "@/lib/uptime/zone-table";
import { compareReleases } from "@/lib/server/zones/release";
import { dayMs } from "@/lib/uptime/units";

/** A difference between two releases counts from the first poll, or as long ago as this, */
const behindMs = 800 * dayMs;
/** until this far ahead. */
const aheadMs = 731 * dayMs;
/** Fingerprints of a span that starts much later or ends much earlier than the current one are computed again. */
const renewAfterMs = 30 * dayMs;

/** The result of comparing the rules at a start. */
export interface RulesRecorded {
  /** `same` as before, `first` ever recorded, or another release or content: newer or older. */
  readonly outcome: "same" | "first" | "update" | "downgrade";
  readonly fromRelease: string | null;
  /** Number of stores by changed zone; zones without stores are left out. */
  readonly stores: ReadonlyMap<string, number>;
}

/** A hash of the zone's offsets in a span, for every name. Abbreviations change no figure and are left out. */
function fingerprintsOf(rules: ZoneRules, span: Interval): Record<string, string> {
  return Object.fromEntries(
    rules.names.map((name) => {
      const hash = createHash("sha256");
      let offset: number | null = null;
      for (const { start, offsetMs } of periodsIn(rules.tableOf(name), span)) {
        if (offsetMs !== offset) hash.update(`${start} ${offsetMs};`);
        offset = offsetMs;
      }
      return [name, hash.digest("base64url").slice(0, 16)];
    }),
  );
}

/** Names of both releases whose offsets differ in the span of the recorded fingerprints. */
function changedZones(noted: RecordedZoneRules, rules: ZoneRules): string[] {
  const now = fingerprintsOf(rules, { start: noted.spanStart, end: noted.spanEnd });
  return Object.entries(noted.fingerprints)
    .filter(([name, print]) => now[name] !== undefined && now[name] !== print)
    .map(([name]) => name)
    .sort();
}

const wordsOf = (stores: ReadonlyMap<string, number>): string => {
  const listed = [...stores].slice(0, 20).map(([zone, count]) => `${zone} (${count})`);
  const more = stores.size > 20 ? ` and ${stores.size - 20} more` : "";
  return stores.size === 0 ? "no zone of a store" : `stores in ${listed.join(", ")}${more}`;
};

/**
 * Records which rules this process uses. When they differ from the recorded ones, writes the change, with the changed
 * zones and their number of stores, to the audit log and the data-quality page; snapshots are then recomputed. Safe to
 * run concurrently: a change is recorded once.
 * @param now the clock's ms
 */
export async function recordZoneRules(database: Database, rules: ZoneRules, now: EpochMs): Promise<RulesRecorded> {
  return withTransaction(database, async (tx) => {
    const noted = await lockRecordedRules(tx);
    const today = Math.floor(now / dayMs) * dayMs;
    const spanStart = Math.min((await readFirstPollWeek(tx)) ?? today, today - behindMs);
    const spanEnd = today + aheadMs;
    const changed = noted === null ? [] : changedZones(noted, rules);
    const isSame = noted !== null && noted.release === rules.release && changed.length === 0;
    const isWide =
      noted !== null && noted.spanStart < spanStart + renewAfterMs && spanEnd - noted.spanEnd < renewAfterMs;
    if (isSame && isWide) return { outcome: "same", fromRelease: rules.release, stores: new Map() };
    const span = { start: spanStart, end: spanEnd };
    await recordRules(tx, { release: rules.release, spanStart, spanEnd, fingerprints: fingerprintsOf(rules, span) });
    if (isSame) return { outcome: "same", fromRelease: rules.release, stores: new Map() };
    // No figures were computed with other rules yet, so none have changed.
    const fromRelease = noted?.release ?? null;
    if (noted === null && !(await hasUnrecordedFigures(tx)))
      return { outcome: "first", fromRelease, stores: new Map() };
    const stores = await countStoresOfZones(tx, changed, "all", defaultTimeZone);
    const isOlder = noted !== null && compareReleases(rules.release, noted.release) < 0;
    const outcome = isOlder ? "downgrade" : "update";
    await insertRuleChange(tx, { fromRelease, toRelease: rules.release, zones: changed });
    const releases = `tz ${fromRelease ?? "unknown"} to ${rules.release}`;
    const what = noted === null ? "" : `: ${wordsOf(stores)}`;
    await recordAudit(tx, systemViewer, `zone_rules.${outcome}`, `${releases}${what}`);
    return { outcome, fromRelease, stores };
  });
}
