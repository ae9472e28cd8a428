import type { Database } from "@/db/client";
import type { Log } from "@/lib/server/log";
import type { BackgroundTask } from "./background-task";
import { recordZoneRules } from "./record-zone-rules";
import { zoneRules } from "@/lib/uptime/zone-rules";

/** Records, once after the start, which time zone rules the worker uses. */
export function recordOwnRules(database: Database, log: Log): BackgroundTask {
  let isRecorded = false;
  return async () => {
    if (isRecorded) return false;
    const rules = zoneRules();
    const { outcome, fromRelease, stores } = await recordZoneRules(database, rules, Date.now());
    isRecorded = true;
    const zones = Object.fromEntries(stores);
    if (outcome === "update") log.info({ fromRelease, release: rules.release, zones }, "time zone rules changed");
    if (outcome === "downgrade") {
      log.warn({ fromRelease, release: rules.release, zones }, "time zone rules are older than before");
    }
    return false;
  };
}
