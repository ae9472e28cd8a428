import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { childEnv } from "@/lib/server/env";
import { runChecks } from "./check/check";
import { ensureBuild } from "./start/build";
import { sum, type Tally, tally } from "./test/tally";

const folder = mkdtempSync(join(tmpdir(), "store-monitoring-results-"));
const tallies: Tally[] = [];

function heading(text: string): void {
  console.log(`\n— ${text}`);
}

/** Runs a suite with its output shown, and reads the counts from its report. */
function suite(name: string, args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<void> {
  heading(name);
  const report = join(folder, `${name}.json`);
  return new Promise((resolve) => {
    const child = spawn(
      process.execPath,
      args.map((arg) => arg.replace("{report}", report)),
      {
        env: childEnv({ ...env, PLAYWRIGHT_JSON_OUTPUT_FILE: report }),
        stdio: ["ignore", "inherit", "inherit"],
      },
    );
    child.on("close", (code) => {
      tallies.push(tally(existsSync(report) ? JSON.parse(readFileSync(report, "utf8")) : null, code));
      resolve();
    });
  });
}

const vitest = (project: string) => [
  ...["node_modules/vitest/vitest.mjs", "run", "--project", project],
  ...["--reporter=default", "--reporter=json", "--outputFile.json={report}"],
];

try {
  heading("checks");
  tallies.push(await runChecks());
  await suite("unit", vitest("unit"));
  await suite("database", vitest("db"));
  await suite("processes", vitest("process"));
  heading("build");
  try {
    await ensureBuild(new AbortController().signal, () => undefined);
    console.log("built");
    tallies.push({ passed: 1, failed: 0 });
  } catch (error) {
    console.log(error instanceof Error ? error.message : error);
    tallies.push({ passed: 0, failed: 1 });
  }
  await suite("built app", vitest("app"));
  await suite("faults", vitest("faults"));
  await suite("browser", [
    ...["node_modules/@playwright/test/cli.js", "test", "--config", "e2e/playwright.config.ts"],
    "--reporter=list,json",
  ]);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
const { passed, failed } = sum(tallies);
console.log(`\n${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
