import type { Database } from "@/db/client";
import type { Log } from "@/lib/server/log";
import { noteZoneRules } from "./note-zone-rules";
import { zoneRules } from "@/lib/uptime/zone-rules";

/** Notes, once after the start, which time zone rules the worker computes with. @returns what a worker keeps doing */
export function noteOwnRules(database: Database, log: Log): () => Promise<boolean> {
  let isNoted = false;
  return async () => {
    if (isNoted) return false;
    const rules = zoneRules();
    const { outcome, fromRelease, stores } = await noteZoneRules(database, rules, Date.now());
    isNoted = true;
    const zones = Object.fromEntries(stores);
    if (outcome === "update") log.info({ fromRelease, release: rules.release, zones }, "time zone rules changed");
    if (outcome === "downgrade") {
      log.warn({ fromRelease, release: rules.release, zones }, "time zone rules are older than before");
    }
    return false;
  };
}
