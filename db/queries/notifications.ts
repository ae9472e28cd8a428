import type { Database } from "@/db/client";
import { isPooled } from "@/db/pooler";

/** What others tell the workers: a report or an import waits, the fleet's data changed, or a webhook is to be told. */
const channels = ["report_queued", "import_queued", "webhook_queued", "fleet_changed"] as const;

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
