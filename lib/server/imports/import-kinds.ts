import type { EpochMs } from "@/lib/uptime/types";
import { mergeStagedExceptions } from "@/db/queries/exceptions-merge";
import { mergeStagedHours } from "@/db/queries/hours-merge";
import { retryFromSavepoint, type ImportSession } from "@/db/queries/import-session";
import { StageCopy, stageDetails, stageStores, stageZones } from "@/db/queries/import-stage";
import { noteFleetChange } from "@/db/queries/fleet-state";
import { mergeStagedPolls, pollTables } from "@/db/queries/poll-merge";
import { ensurePollPartitions } from "@/db/queries/poll-partitions";
import { mergeStagedDetails } from "@/db/queries/store-details-merge";
import { mergeStagedZones } from "@/db/queries/zone-merge";
import type { Sql } from "@/db/client";
import type { ImportKind } from "./csv-header";
import { DetailRows } from "./detail-rows";
import { ExceptionRows } from "./exception-rows";
import { HoursRows } from "./hours-rows";
import type { ImportWarnings } from "./import-warnings";
import { PollRows } from "./poll-rows";
import type { RowReader } from "./row-reader";
import { StoreIds } from "./store-ids";
import { ZoneRows } from "./zone-rows";

/** What became of the good rows of a file. */
export interface Stored {
  readonly accepted: number;
  readonly duplicate: number;
  readonly conflicting: number;
  /** Tables whose statistics are stale now; none where nothing changed. */
  readonly tables: readonly string[];
}

/** How one kind of file gets into the database. */
export interface KindImport {
  readonly reader: RowReader;
  /**
   * Merges the `good` rows that were read.
   * @param settle called when all is merged, and again where the merge has to start over
   */
  store(good: number, settle: (stored: Stored) => Promise<void>): Promise<Stored>;
  /** Ends what is being sent to the stage, so that the session can be restarted. */
  abandon(): Promise<void>;
}

export interface KindContext {
  readonly session: ImportSession;
  /** For short transactions beside the session's own. */
  readonly pool: Sql;
  readonly now: EpochMs;
  readonly warnings: ImportWarnings;
  /** Under which it is noted what changes, so that it can be undone; null where that is not wanted. */
  readonly importId: number | null;
}

export const kindImports: Record<ImportKind, (context: KindContext) => KindImport> = {
  polls: ({ session: { sql }, pool, now, warnings, importId }) => {
    const stores = new StoreIds();
    const copy = new StageCopy(sql, "import_polls");
    const reader = new PollRows(now, stores, (tuples) => copy.write(tuples));
    return {
      reader,
      store: async (good, settle) => {
        await copy.finish();
        await stageStores(sql, stores.size, (number) => stores.at(number));
        await ensurePollPartitions(pool, reader.weeks);
        const { earliest, latest } = reader;
        return retryFromSavepoint(sql, async () => {
          const merge = await mergeStagedPolls(sql, { staged: good, earliest, latest, importId });
          warnings.set("conflicting_polls", merge.conflicting);
          const stored = {
            accepted: merge.accepted,
            duplicate: good - merge.accepted - merge.conflicting,
            conflicting: merge.conflicting,
            tables: merge.changed ? [...pollTables(reader.weeks), ...(merge.storesAdded > 0 ? ["stores"] : [])] : [],
          };
          await settle(stored);
          if (merge.changed) await noteFleetChange(sql, latest);
          return stored;
        });
      },
      abandon: () => copy.abort(),
    };
  },

  hours: ({ session: { sql }, warnings }) => {
    const stores = new StoreIds();
    const copy = new StageCopy(sql, "import_hours");
    const reader = new HoursRows(stores, (tuples) => copy.write(tuples));
    return {
      reader,
      store: async (good, settle) => {
        await reader.sendClosedDays();
        await copy.finish();
        await stageStores(sql, stores.size, (number) => stores.at(number));
        return retryFromSavepoint(sql, async () => {
          const merge = await mergeStagedHours(sql);
          warnings.set("conflicting_hours", reader.conflicting);
          const stored = {
            accepted: merge.accepted,
            duplicate: good - merge.accepted - reader.conflicting,
            conflicting: reader.conflicting,
            tables: merge.changed ? ["business_hours", ...(merge.storesAdded > 0 ? ["stores"] : [])] : [],
          };
          await settle(stored);
          if (merge.changed) await noteFleetChange(sql, null);
          return stored;
        });
      },
      abandon: () => copy.abort(),
    };
  },

  timezones: ({ session: { sql } }) => {
    const stores = new StoreIds();
    const reader = new ZoneRows(stores);
    return {
      reader,
      store: async (good, settle) => {
        await stageZones(sql, reader.zones, (number) => stores.at(number));
        return retryFromSavepoint(sql, async () => {
          const accepted = await mergeStagedZones(sql);
          const stored = {
            accepted,
            duplicate: good - accepted - reader.conflicting,
            conflicting: reader.conflicting,
            tables: accepted > 0 ? ["stores"] : [],
          };
          await settle(stored);
          if (accepted > 0) await noteFleetChange(sql, null);
          return stored;
        });
      },
      abandon: () => Promise.resolve(),
    };
  },

  stores: ({ session: { sql } }) => {
    const stores = new StoreIds();
    const reader = new DetailRows(stores);
    return {
      reader,
      store: async (good, settle) => {
        const { details, given, conflicting } = reader;
        await stageDetails(
          sql,
          stores.size,
          (number) => stores.at(number),
          (number) => details[number] ?? [],
        );
        return retryFromSavepoint(sql, async () => {
          const { accepted, storesAdded } = await mergeStagedDetails(sql, given);
          const stored = {
            accepted,
            duplicate: good - accepted - conflicting,
            conflicting,
            tables: accepted > 0 ? ["stores"] : [],
          };
          await settle(stored);
          // No figure depends on what a store is called.
          if (storesAdded > 0) await noteFleetChange(sql, null);
          return stored;
        });
      },
      abandon: () => Promise.resolve(),
    };
  },

  exceptions: ({ session: { sql }, warnings }) => {
    const stores = new StoreIds();
    const reader = new ExceptionRows(stores);
    return {
      reader,
      store: async (good, settle) => {
        const copy = new StageCopy(sql, "import_exceptions");
        for (const batch of reader.staged()) await copy.write(batch);
        await copy.finish();
        await stageStores(sql, stores.size, (number) => stores.at(number));
        const { conflicting } = reader;
        warnings.set("conflicting_exception", conflicting);
        return retryFromSavepoint(sql, async () => {
          const merge = await mergeStagedExceptions(sql);
          const stored = {
            accepted: merge.accepted,
            duplicate: good - merge.accepted - conflicting,
            conflicting,
            tables: merge.changed ? ["schedule_exceptions", ...(merge.storesAdded > 0 ? ["stores"] : [])] : [],
          };
          await settle(stored);
          if (merge.changed) await noteFleetChange(sql, null);
          return stored;
        });
      },
      abandon: () => Promise.resolve(),
    };
  },
};
