import type { DataQuality } from "@/lib/contract/data-quality";

/** "tz 2026a to 2026f. Local times changed for 12 stores in America/Vancouver and 3 in America/Edmonton." */
export function ruleChangeText({
  from_release: from,
  to_release: to,
  zones,
}: DataQuality["zone_rule_changes"][number]): string {
  const releases = `tz ${from ?? "(not recorded)"} to ${to}.`;
  if (from === null) return releases;
  if (zones.length === 0) return `${releases} No store’s local time changed.`;
  const counts = zones.map(({ time_zone: zone, stores }, index) => {
    const noun = index > 0 ? "" : stores === 1 ? " store" : " stores";
    return `${stores.toLocaleString("en-US")}${noun} in ${zone}`;
  });
  const last = counts.at(-1) ?? "";
  const list = counts.length === 1 ? last : `${counts.slice(0, -1).join(", ")} and ${last}`;
  return `${releases} Local times changed for ${list}.`;
}
