import { env } from "@/lib/server/env";
import { chooseZoneRules } from "@/lib/server/zones/load-zone-rules";
import { componentLines } from "./zones/components";
import { diffLines, rulesOf } from "./zones/diff";
import { staleFiles, writeGeneratedFiles } from "./zones/generated-files";
import { parseOptions, runCommand, UsageError } from "./command";

const usage = `Usage: npm run --silent zones -- [--diff A B [--from YEAR] [--to YEAR] | --write | --check | --components]

Prints the release of the time zone rules in use, and other available ones with why they are not used.

  --diff A B    differences between two releases; each is shipped, system, TZDATA, or a file or folder
  --from, --to  the years that are compared, both included; this year and the next two otherwise
  --write       generates the shipped rules from the installed moment-timezone, and Windows names from cldr-core
  --check       fails if they differ from what --write generates
  --components  which zones Node, Chromium, PostgreSQL and npm packages have wrong today, as a Markdown table;
                fetches Node lines and packages from the npm registry
  --help        this text

Exit code 0: done. 1: it failed, or --check found a difference. 2: wrong usage.`;

function readYear(text: string | undefined, otherwise: number): number {
  if (text === undefined) return otherwise;
  if (!/^\d{4}$/.test(text)) throw new UsageError(`${text} is not a year.`);
  return Number(text);
}

function readOptions() {
  const flag = { type: "boolean", default: false } as const;
  const year = { type: "string" } as const;
  const options = { diff: flag, write: flag, check: flag, components: flag, help: flag, from: year, to: year };
  return parseOptions({ options, allowPositionals: true });
}

function listRules(): void {
  const { TZDATA, ZONEINFO_DIR } = env();
  const { rules, candidates } = chooseZoneRules({ tzdata: TZDATA, zoneinfo: ZONEINFO_DIR });
  console.log(`tz ${rules.release} of ${rules.releasedOn}, ${rules.names.length} names`);
  for (const { source, path, release, isUsed, reason } of candidates) {
    const place = `${source}${path === null ? "" : ` (${path})`}`;
    console.log(
      `  ${isUsed ? "in use  " : "not used"}  ${release ?? "no release"}  ${place}${isUsed ? "" : `: ${reason ?? ""}`}`,
    );
  }
}

function diff(places: readonly string[], from: string | undefined, to: string | undefined): void {
  const [one, other, ...more] = places;
  if (one === undefined || other === undefined || more.length > 0) throw new UsageError("--diff compares two places.");
  const firstYear = readYear(from, new Date().getUTCFullYear());
  const lastYear = readYear(to, firstYear + 2);
  if (lastYear < firstYear) throw new UsageError("--to is before --from.");
  console.log(diffLines(rulesOf(one), rulesOf(other), firstYear, lastYear).join("\n"));
}

async function run(): Promise<void> {
  const { values, positionals } = readOptions();
  if (values.help) {
    console.log(usage);
    return;
  }
  if (!values.diff && positionals.length > 0) throw new UsageError(`${positionals.join(" ")} is not understood.`);
  if ([values.diff, values.write, values.check, values.components].filter(Boolean).length > 1) {
    throw new UsageError("Give one of --diff, --write, --check and --components.");
  }
  if (values.diff) diff(positionals, values.from, values.to);
  else if (values.write) console.log(writeGeneratedFiles().join("\n") || "Nothing has changed.");
  else if (values.check) {
    const stale = staleFiles();
    if (stale.length === 0) return;
    console.error(
      `${stale.join(", ")}: differs from what the installed packages generate. Run npm run zones -- --write.`,
    );
    process.exitCode = 1;
  } else if (values.components) console.log((await componentLines(Date.now())).join("\n"));
  else listRules();
}

await runCommand(usage, run);
