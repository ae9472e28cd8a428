import { tmpdir } from "node:os";
import { join } from "node:path";
import { mkdtempSync, writeFileSync } from "node:fs";
import { shippedZoneRules } from "@/lib/uptime/zone-rules";

/**
 * Writes a tzdata.zi of a fictitious release: it has every name of the shipped one, all on UTC except the given ones.
 * @param hours hours east of UTC, by name
 * @returns its path, in a folder of its own
 */
export function writeReleaseFile(release: string, hours: Readonly<Record<string, number>>): string {
  const zones = shippedZoneRules().names.map((name) => {
    const offset = hours[name] ?? 0;
    const [size, sign] = [Math.abs(offset), offset < 0 ? "-" : ""];
    const minutes = String(Math.round((size % 1) * 60)).padStart(2, "0");
    return `Z ${name} ${sign}${Math.floor(size)}:${minutes} - %z`;
  });
  const path = join(mkdtempSync(join(tmpdir(), "tz-release-")), "tzdata.zi");
  writeFileSync(path, `# version ${release}\n${zones.join("\n")}\n`);
  return path;
}
