import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { env } from "@/lib/server/env";
import { chooseZoneRules } from "@/lib/server/zones/load-zone-rules";
import type { ZoneRules } from "@/lib/uptime/zone-rules";
import { offsetAt } from "@/lib/uptime/zone-table";
import { probeMomentTimezone, probeNpmTzdata } from "./probe-packages";
import { probePostgres } from "./probe-postgres";
import type { Probed, Question } from "./probe";
import { probeChromium, probeNode } from "./probe-runtimes";
import { dayMs } from "@/lib/uptime/units";

type Component = readonly [name: string, probe: (question: Question) => Promise<Probed | null>];

const components: readonly Component[] = [
  ...["20", "22", "24", "25", "26"].map((line): Component => [`Node ${line}`, (asked) => probeNode(asked, line)]),
  ["Chromium", probeChromium],
  ["PostgreSQL, bundled", (asked) => probePostgres(asked, undefined)],
  ["PostgreSQL, Debian's", (asked) => probePostgres(asked, "debian")],
  ["moment-timezone", probeMomentTimezone],
  ["tzdata (npm)", probeNpmTzdata],
];

function wrongNames(rules: ZoneRules, { names, instants }: Question, { offsets }: Probed, upTo: number): string[] {
  return names.filter((name) => {
    const found = offsets[name];
    if (found === null || found === undefined) return false;
    const table = rules.tableOf(name);
    return instants.slice(0, upTo).some((at, index) => Math.trunc(offsetAt(table, at) / 60_000) !== found[index]);
  });
}

function row(rules: ZoneRules, question: Question, name: string, probed: Probed): string {
  const unknown = question.names.filter((each) => (probed.offsets[each] ?? null) === null);
  const now = wrongNames(rules, question, probed, 1);
  const later = wrongNames(rules, question, probed, question.instants.length).filter((each) => !now.includes(each));
  const list = (names: readonly string[]): string =>
    names.length === 0 ? "0" : `${names.length}: ${names.join(", ")}`;
  const cells = [name, probed.version, probed.release ?? "–", list(now), list(later), String(unknown.length)];
  return `| ${cells.join(" | ")} |`;
}

/**
 * The names that each component has wrong, by the newest available rules, as a Markdown table. @param now ms since 1970
 */
export async function componentLines(now: number): Promise<string[]> {
  const { TZDATA, ZONEINFO_DIR } = env();
  const { rules } = chooseZoneRules({ tzdata: TZDATA, zoneinfo: ZONEINFO_DIR });
  const instants = Array.from({ length: 366 }, (_, days) => now + days * dayMs);
  const lines = [
    `By tz ${rules.release} (${rules.path ?? rules.source}), ${rules.names.length} names, at ${new Date(now).toISOString()} and once a day for the year after it.`,
    "",
    "| component | version | tz release | wrong now | wrong later within a year | unknown names |",
    "| --- | --- | --- | --- | --- | --- |",
  ];
  for (const [name, probe] of components) {
    const folder = mkdtempSync(join(tmpdir(), "zone-components-"));
    const question = { names: rules.names, instants, folder };
    try {
      console.error(`${name} …`);
      const probed = await probe(question);
      if (probed === null) console.error(`${name}: not on this machine.`);
      else lines.push(row(rules, question, name, probed));
    } catch (error) {
      console.error(`${name}: ${error instanceof Error ? error.message : String(error)}`);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }
  return lines;
}
