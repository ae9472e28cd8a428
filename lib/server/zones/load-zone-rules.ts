import { env } from "@/lib/server/env";
import { log } from "@/lib/server/log";
import { installZoneRules, shippedZoneRules, type ZoneRules } from "@/lib/uptime/zone-rules";
import { noteCandidates, zoneRulesStatus } from "./zone-rules-status";

/**
 * Makes the newest tz release at hand the rules of this process. To be called once, before anything is computed, by
 * every process: the web server, the worker, `npm start` and each command.
 */
export function loadZoneRules(): ZoneRules {
  const rules = shippedZoneRules();
  const { release, source, path } = rules;
  installZoneRules(rules);
  noteCandidates([{ source, path, release, isUsed: true, reason: null }]);
  for (const warning of zoneRulesStatus(Date.now()).warnings) log.warn({ tzdata: env().TZDATA }, warning);
  return rules;
}
