import { mkdirSync, rmSync } from "node:fs";
import { basename, join } from "node:path";
import { buildSync } from "esbuild";
import { bundling } from "@/scripts/start/bundle";

const folder = join("node_modules", ".cache", "test-scripts");
const bundled = new Map<string, string>();

/**
 * Bundles a script that tests start as a process, once per test file: loading a bundle takes a fifth of the time that
 * loading its sources takes.
 * @param script from the root   @returns the path of the bundle, which is deleted at the end of this process
 */
export function bundleScript(script: string): string {
  const known = bundled.get(script);
  if (known !== undefined) return known;
  mkdirSync(folder, { recursive: true });
  const outfile = join(process.cwd(), folder, `${process.pid}-${Date.now()}-${basename(script, ".ts")}.mjs`);
  buildSync({ ...bundling, sourcemap: "inline", entryPoints: [script], outfile });
  bundled.set(script, outfile);
  process.once("exit", () => {
    rmSync(outfile, { force: true });
  });
  return outfile;
}
