import type { Database } from "@/db/client";
import { countLabels } from "@/db/queries/bulk/store-labels";
import type { FleetLabels } from "@/lib/contract/fleet";
import { readAs } from "@/lib/server/access/as-viewer";
import type { Viewer } from "@/lib/server/access/viewer";

const maxLabels = 200;

/** The brands, groups and tags that stores can be filtered by. */
export function getFleetLabels(database: Database, viewer: Viewer): Promise<FleetLabels> {
  return readAs(database, viewer, (db) => countLabels(db, viewer.stores, maxLabels));
}
