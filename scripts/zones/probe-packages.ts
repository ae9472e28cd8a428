import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { promisify } from "node:util";
import type Moment from "moment-timezone";
import { compileZone } from "@/lib/server/zones/compile-zi";
import { parseZi } from "@/lib/server/zones/tzdata-zi";
import { offsetAt } from "@/lib/uptime/zone-table";
import type { Question, Probed } from "./probe";

const execute = promisify(execFile);

interface Installed {
  readonly version: string;
  readonly require: NodeJS.Require;
}

/** Installs the newest version of a package into an empty folder. */
async function install(folder: string, name: string): Promise<Installed> {
  const args = ["install", "--ignore-scripts", "--no-audit", "--no-fund", "--prefix", folder, `${name}@latest`];
  await execute("npm", args, { cwd: folder });
  const about = readFileSync(join(folder, "node_modules", name, "package.json"), "utf8");
  const { version } = JSON.parse(about) as { readonly version: string };
  return { version, require: createRequire(join(folder, "probe.cjs")) };
}

function probed(
  { version }: Installed,
  release: string | null,
  { names, instants }: Question,
  offsetOf: (name: string) => ((at: number) => number) | null,
): Probed {
  const offsets = names.map((name): [string, readonly number[] | null] => {
    const offset = offsetOf(name);
    return [name, offset === null ? null : instants.map((at) => Math.trunc(offset(at)))];
  });
  return { version, release, offsets: Object.fromEntries(offsets) };
}

export async function probeMomentTimezone(question: Question): Promise<Probed> {
  const installed = await install(question.folder, "moment-timezone");
  const moment = installed.require("moment-timezone") as typeof Moment;
  return probed(installed, moment.tz.dataVersion, question, (name) => {
    const zone = moment.tz.zone(name);
    return zone === null ? null : (at) => 0 - zone.utcOffset(at);
  });
}

interface TzdataJson {
  readonly version: string;
  readonly zones: Readonly<Record<string, string | readonly (readonly (string | null)[])[]>>;
  readonly rules: Readonly<Record<string, readonly (readonly (string | readonly string[])[])[]>>;
}

/** It has the rules of tzdata.zi as JSON: they are converted back and compiled by us. */
export async function probeNpmTzdata(question: Question): Promise<Probed> {
  const installed = await install(question.folder, "tzdata");
  const { version, zones, rules } = installed.require("tzdata") as TzdataJson;
  const lines = [`# version ${version}`];
  const clock = (minutes: string): string => {
    const seconds = Math.round(Math.abs(Number(minutes)) * 60);
    const text = [Math.floor(seconds / 3_600), Math.floor(seconds / 60) % 60, seconds % 60].join(":");
    return Number(minutes) < 0 ? `-${text}` : text;
  };
  for (const [name, each] of Object.entries(rules)) {
    for (const [from, to, type, month, day, time, save, letter] of each) {
      const [h, m, s, basis] = time as readonly string[];
      const at = `${h ?? ""}:${m ?? ""}:${s ?? ""}${basis ?? ""}`;
      lines.push(["R", name, from, to, type, month, day, at, clock(String(save)), letter].join(" "));
    }
  }
  for (const [name, eras] of Object.entries(zones)) {
    if (typeof eras === "string") {
      lines.push(`L ${eras} ${name}`);
      continue;
    }
    eras.forEach(([offset, rule, format, until], index) => {
      // Minutes west of UTC; the end of an era is an instant.
      const fields = [clock(String(0 - Number(offset))), rule ?? "-", format ?? ""];
      const [year, month, day, time] = until === null || until === undefined ? [] : instantFields(Number(until));
      lines.push(
        [...(index === 0 ? ["Z", name] : []), ...fields, year, month, day, time]
          .filter((field) => field !== undefined)
          .join(" "),
      );
    });
  }
  const source = parseZi(`${lines.join("\n")}\n`);
  const zoneOf = (name: string): string => (source.zones.has(name) ? name : (source.links.get(name) ?? name));
  return probed(installed, version, question, (name) => {
    const zone = zoneOf(zoneOf(name));
    if (!source.zones.has(zone)) return null;
    const table = compileZone(source, zone, 2_040);
    return (at) => offsetAt(table, at) / 60_000;
  });
}

function instantFields(at: number): readonly string[] {
  const date = new Date(at);
  const month = date.toLocaleString("en-US", { month: "short", timeZone: "UTC" });
  return [String(date.getUTCFullYear()), month, String(date.getUTCDate()), `${date.toISOString().slice(11, 19)}u`];
}
