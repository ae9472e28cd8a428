import { advisoryLocks } from "@/db/advisory-locks";
import type { Db } from "@/db/client";
import { among, type StoreSet } from "@/db/store-set";
import type { EpochMs } from "@/lib/uptime/types";

/** The time zone rules that figures were last computed with. */
export interface RecordedZoneRules {
  readonly release: string;
  /** What the fingerprints are of. */
  readonly spanStart: EpochMs;
  readonly spanEnd: EpochMs;
  /** By name of the zone. */
  readonly fingerprints: Readonly<Record<string, string>>;
}

/** The rules noted last, locked until the transaction ends, so that of replicas that start at once one sees the other's. */
export async function lockRecordedRules({ sql }: Db): Promise<RecordedZoneRules | null> {
  await sql`select pg_advisory_xact_lock(${advisoryLocks.zoneRules})`;
  const [row] = await sql<
    { release: string; span_start: string; span_end: string; fingerprints: Record<string, string> }[]
  >`select release, span_start, span_end, fingerprints from zone_rules`;
  if (row === undefined) return null;
  const { release, span_start: start, span_end: end, fingerprints } = row;
  return { release, spanStart: Date.parse(start), spanEnd: Date.parse(end), fingerprints };
}

export async function recordRules({ sql }: Db, rules: RecordedZoneRules): Promise<void> {
  const { release, spanStart, spanEnd, fingerprints } = rules;
  const instant = (at: EpochMs): string => new Date(at).toISOString();
  await sql`
    insert into zone_rules (release, span_start, span_end, fingerprints)
    values (${release}, ${instant(spanStart)}::timestamptz, ${instant(spanEnd)}::timestamptz, ${JSON.stringify(fingerprints)}::text::jsonb)
    on conflict ("only") do update set release = excluded.release, span_start = excluded.span_start,
      span_end = excluded.span_end, fingerprints = excluded.fingerprints`;
}

/** Whether anything was computed before releases were noted. */
export async function hasUnrecordedFigures({ sql }: Db): Promise<boolean> {
  const rows = await sql`select from reports where state = 'complete' and tz_release is null limit 1`;
  return rows.length > 0;
}

/** The week of the oldest polls, from the names of their partitions: to look through the polls would take minutes. */
export async function readFirstPollWeek({ sql }: Db): Promise<EpochMs | null> {
  const [row] = await sql<{ first: string | null }[]>`
    select min(substr(c.relname, 7)) as first from pg_inherits i join pg_class c on c.oid = i.inhrelid
    where i.inhparent = 'polls'::regclass and c.relname ~ '^polls_[0-9]{8}$'`;
  const first = row?.first ?? null;
  return first === null ? null : Date.parse(`${first.slice(0, 4)}-${first.slice(4, 6)}-${first.slice(6)}T00:00:00Z`);
}

export async function insertRuleChange({ sql }: Db, { fromRelease, toRelease, zones }: NewRuleChange): Promise<void> {
  await sql`
    insert into zone_rule_changes (from_release, to_release, zones)
    values (${fromRelease}, ${toRelease}, ${[...zones]}::text[])`;
}

export interface NewRuleChange {
  /** Null where figures were computed before releases were noted. */
  readonly fromRelease: string | null;
  readonly toRelease: string;
  /** Names whose offsets differ, whether a store has them or not. */
  readonly zones: readonly string[];
}

export interface ZoneRuleChange extends NewRuleChange {
  readonly at: EpochMs;
}

/** How many stores have each of the zones; a zone that none has is left out. @param assumed the zone of stores without one */
export async function countStoresOfZones(
  { sql }: Db,
  zones: readonly string[],
  stores: StoreSet,
  assumed: string,
): Promise<ReadonlyMap<string, number>> {
  const rows = await sql<{ zone: string; stores: number }[]>`
    select zone, count(*)::int as stores
    from (select coalesce(time_zone, ${assumed}) as zone from stores where ${among(sql, sql`store_key`, stores)}) as s
    where zone = any(${[...zones]}::text[]) group by zone order by zone collate "C"`;
  return new Map(rows.map(({ zone, stores: count }) => [zone, count]));
}

/** Changes of the rules in the last `days`, newest first, at most ten. */
export async function listRuleChanges({ sql }: Db, days: number): Promise<ZoneRuleChange[]> {
  const rows = await sql<{ at: string; from_release: string | null; to_release: string; zones: string[] }[]>`
    select at, from_release, to_release, zones from zone_rule_changes
    where at > now() - make_interval(days => ${days}) order by id desc limit 10`;
  return rows.map((row) => ({
    at: Date.parse(row.at),
    fromRelease: row.from_release,
    toRelease: row.to_release,
    zones: row.zones,
  }));
}
