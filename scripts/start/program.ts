import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

/** How to run a script of scripts/: its file, and the arguments of Node for it. */
export interface Program {
  readonly file: string;
  readonly nodeArgs: readonly string[];
}

const root = process.cwd();
const tsx = pathToFileURL(createRequire(import.meta.url).resolve("tsx")).href;

/** The bundles that `ensureBuild` makes, in the layout of their sources. */
export const bundleFolder = join(root, ".next", "programs");

/** The folder of the API's handlers among them. */
export const bundledRoutes = join(bundleFolder, "app");

/** The scripts that are bundled. */
export const bundledScripts = ["start", "web", "worker"] as const;
export type BundledScript = (typeof bundledScripts)[number];

/**
 * V8 adapts its heap to the machine's memory and lets garbage accumulate by the hundred megabytes. A worker streams, so
 * it needs little for a fleet of any size; with a limit it collects in time, at no measurable cost. A web server
 * holds the requests in progress, whose number and size have limits of their own; most of its objects are garbage after
 * the response, so its young generation is larger than the limit would leave it.
 */
const memory: Readonly<Partial<Record<string, readonly string[]>>> = {
  worker: ["--max-old-space-size=512", "--max-semi-space-size=8"],
  web: ["--max-old-space-size=1024", "--max-semi-space-size=32"],
};

/** A script as `ensureBuild` bundled it. */
export function bundledProgram(name: BundledScript): Program {
  const file = join(bundleFolder, "scripts", `${name}.mjs`);
  return { file, nodeArgs: [...(memory[name] ?? []), "--enable-source-maps"] };
}

/** The source of a script, which needs no build. @param folder the checkout that it belongs to */
export function sourceProgram(name: string, folder = root): Program {
  return { file: join(folder, "scripts", `${name}.ts`), nodeArgs: [...(memory[name] ?? []), "--import", tsx] };
}
