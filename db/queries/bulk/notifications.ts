import { sql as fragment, type SQL } from "drizzle-orm";
import type { Database } from "@/db/client";
import { isPooled } from "@/db/pooler";

/** The notifications for workers: a report, an import or a delivery was queued, a feed is due, or the fleet's data changed. */
const channels = ["report_queued", "import_queued", "webhook_queued", "feed_due", "fleet_changed"] as const;

/** Wakes the workers when the transaction commits; an expression for a statement that queues. */
export const notify = (channel: (typeof channels)[number]): SQL<string> => fragment`pg_notify(${channel}, '')`;

/**
 * Calls back for every notification, over its own connection. When that connection is lost the driver listens again by
 * itself; notifications in the meantime are lost, so `onNotice` is also called whenever listening starts.
 * @returns false through a pooler, which passes no notifications on and would leave the LISTEN to the next client
 * @throws the error of an unavailable database
 */
export async function listenForNotifications({ sql }: Database, onNotice: () => void): Promise<boolean> {
  await sql`select 1`;
  if (isPooled(sql)) return false;
  for (const channel of channels) await sql.listen(channel, onNotice, onNotice);
  return true;
}
