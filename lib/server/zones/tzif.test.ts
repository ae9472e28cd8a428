import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import moment from "moment-timezone";
import { describe, expect, it } from "vitest";
import { shippedZoneRules } from "@/lib/uptime/zone-rules";
import { offsetAt, periodsIn, type ZoneTable } from "@/lib/uptime/zone-table";
import { openRulesFile } from "./rules-file";
import { readTzif } from "./tzif";

const folder = "/usr/share/zoneinfo";
const sourceFile = join(folder, "tzdata.zi");
const start = Date.UTC(2000, 0, 1);
const end = Date.UTC(2038, 0, 1);

/** The instants at which a table changes the offset or the abbreviation. */
const changesOf = (table: ZoneTable): readonly number[] =>
  periodsIn(table, { start, end }).map((period) => period.start);

const abbreviationAt = (table: ZoneTable, at: number): string | undefined =>
  periodsIn(table, { start: at, end: at + 1 })[0]?.abbreviation;

/** Differences around each change of either table: the second before, the ms before, the instant, the second after. */
function differences(one: ZoneTable, other: ZoneTable): readonly string[] {
  const found: string[] = [];
  for (const change of new Set([...changesOf(one), ...changesOf(other)])) {
    for (const at of [change - 1_000, change - 1, change, change + 1_000]) {
      if (offsetAt(one, at) === offsetAt(other, at) && abbreviationAt(one, at) === abbreviationAt(other, at)) continue;
      found.push(new Date(at).toISOString());
    }
  }
  return found;
}

const skipped = existsSync(sourceFile) ? null : `This system has no ${sourceFile} to compare with.`;
if (skipped !== null) console.warn(skipped);

describe.skipIf(skipped !== null)("the system's compiled zones", () => {
  const rules = skipped === null ? openRulesFile(sourceFile, "system").load() : shippedZoneRules();
  const compiled = new Map(
    rules.names.filter((name) => existsSync(join(folder, name))).map((name) => [name, join(folder, name)]),
  );

  it("are what its tzdata.zi compiles to, for every name and change from 2000 to 2037, to the second", () => {
    expect(compiled.size).toBeGreaterThan(300);
    let changes = 0;
    for (const [name, file] of compiled) {
      const table = rules.tableOf(name);
      expect(differences(table, readTzif(readFileSync(file))), name).toEqual([]);
      changes += changesOf(table).length;
    }
    expect(changes).toBeGreaterThan(10_000);
  });

  it("are what the product ships, when both are of one release", () => {
    const shipped = shippedZoneRules();
    if (shipped.release !== rules.release) {
      console.warn(`The system has tz ${rules.release}, the product ships ${shipped.release}: not compared.`);
      return;
    }
    // When tz is packaged with its oldest data, MET is a zone of its own, with abbreviations of its own.
    for (const name of shipped.names.filter((each) => each !== "MET")) {
      expect(differences(shipped.tableOf(name), rules.tableOf(name)), name).toEqual([]);
    }
  });
});

it("ships what moment-timezone has, for every name and change from 2000 to 2037", () => {
  const shipped = shippedZoneRules();
  expect(moment.tz.dataVersion).toBe(shipped.release);
  expect(moment.tz.names()).toEqual(expect.arrayContaining([...shipped.names]));
  let compared = 0;
  for (const name of shipped.names) {
    const table = shipped.tableOf(name);
    const zone = moment.tz.zone(name);
    for (const change of [start, ...changesOf(table), ...(zone?.untils ?? []).filter((at) => at > start && at < end)]) {
      for (const at of [change - 1, change, change + 1_000]) {
        expect(offsetAt(table, at), `${name} at ${at}`).toBe(0 - Math.round((zone?.utcOffset(at) ?? NaN) * 60) * 1_000);
        expect(abbreviationAt(table, at), `${name} at ${at}`).toBe(zone?.abbr(at));
        compared += 1;
      }
    }
  }
  expect(compared).toBeGreaterThan(30_000);
});
