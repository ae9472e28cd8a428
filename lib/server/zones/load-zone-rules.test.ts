import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { installZoneRules, shippedZoneRules, shippedZones, zoneRules } from "@/lib/uptime/zone-rules";
import { offsetPeriods, resolveTimeZone } from "@/lib/uptime/time-zone";
import { chooseZoneRules } from "./load-zone-rules";
import { isTooOld, setCandidates, zoneRulesStatus } from "./zone-rules-status";

const shipped = shippedZoneRules();
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "zone-rules-"));
});
afterAll(() => {
  rmSync(folder, { recursive: true });
  installZoneRules(shippedZoneRules());
});

/** A tzdata.zi with every name; all of its zones are on UTC, Chicago an hour ahead. */
function ziText(release: string | null): string {
  const zones = shipped.names.map((name) => `Z ${name} ${name === "America/Chicago" ? "1 - ONE" : "0 - UTC"}`);
  return `${release === null ? "" : `# version ${release}\n`}${zones.join("\n")}\n`;
}

function file(name: string, text: string): string {
  const path = join(folder, name);
  mkdirSync(join(path, ".."), { recursive: true });
  writeFileSync(path, text);
  return path;
}

const choose = (tzdata: string | undefined, zoneinfo = join(folder, "none")) => {
  const { rules, candidates } = chooseZoneRules({ tzdata, zoneinfo });
  return { release: rules.release, source: rules.source, rules, reasons: candidates.map(({ reason }) => reason) };
};

const reasonOf = (tzdata: string): string => {
  const chosen = choose(tzdata);
  expect(chosen).toMatchObject({ release: shipped.release, source: "shipped" });
  return chosen.reasons[0] ?? "";
};

describe("of the available places", () => {
  it("the shipped rules are used when there are no others", () => {
    expect(choose(undefined)).toMatchObject({
      ...{ release: shipped.release, source: "shipped" },
      reasons: [null, "there is no such file or folder"],
    });
  });

  it("the newest release is used, wherever it is", () => {
    const newer = file("newer/tzdata.zi", ziText("2099b"));
    const newest = file("newest.zi", ziText("2099c"));
    expect(choose(newest, join(folder, "newer"))).toMatchObject({ release: "2099c", source: "TZDATA" });
    expect(choose(newer, join(folder, "newer"))).toMatchObject({ release: "2099b", source: "TZDATA" });
    const system = choose(file("old.zi", ziText("2019a")), join(folder, "newer"));
    expect(system).toMatchObject({ release: "2099b", source: "system" });
    expect(system.reasons).toEqual([
      "tz 2019a is older than tz 2099b",
      `tz ${shipped.release} is older than tz 2099b`,
      null,
    ]);
  });

  it("a release that is available twice is read from TZDATA first, and from the system last", () => {
    const same = file("same/tzdata.zi", ziText(shipped.release));
    expect(choose(same)).toMatchObject({ source: "TZDATA", release: shipped.release });
    expect(choose(undefined, join(folder, "same"))).toMatchObject({
      source: "shipped",
      reasons: [null, `tz ${shipped.release} is already available`],
    });
  });

  it("a file in our own format works, too", () => {
    const path = file("own.json", JSON.stringify({ ...shippedZones, release: "2099a" }));
    const { rules } = choose(path);
    expect(rules).toMatchObject({ release: "2099a", source: "TZDATA", path, releasedOn: shipped.releasedOn });
    expect(rules.names).toEqual(shipped.names);
  });
});

