import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { childEnv } from "@/lib/server/env";

/** The oldest supported version, and the newest of each line, as the npm package `node` has them. */
const versions = ["20.19.6", "22.23.3", "24.21.0", "26.10.0"];
const projects = ["unit", "process"];

const usage = `npm run test:nodes [-- VERSION …]

Runs the unit and process tests on each supported line of Node.js (${versions.join(", ")}), or on the versions given.`;

const { positionals, values } = parseArgs({ allowPositionals: true, options: { help: { type: "boolean" } } });
if (values.help === true) {
  console.log(usage);
  process.exit(0);
}

/** Installs one version of Node.js into `folder`. @returns the path of its program */
function installNode(folder: string, version: string): string {
  const args = ["install", "--prefix", folder, "--no-audit", "--no-fund", "--silent", `node@${version}`];
  const { status } = spawnSync("npm", args, {
    stdio: "inherit",
    env: childEnv({ npm_config_ignore_scripts: "false" }),
  });
  if (status !== 0) throw new Error(`Node.js ${version} could not be installed from npm.`);
  return join(folder, "node_modules", "node", "bin", "node");
}

let failed = 0;
for (const version of positionals.length > 0 ? positionals : versions) {
  const folder = mkdtempSync(join(tmpdir(), "store-monitoring-node-"));
  try {
    const program = installNode(folder, version);
    for (const project of projects) {
      console.log(`\nNode.js ${version}: ${project}`);
      const vitest = resolve("node_modules", "vitest", "vitest.mjs");
      // Programs that the tests start by name must have the same version.
      const env = childEnv({ PATH: `${dirname(program)}:${childEnv({})["PATH"] ?? ""}` });
      const { status } = spawnSync(program, [vitest, "run", "--project", project], { stdio: "inherit", env });
      if (status !== 0) failed++;
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
console.log(failed === 0 ? "\nall passed" : `\n${failed} runs failed`);
process.exit(failed === 0 ? 0 : 1);
