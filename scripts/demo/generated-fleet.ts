import { defaultTimeZone, offsetPeriods, resolveTimeZone } from "@/lib/uptime/time-zone";
import type { EpochMs, TimeZone } from "@/lib/uptime/types";
import { generateHours, openTest, type HoursRow } from "./generated-hours";
import { SeededRandom } from "./seeded-random";
import { hourMs } from "@/lib/uptime/units";

const weekSeconds = 604_800;
/** Monday 1970-01-05, 00:00. */
const firstMondaySeconds = 4 * 86_400;
/** A sweep polls every store once; the first at its start, the last this much later. */
const sweepMs = 40 * 60_000;

export interface FleetOptions {
  /** The same seed and options produce the same bytes. */
  readonly seed: number;
  readonly storeCount: number;
  readonly days: number;
  /** No poll is later, and the last ones are only just earlier. */
  readonly endsAt: EpochMs;
  /** Shares of the stores: without hours, without a zone, with a UUID as id; and of the nights that are one row. */
  readonly withoutHours: number;
  readonly withoutZone: number;
  readonly uuids: number;
  readonly oneRowNights: number;
  /** Hours of the days, counted from 0, without polls: first and last + 1. Random unless given. */
  readonly quietHours?: readonly (readonly [from: number, until: number])[];
}

export interface GeneratedStore {
  readonly id: string;
  readonly zone: TimeZone | null;
  readonly hours: readonly HoursRow[] | null;
  /** `offline`: down since yesterday. `silent`: not polled for two days. */
  readonly fate: "usual" | "offline" | "silent";
  /** Chance that an open store fails at a poll, and that it recovers at the next one. */
  readonly fails: number;
  readonly recovers: number;
}

export interface GeneratedFleet {
  readonly stores: readonly GeneratedStore[];
  timezonesCsv(): Iterable<Uint8Array>;
  hoursCsv(): Iterable<Uint8Array>;
  pollsCsv(): Iterable<Uint8Array>;
}

const zoneShares = [
  ["America/New_York", 60],
  ["America/Los_Angeles", 24],
  ["America/Chicago", 11],
  ["America/Phoenix", 3],
  ["America/Denver", 1.5],
  ["America/Detroit", 0.5],
] as const;

/** Generates a fleet of restaurants, with hours and zones distributed as in real ones, and its hourly polls. */
export function generateFleet(options: FleetOptions): GeneratedFleet {
  const random = new SeededRandom(options.seed);
  const stores = Array.from({ length: options.storeCount }, (_, i) => generateStore(random, options, i));
  const pollsSeed = random.below(2 ** 31);
  return {
    stores,
    timezonesCsv: () => csv("store_id,timezone_str", zoneLines(stores)),
    hoursCsv: () => csv("store_id,day,start_time_local,end_time_local", hoursLines(stores)),
    pollsCsv: () => csv("store_id,status,timestamp_utc", pollLines(stores, options, new SeededRandom(pollsSeed))),
  };
}

function generateStore(random: SeededRandom, options: FleetOptions, index: number): GeneratedStore {
  const fate = index === 1 ? "offline" : index === 2 ? "silent" : "usual";
  const zone = resolveTimeZone(random.weighted(zoneShares));
  const hours = generateHours(random, options.oneRowNights);
  // Most are up 97 to 100 % of the time, some are never down, one in twenty is in trouble.
  const downShare = random.chance(0.05) ? random.between(0.1, 0.4) : random.chance(0.4) ? 0 : random.next() ** 2 * 0.03;
  const recovers = random.between(0.35, 0.8);
  return {
    id: random.chance(options.uuids) ? uuid(random) : digits(random),
    zone: random.chance(options.withoutZone) ? null : zone,
    hours: random.chance(options.withoutHours) || fate !== "usual" ? null : hours,
    fate,
    fails: (recovers * downShare) / (1 - downShare),
    recovers,
  };
}

function digits(random: SeededRandom): string {
  const length = random.weighted([
    [19, 90],
    [18, 9],
    [17, 1],
  ]);
  let id = (1 + random.below(9)).toString();
  while (id.length < length) id += random.below(10).toString();
  return id;
}

