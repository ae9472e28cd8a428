import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { childEnv } from "@/lib/server/env";
import { runChecks } from "@/scripts/check/check";
import { ensureBuild } from "@/scripts/start/build";
import { runGroup } from "./process-group";
import type { Task } from "./run-tasks";
import { type Tally, tally } from "./tally";

export interface SuiteOptions {
  /** Folder for the reports of the test runners. */
  readonly reports: string;
  readonly signal: AbortSignal;
  /** Shows a line of the output of a task. */
  readonly show: (task: string, line: string) => void;
}

/**
 * The tasks of the gate, long ones first, so that all places end at about the same time. Only unit tests run during the
 * build: the others start the built app, or read the route types, which the build writes.
 */
export function gateTasks(options: SuiteOptions): readonly Task[] {
  const needs = "build";
  return [
    buildTask(options),
    { name: "unit", run: () => runVitest("unit", options) },
    { name: "browser", needs, run: () => runPlaywright("browser", options) },
    { name: "faults", needs, run: () => runVitest("faults", options) },
    { name: "process", needs, run: () => runVitest("process", options) },
    { name: "db", needs, run: () => runVitest("db*", options) },
    { name: "app", needs, run: () => runVitest("app", options) },
    checksTask(options),
  ];
}

function buildTask({ signal, show }: SuiteOptions): Task {
  const name = "build";
  const run = async (): Promise<Tally> => {
    try {
      await ensureBuild(signal, () => undefined);
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      for (const line of message.split("\n")) show(name, line);
      return { passed: 0, failed: 1, failures: [{ name: "next build", message }] };
    }
    show(name, "built");
    return { passed: 1, failed: 0, failures: [] };
  };
  return { name, run };
}

function checksTask({ signal, show }: SuiteOptions): Task {
  const name = "checks";
  const print = (line: string) => {
    show(name, line);
  };
  return { name, needs: "build", run: () => runChecks({ signal, print, concurrency: 1 }) };
}

/** @param project a project of vitest.config.ts, or the beginning of the names of several and an asterisk */
function runVitest(project: string, options: SuiteOptions): Promise<Tally> {
  const name = project.replace("*", "");
  const report = join(options.reports, `${name}.json`);
  const args = [
    ...["node_modules/vitest/vitest.mjs", "run", "--project", project],
    ...["--reporter=default", "--reporter=json", `--outputFile.json=${report}`],
  ];
  return runSuite(name, args, report, options);
}

function runPlaywright(name: string, options: SuiteOptions): Promise<Tally> {
  const report = join(options.reports, `${name}.json`);
  const args = [
    ...["node_modules/@playwright/test/cli.js", "test", "--config", "e2e/playwright.config.ts"],
    "--reporter=list,json",
  ];
  return runSuite(name, args, report, options);
}

/** Runs a test runner, shows its output, and counts from the report that it writes. */
async function runSuite(
  name: string,
  args: readonly string[],
  report: string,
  { signal, show }: SuiteOptions,
): Promise<Tally> {
  const code = await runGroup(args, {
    env: childEnv({ PLAYWRIGHT_JSON_OUTPUT_FILE: report }),
    signal,
    onLine: (line) => {
      show(name, line);
    },
  });
  return tally(existsSync(report) ? JSON.parse(readFileSync(report, "utf8")) : null, code);
}
