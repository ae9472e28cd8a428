import type { Database } from "@/db/client";
import { countLabels } from "@/db/queries/store-labels";
import type { FleetLabels } from "@/lib/contract/fleet";
import { readAs } from "@/lib/server/access/as-viewer";
import type { Viewer } from "@/lib/server/access/viewer";

const maxLabels = 200;

/** The brands and groups that stores can be filtered by. */
export function getFleetLabels(database: Pick<Database, "db" | "sql">, viewer: Viewer): Promise<FleetLabels> {
  return readAs(database, viewer, ({ sql }) => countLabels(sql, viewer.stores, maxLabels));
}