function uuid(random: SeededRandom): string {
  const hex = (count: number): string => Array.from({ length: count }, () => random.below(16).toString(16)).join("");
  return `${hex(8)}-${hex(4)}-4${hex(3)}-${random.pick(["8", "9", "a", "b"])}${hex(3)}-${hex(12)}`;
}

function* zoneLines(stores: readonly GeneratedStore[]): Generator<string> {
  for (const { id, zone } of stores) if (zone !== null) yield `${id},${zone}`;
}

function* hoursLines(stores: readonly GeneratedStore[]): Generator<string> {
  for (const { id, hours } of stores) {
    for (const { day, start, end } of hours ?? []) yield `${id},${day.toString()},${start},${end}`;
  }
}

function* pollLines(
  stores: readonly GeneratedStore[],
  { days, endsAt, quietHours }: FleetOptions,
  random: SeededRandom,
): Generator<string> {
  const sweeps = days * 24;
  const missed = quietHours === undefined ? missedSweeps(random, sweeps) : sweepsWithin(quietHours);
  const firstSweepAt = endsAt - sweepMs - 60_000 - (sweeps - 1) * hourMs;
  const clocks = new Map(
    [...new Set(stores.map(({ zone }) => zone))].map((zone) => [zone, wallClock(zone, endsAt, days)]),
  );
  const isOpen = stores.map(({ hours }) => (hours === null ? null : openTest(hours)));
  const isDown = stores.map((store) => random.chance(store.fails / (store.fails + store.recovers)));
  for (let sweep = 0; sweep < sweeps; sweep++) {
    if (missed.has(sweep)) continue;
    const sweepAt = firstSweepAt + sweep * hourMs;
    for (const [i, store] of stores.entries()) {
      if (random.chance(0.004) || (store.fate === "silent" && sweep >= sweeps - 48)) continue;
      const at = sweepAt + Math.floor((i / stores.length) * sweepMs + random.next() * 50_000);
      isDown[i] = isDown[i] === true ? !random.chance(store.recovers) : random.chance(store.fails);
      const gone = isDown[i] || (store.fate === "offline" && sweep >= sweeps - 26);
      const open = isOpen[i]?.(clocks.get(store.zone)?.(at) ?? 0) ?? true;
      // Many closed stores report inactive, which is not a failure.
      const active = open ? !gone : random.chance(0.3);
      const micros = random.below(1_000).toString().padStart(3, "0");
      const time = new Date(at).toISOString().replace("T", " ").slice(0, -1);
      yield `${store.id},${active ? "active" : "inactive"},${time}${micros} UTC`;
    }
  }
}

/** Times without polls of any store: a night of five hours, and single sweeps. */
function missedSweeps(random: SeededRandom, sweeps: number): ReadonlySet<number> {
  const missed = new Set<number>();
  const night = Math.floor(sweeps * 0.6);
  for (let sweep = night; sweep < night + 5; sweep++) missed.add(sweep);
  for (let sweep = 0; sweep < sweeps - 24; sweep++) if (random.chance(0.008)) missed.add(sweep);
  return missed;
}

function sweepsWithin(hours: readonly (readonly [from: number, until: number])[]): ReadonlySet<number> {
  return new Set(hours.flatMap(([from, until]) => Array.from({ length: until - from }, (_, i) => from + i)));
}

/** The local second of the week in a zone, in the days up to `endsAt`. */
function wallClock(zone: TimeZone | null, endsAt: EpochMs, days: number): (at: EpochMs) => number {
  const periods = offsetPeriods(zone ?? defaultTimeZone, {
    start: endsAt - (days + 1) * 24 * hourMs,
    end: endsAt + hourMs,
  });
  return (at) => {
    const offsetMs = periods.find(({ end }) => at < end)?.offsetMs ?? 0;
    return (Math.floor((at + offsetMs) / 1_000) - firstMondaySeconds) % weekSeconds;
  };
}

/** A file in chunks of about 256 KiB. */
function* csv(header: string, lines: Iterable<string>): Generator<Uint8Array> {
  let text = `${header}\n`;
  for (const line of lines) {
    text += `${line}\n`;
    if (text.length < 256 * 1024) continue;
    yield Buffer.from(text);
    text = "";
  }
  yield Buffer.from(text);
}
