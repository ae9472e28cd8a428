import { sql as fragment, type SQL } from "drizzle-orm";
import type { Database } from "@/db/client";
import { isPooled } from "@/db/pooler";

/** What workers listen for: a report, an import or a delivery was queued, or the fleet's data changed. */
const channels = ["report_queued", "import_queued", "webhook_queued", "fleet_changed"] as const;

/** Wakes the workers when the transaction commits; an expression for a statement that queues. */
export const notify = (channel: (typeof channels)[number]): SQL<string> => fragment`pg_notify(${channel}, '')`;

/**
 * Calls back at every notice, over a connection of its own. The driver listens again by itself when that connection is
 * lost; what was told meanwhile is missed, so `onNotice` is also called whenever listening begins.
 * @returns false through a pooler, which passes no notices on and would leave the listening to the next client
 * @throws the error of a database that is away
 */
export async function listenForNotifications({ sql }: Database, onNotice: () => void): Promise<boolean> {
  await sql`select 1`;
  if (isPooled(sql)) return false;
  for (const channel of channels) await sql.listen(channel, onNotice, onNotice);
  return true;
}
