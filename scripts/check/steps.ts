import { cpSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { directFaults, lockFaults, readLock } from "./lock";
import { type Outcome, runProgram } from "./run-program";

/** One step of `npm run check`. */
export interface CheckStep {
  readonly name: string;
  run(signal: AbortSignal): Promise<Outcome>;
}

const bin = (name: string) => join("node_modules", ".bin", name);
const program = (name: string, file: string, ...args: string[]): CheckStep => ({
  name,
  run: (signal) => runProgram(file, args, signal),
});

/** Generates the types of the pages; the other steps wait for it. */
export const typegen = program("route types", bin("next"), "typegen");

export const checkSteps: readonly CheckStep[] = [
  program("types", bin("tsc"), "--noEmit", "-p", "."),
  program("lint", bin("eslint"), ".", "--cache", "--cache-location", join("node_modules", ".cache", "eslint/")),
  program("boundaries", process.execPath, "scripts/check-boundaries.mjs"),
  program("unused", bin("knip"), "--include", "files,exports,types,dependencies"),
  program("format", bin("prettier"), "--check", "--log-level", "warn", "."),
  { name: "lock", run: checkLock },
  program("zone rules", process.execPath, "--import", "tsx", "scripts/zones.ts", "--check"),
  { name: "migrations", run: checkMigrations },
];

function checkLock(): Promise<Outcome> {
  const packages = readLock("package-lock.json");
  const faults = [...lockFaults(packages), ...directFaults(packages[""] ?? {})];
  return Promise.resolve({ ok: faults.length === 0, output: faults.join("\n") });
}

/** Generates migrations into a copy: a new file there means that the schema has changes without a migration. */
async function checkMigrations(signal: AbortSignal): Promise<Outcome> {
  const folder = mkdtempSync(join(tmpdir(), "store-monitoring-migrations-"));
  try {
    cpSync(join("db", "migrations"), folder, { recursive: true });
    const before = readdirSync(folder);
    const args = ["generate", "--dialect=postgresql", "--schema=./db/schema/*.ts", `--out=${folder}`];
    const { ok, output } = await runProgram(bin("drizzle-kit"), args, signal);
    const made = readdirSync(folder).filter((name) => !before.includes(name));
    if (ok && made.length === 0) return { ok, output };
    return { ok: false, output: `${output}\nThe schema is ahead of the migrations: npm run db:generate.` };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
