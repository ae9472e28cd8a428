import { changesAfter } from "@/lib/uptime/packed-zones";
import { weekdayOfMonth } from "@/lib/uptime/yearly-rule";
import { zoneTable, type OffsetChange, type ZoneTable } from "@/lib/uptime/zone-table";
import { dayMs, hourMs } from "@/lib/uptime/units";

/** A yearly rule is written when it has made the changes of this many years up to the last listed one. */
const fewestYears = 8;

type Observed = Omit<OffsetChange, "at">;

const isSame = (a: Observed, b: Observed): boolean => a.offsetMs === b.offsetMs && a.abbreviation === b.abbreviation;

function posixTime(ms: number): string {
  const seconds = Math.abs(ms) / 1_000;
  const [h, m, s] = [Math.floor(seconds / 3_600), Math.floor(seconds / 60) % 60, seconds % 60];
  const pad = (value: number): string => String(value).padStart(2, "0");
  return `${ms < 0 ? "-" : ""}${h}${m === 0 && s === 0 ? "" : `:${pad(m)}`}${s === 0 ? "" : `:${pad(s)}`}`;
}

const posixName = (name: string): string => (/^[A-Za-z]{3,}$/.test(name) ? name : `<${name}>`);

/**
 * The weekday rule, as `,M3.2.0/2`, that matches most of `locals` from the first one on: local times of a yearly
 * change, latest year first.
 */
function weekdayRule(locals: readonly number[]): { readonly text: string; readonly years: number } {
  let best = { text: "", years: 0 };
  const latest = locals[0]!;
  // A change may be expressed by the weekday before or after its own: "24:00 on the first Saturday".
  for (const shift of [0, 1, -1, 2, -2, 3, -3]) {
    const midnight = Math.floor(latest / dayMs) * dayMs - shift * dayMs;
    const day = new Date(midnight);
    for (const week of [5, 1, 2, 3, 4]) {
      const gives = (local: number): boolean => {
        const year = new Date(local - shift * dayMs).getUTCFullYear();
        return weekdayOfMonth(year, day.getUTCMonth(), week, day.getUTCDay()) + latest - midnight === local;
      };
      const misses = locals.findIndex((local) => !gives(local));
      const years = misses === -1 ? locals.length : misses;
      const time = latest - midnight;
      if (years > best.years) {
        const at = time === 2 * hourMs ? "" : `/${posixTime(time)}`;
        best = { text: `,M${day.getUTCMonth() + 1}.${week}.${day.getUTCDay()}${at}`, years };
      }
    }
  }
  return best;
}

/** The POSIX rule that a zone follows in the end, or "" when none can be derived from its changes. */
function yearlyRuleOf(changes: readonly OffsetChange[], lastYear: number): string {
  const latest = changes.at(-1);
  const before = changes.at(-2);
  if (latest === undefined || before === undefined) return "";
  if (new Date(latest.at).getUTCFullYear() !== lastYear) return "";
  const [standard, summer] = latest.offsetMs < before.offsetMs ? [latest, before] : [before, latest];
  const begins: number[] = [];
  const ends: number[] = [];
  for (let index = changes.length - 1; index > 0; index--) {
    const change = changes[index]!;
    if (!isSame(change, standard) && !isSame(change, summer)) break;
    if (isSame(change, summer)) begins.push(change.at + standard.offsetMs);
    else ends.push(change.at + summer.offsetMs);
  }
  const [beginsBy, endsBy] = [weekdayRule(begins), weekdayRule(ends)];
  if (Math.min(beginsBy.years, endsBy.years) < fewestYears) return "";
  const offset = ({ abbreviation, offsetMs }: Observed): string =>
    `${posixName(abbreviation)}${posixTime(0 - offsetMs)}`;
  const usual = summer.offsetMs - standard.offsetMs === hourMs;
  const summerText = usual ? posixName(summer.abbreviation) : offset(summer);
  return `${offset(standard)}${summerText}${beginsBy.text}${endsBy.text}`;
}

/**
 * Packs the table of a zone as `PackedZones`: changes from 1970 to `lastYear`, without those that a rule makes.
 * @param lastYear the last one whose changes the table lists in full
 */
export function packZone(table: ZoneTable, lastYear: number): string {
  const since = table.at.findIndex((at) => at >= 0);
  const firstIndex = since === -1 ? table.at.length : since;
  const observedAt = (index: number): Observed => ({
    offsetMs: table.offsetsMs[index]!,
    abbreviation: table.abbreviations[index]!,
  });
  const first = observedAt(firstIndex);
  const end = Date.UTC(lastYear + 1, 0, 1);
  const changes = Array.from(table.at.slice(firstIndex), (at, index) => ({
    at,
    ...observedAt(firstIndex + index + 1),
  })).filter(({ at }) => at < end);
  const rule = yearlyRuleOf(changes, lastYear);
  return encode(first, rule === "" ? changes : withoutRuled(first, changes, rule, end), rule);
}

/** The smallest number of first changes from which the rule produces all others. */
function withoutRuled(first: Observed, changes: readonly OffsetChange[], rule: string, end: number): OffsetChange[] {
  const all = zoneTable(first, changes);
  let kept = changes.length;
  for (let fewer = kept - 1; fewer >= 0; fewer--) {
    const listed = changes.slice(0, fewer);
    const made = zoneTable(
      first,
      [...listed, ...changesAfter(listed, rule)].filter(({ at }) => at < end),
    );
    const same =
      made.at.length === all.at.length &&
      made.at.every((at, index) => at === all.at[index] && made.offsetsMs[index + 1] === all.offsetsMs[index + 1]) &&
      made.abbreviations.every((abbreviation, index) => abbreviation === all.abbreviations[index]);
    if (!same) break;
    kept = fewer;
  }
  return changes.slice(0, kept);
}

function encode(first: Observed, changes: readonly OffsetChange[], rule: string): string {
  const observed = [first];
  let before = 0;
  const tokens = changes.map((change) => {
    let index = observed.findIndex((one) => isSame(one, change));
    if (index === -1) index = observed.push(change) - 1;
    const token = `${((change.at - before) / 1_000).toString(36)}.${index.toString(36)}`;
    before = change.at;
    return token;
  });
  const names = observed.map(({ abbreviation, offsetMs }) => `${abbreviation}=${offsetMs / 1_000}`);
  return [names.join(","), tokens.join(" "), rule].join(";");
}
