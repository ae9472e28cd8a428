import type { Database } from "@/db/client";
import { setDatabaseGauges } from "./database-gauges";
import { zoneRules } from "@/lib/uptime/zone-rules";
import { metrics } from "./metrics";

/** Everything that this process counted and the database reports, in the text format of Prometheus. */
export async function renderMetrics(
  database: Database,
): Promise<{ readonly text: string; readonly contentType: string }> {
  await setDatabaseGauges(database);
  const { registry, zoneRules: gauge } = metrics();
  const { release, source } = zoneRules();
  gauge.reset();
  gauge.set({ release, source }, 1);
  return { text: await registry.metrics(), contentType: registry.contentType };
}
