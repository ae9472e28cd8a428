import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const tsx = pathToFileURL(createRequire(import.meta.url).resolve("tsx")).href;

/**
 * Told how much memory the machine has, V8 lets garbage gather by the hundred megabytes. A worker streams, so it needs
 * little whatever the fleet's size; with a limit it collects in time, at no cost that is seen. A web server holds the
 * requests in flight, whose number and size have limits of their own; most of what they make is garbage when they are
 * answered, so the space for what is young is larger than the limit would leave it.
 */
const memory: Readonly<Partial<Record<string, readonly string[]>>> = {
  worker: ["--max-old-space-size=512", "--max-semi-space-size=8"],
  web: ["--max-old-space-size=1024", "--max-semi-space-size=32"],
};

/** Arguments of Node for a script of scripts/, by its name. */
export function nodeArgs(script: string): string[] {
  return [...(memory[script] ?? []), "--import", tsx];
}
