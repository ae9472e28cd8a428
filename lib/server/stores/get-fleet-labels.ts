import type { Database } from "@/db/client";
import { countLabels } from "@/db/queries/store-labels";
import type { FleetLabels } from "@/lib/contract/fleet";
import { requireFleet, type Viewer } from "@/lib/server/access/viewer";

const mostLabels = 200;

/** The brands and groups that stores can be filtered by. */
export function getFleetLabels({ sql }: Pick<Database, "sql">, viewer: Viewer): Promise<FleetLabels> {
  requireFleet(viewer);
  return countLabels(sql, mostLabels);
}
