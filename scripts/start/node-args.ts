import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const tsx = pathToFileURL(createRequire(import.meta.url).resolve("tsx")).href;

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

/** Arguments of Node for a script of scripts/, by its name. */
export function nodeArgs(script: string): string[] {
  return [...(memory[script] ?? []), "--import", tsx];
}
