import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { expect, it } from "vitest";
import { faultEnv } from "./fault-env";

const root = join(import.meta.dirname, "..", "..", "..");
const program = 'import("@/lib/faults/fault-point").then(({ faultPoint }) => faultPoint("report.saved"))';

/** Passes a fault point in a process with these settings. */
const pass = (settings: Readonly<Record<string, string>>) =>
  spawnSync(process.execPath, ["--import", "tsx", "-e", program], { cwd: root, env: { ...process.env, ...settings } });

it("kills a process that a test arms", () => {
  expect(pass(faultEnv("report.saved:kill"))).toMatchObject({ status: null, signal: "SIGKILL" });
});

it("is armed by no variable: the product does not read it", () => {
  expect(pass({ FAULT_POINTS: "report.saved:kill" })).toMatchObject({ status: 0, signal: null });
});