describe("TZDATA is skipped, with the reason, when it", () => {
  it("is missing or empty", () => {
    expect(reasonOf(join(folder, "nowhere"))).toBe("there is no such file or folder");
    expect(reasonOf(file("empty.zi", ""))).toBe("the file is empty");
    mkdirSync(join(folder, "bare"));
    expect(reasonOf(join(folder, "bare"))).toBe("the folder holds no zone rules");
    expect(reasonOf("/dev/null")).toBe("it is neither a file nor a folder");
  });

  it("names no release", () => {
    expect(reasonOf(file("nameless.zi", ziText(null)))).toMatch("names no release");
    expect(reasonOf(file("latest.zi", ziText("latest")))).toMatch('"latest", which is not a release');
    mkdirSync(join(folder, "compiled", "Etc"), { recursive: true });
    expect(reasonOf(join(folder, "compiled"))).toMatch("names no release");
  });

  it("is cut off, anywhere", () => {
    const whole = ziText("2099a");
    for (const bytes of [60, 1_000, Math.floor(whole.length / 2), whole.length - 1]) {
      expect(reasonOf(file("cut.zi", whole.slice(0, bytes)))).not.toBe("");
    }
    const lines = whole.split("\n");
    const half = `${lines.slice(0, lines.length / 2).join("\n")}\n`;
    expect(reasonOf(file("cut.zi", half))).toMatch(/lacks \d+ names of the tz database, such as .*truncated/);
  });

  it("is something else, or damaged", () => {
    expect(reasonOf(file("page.html", "# version 2099a\n<html>\n"))).toMatch("line 2");
    expect(reasonOf(file("binary", "# version 2099a\n\0\0\n"))).toBe("the file is not text");
    expect(reasonOf(file("zone", "TZif2\0\0"))).toMatch("single compiled zone");
    expect(reasonOf(file("broken.json", "{"))).toBe("the file is not valid JSON");
    expect(reasonOf(file("other.json", "{}"))).toMatch("zone-rules/1");
    const damaged = { ...shippedZones, release: "2099a", zones: { ...shippedZones.zones, "Asia/Tokyo": "JST" } };
    expect(reasonOf(file("damaged.json", JSON.stringify(damaged)))).toMatch("Not a packed zone");
  });
});

const system = "/usr/share/zoneinfo";
const hasCompiled = existsSync(join(system, "America/Chicago")) && existsSync(join(system, "US/Central"));
if (!hasCompiled) console.warn(`This system has no compiled zones in ${system}.`);

describe.skipIf(!hasCompiled)("a folder of compiled zones", () => {
  let zones: string;
  beforeAll(() => {
    zones = join(folder, "zoneinfo");
    cpSync(system, zones, {
      recursive: true,
      dereference: true,
      filter: (path) => !/\/(posix|right|tzdata\.zi)$/.test(path),
    });
  });

  it("works with the release in +VERSION", () => {
    writeFileSync(join(zones, "+VERSION"), "2099a\n");
    const { rules } = choose(zones);
    expect(rules).toMatchObject({ release: "2099a", source: "TZDATA", path: zones });
    expect(rules.names).toEqual(expect.arrayContaining([...shipped.names]));
  });

  it("is passed over where a zone in it is truncated", () => {
    writeFileSync(join(zones, "+VERSION"), "2099a\n");
    const path = join(zones, "America/Chicago");
    const whole = readFileSync(path);
    writeFileSync(path, whole.subarray(0, whole.length - 10));
    expect(reasonOf(zones)).toBe("America/Chicago: its last line is truncated");
    writeFileSync(path, whole.subarray(0, 200));
    expect(reasonOf(zones)).toMatch("America/Chicago: ");
    writeFileSync(path, whole);
  });
});

describe("the rules of the process", () => {
  it("are those that were installed last", () => {
    const { rules, candidates } = chooseZoneRules({ tzdata: file("x.zi", ziText("2099a")), zoneinfo: folder });
    installZoneRules(rules);
    setCandidates(candidates);
    const at = Date.parse("2026-07-01T00:00:00Z");
    const chicago = resolveTimeZone("america/chicago")!;
    expect(zoneRules().release).toBe("2099a");
    expect(offsetPeriods(chicago, { start: at, end: at + 1 })).toMatchObject([
      { offsetMs: 3_600_000, abbreviation: "ONE" },
    ]);
    expect(zoneRulesStatus(at)).toMatchObject({ release: "2099a", source: "TZDATA", warnings: [] });
    installZoneRules(shippedZoneRules());
  });

  it("are too old ten months after their release", () => {
    expect(isTooOld("2026-10-27", Date.parse("2027-08-27T00:00:00Z"))).toBe(false);
    expect(isTooOld("2026-10-27", Date.parse("2027-08-28T00:00:00Z"))).toBe(true);
    setCandidates([{ source: "shipped", path: null, release: shipped.release, isUsed: true, reason: null }]);
    expect(zoneRulesStatus(Date.parse(shipped.releasedOn)).warnings).toEqual([]);
    const [warning] = zoneRulesStatus(Date.parse(shipped.releasedOn) + 366 * 86_400_000).warnings;
    expect(warning).toContain(`tz ${shipped.release}`);
  });

  it("warn of a TZDATA that is not used", () => {
    const path = file("stale.zi", ziText("2019a"));
    utimesSync(path, new Date(), new Date());
    setCandidates(chooseZoneRules({ tzdata: path, zoneinfo: folder }).candidates);
    expect(zoneRulesStatus(Date.parse(shipped.releasedOn)).warnings).toEqual([
      `TZDATA=${path} is not used: tz 2019a is older than tz ${shipped.release}.`,
    ]);
  });
});
