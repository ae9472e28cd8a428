import { createHash } from "node:crypto";
import { readFileSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";

const sources = [
  ...["app", "components", "lib", "db", "public", "scripts", "instrumentation.ts", "instrumentation-client.ts"],
  ...["next.config.mjs", "postcss.config.mjs", "tsconfig.json", "package-lock.json"],
];

/** A hash over every source file of the build, without tests. */
export function hashSources(root: string): string {
  const hash = createHash("sha256").update(process.version);
  for (const file of sources.flatMap((name) => filesOf(root, name))) {
    const bytes = readFileSync(join(root, file));
    hash.update(`${file}\0${bytes.length}\0`).update(bytes);
  }
  return hash.digest("hex");
}

function filesOf(root: string, name: string): string[] {
  const info = statSync(join(root, name), { throwIfNoEntry: false });
  if (!info) return [];
  if (!info.isDirectory()) return /\.test\.tsx?$/.test(name) ? [] : [name];
  if (name.endsWith("test-support")) return [];
  return readdirSync(join(root, name))
    .sort()
    .flatMap((entry) => filesOf(root, join(name, entry)));
}
