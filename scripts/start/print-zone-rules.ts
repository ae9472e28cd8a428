import { loadZoneRules } from "@/lib/server/zones/load-zone-rules";
import { print } from "./print";

/** Loads the time zone rules and prints which they are, and why other available ones are not used. */
export function printZoneRules(): void {
  const { release, releasedOn, source, path, candidates, warnings } = loadZoneRules();
  print("zones", `tz ${release} of ${releasedOn}, ${path === null ? source : `${source} (${path})`}`);
  for (const { isUsed, source: other, path: place, reason } of candidates) {
    // An unused TZDATA is among the warnings.
    if (!isUsed && other !== "TZDATA")
      print("", `not ${place === null ? other : `${other} (${place})`}: ${reason ?? ""}`);
  }
  for (const warning of warnings) print("warning", warning);
}
