import { readFileSync } from "node:fs";
import { join } from "node:path";

function readVersion(): string {
  const parsed: unknown = JSON.parse(readFileSync(join(process.cwd(), "package.json"), "utf8"));
  const version: unknown = typeof parsed === "object" && parsed !== null ? Reflect.get(parsed, "version") : null;
  if (typeof version !== "string") throw new Error("package.json has no version.");
  return version;
}

let read: string | null = null;

/** The version of this product, from its package.json. */
export function productVersion(): string {
  return (read ??= readVersion());
}
