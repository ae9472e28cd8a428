import type { EpochMs } from "@/lib/uptime/types";
import { mergeStagedExceptions } from "@/db/queries/exceptions-merge";
import { mergeStagedHours } from "@/db/queries/hours-merge";
import { retryFromSavepoint, type ImportSession } from "@/db/queries/import-session";
import { StageCopy, stageDetails, stageStores, stageZones } from "@/db/queries/import-stage";
import { recordFleetChange } from "@/db/queries/fleet-state";
import { mergeStagedPolls, pollTables } from "@/db/queries/poll-merge";
import { ensurePollPartitions } from "@/db/queries/poll-partitions";
import { mergeStagedDetails } from "@/db/queries/store-details-merge";
import { mergeStagedZones } from "@/db/queries/zone-merge";
import type { Database } from "@/db/client";
import type { ImportKind } from "./csv-header";
import { DetailRows } from "./detail-rows";
import { ExceptionRows } from "./exception-rows";
import { HoursRows } from "./hours-rows";
import type { ImportWarnings } from "./import-warnings";
import { PollRows } from "./poll-rows";
import type { RowReader } from "./row-reader";
import { StoreIds } from "./store-ids";
import type { KnownIds } from "@/lib/server/text/rounded-ids";
import { ZoneRows } from "./zone-rows";

/** What happened to the good rows of a file. */
export interface Stored {
  readonly accepted: number;
  readonly duplicate: number;
  readonly conflicting: number;
  /** Tables whose statistics are now stale; empty when nothing changed. */
  readonly tables: readonly string[];
}

/** How one kind of file is loaded into the database. */
export interface KindImport {
  readonly reader: RowReader;
  /**
   * Merges the `good` rows that were read.
   * @param settle called after the merge, and again when the merge is retried
   */
  store(good: number, settle: (stored: Stored) => Promise<void>): Promise<Stored>;
  /** Ends the current COPY, so that the session can be restarted. */
  abandon(): Promise<void>;
}

export interface KindContext {
  readonly session: ImportSession;
  /** For short transactions outside the session. */
  readonly pool: Database;
  readonly now: EpochMs;
  readonly warnings: ImportWarnings;
  /** Stores that existed before the file. */
  readonly known: KnownIds;
  /** The import under which changes are recorded, so that it can be undone; null without recording. */
  readonly importId: number | null;
}

/** The result of merging the staged rows of a file. */
interface Merge {
  readonly stored: Stored;
  /** Null when the change affects no figures; otherwise the newest changed poll, if it has polls. */
  readonly figures: { readonly newestPoll: EpochMs | null } | null;
}

/** Merges the staged rows, records the result, and marks the figures as changed, in one transaction. */
function mergeAndSettle(
  session: ImportSession,
  settle: (stored: Stored) => Promise<void>,
  merge: () => Promise<Merge>,
): Promise<Stored> {
  return retryFromSavepoint(session, async () => {
    const { stored, figures } = await merge();
    await settle(stored);
    if (figures !== null) await recordFleetChange(session, figures.newestPoll);
    return stored;
  });
}

/** Tables that a merge changed: its own, and `stores` when it inserted some. */
const changedTables = (merge: { readonly changed: boolean; readonly storesAdded: number }, own: readonly string[]) =>
  merge.changed ? [...own, ...(merge.storesAdded > 0 ? ["stores"] : [])] : [];

const noPolls = { newestPoll: null } as const;
const nothingStaged = (): Promise<void> => Promise.resolve();

export const kindImports: Record<ImportKind, (context: KindContext) => KindImport> = {
  polls: ({ session, pool, now, warnings, importId, known }) => {
    const stores = new StoreIds(known);
    const copy = new StageCopy(session, "import_polls");
    const reader = new PollRows(now, stores, (tuples) => copy.write(tuples));
    return {
      reader,
      store: async (good, settle) => {
        await copy.finish();
        await stageStores(session, stores.size, (number) => stores.at(number));
        await ensurePollPartitions(pool, reader.weeks);
        const { earliest, latest } = reader;
        return mergeAndSettle(session, settle, async () => {
          const merge = await mergeStagedPolls(session, { staged: good, earliest, latest, importId });
          const { accepted, conflicting } = merge;
          warnings.set("conflicting_polls", conflicting);
          const tables = changedTables(merge, pollTables(reader.weeks));
          const stored = { accepted, duplicate: good - accepted - conflicting, conflicting, tables };
          return { stored, figures: merge.changed ? { newestPoll: latest } : null };
        });
      },
      abandon: () => copy.abort(),
    };
  },

  hours: ({ session, warnings, known }) => {
    const stores = new StoreIds(known);
    const copy = new StageCopy(session, "import_hours");
    const reader = new HoursRows(stores, (tuples) => copy.write(tuples));
    return {
      reader,
      store: async (good, settle) => {
        await reader.sendClosedDays();
        await copy.finish();
        await stageStores(session, stores.size, (number) => stores.at(number));
        return mergeAndSettle(session, settle, async () => {
          const merge = await mergeStagedHours(session);
          const { conflicting } = reader;
          warnings.set("conflicting_hours", conflicting);
          const tables = changedTables(merge, ["business_hours"]);
          const { accepted } = merge;
          const stored = { accepted, duplicate: good - accepted - conflicting, conflicting, tables };
          return { stored, figures: merge.changed ? noPolls : null };
        });
      },
      abandon: () => copy.abort(),
    };
  },

  timezones: ({ session, known }) => {
    const stores = new StoreIds(known);
    const reader = new ZoneRows(stores);
    return {
      reader,
      store: async (good, settle) => {
        await stageZones(session, reader.zones, (number) => stores.at(number));
        return mergeAndSettle(session, settle, async () => {
          const { conflicting } = reader;
          const accepted = await mergeStagedZones(session);
          const tables = accepted > 0 ? ["stores"] : [];
          const stored = { accepted, duplicate: good - accepted - conflicting, conflicting, tables };
          return { stored, figures: accepted > 0 ? noPolls : null };
        });
      },
      abandon: nothingStaged,
    };
  },

  stores: ({ session, known }) => {
    const stores = new StoreIds(known);
    const reader = new DetailRows(stores);
    return {
      reader,
      store: async (good, settle) => {
        const { details, given, conflicting } = reader;
        await stageDetails(
          session,
          stores.size,
          (number) => stores.at(number),
          (number) => details[number] ?? [],
        );
        return mergeAndSettle(session, settle, async () => {
          const { accepted, storesAdded } = await mergeStagedDetails(session, given);
          const tables = accepted > 0 ? ["stores"] : [];
          const stored = { accepted, duplicate: good - accepted - conflicting, conflicting, tables };
          // A store's name affects no figures.
          return { stored, figures: storesAdded > 0 ? noPolls : null };
        });
      },
      abandon: nothingStaged,
    };
  },

  exceptions: ({ session, warnings, known }) => {
    const stores = new StoreIds(known);
    const reader = new ExceptionRows(stores);
    return {
      reader,
      store: async (good, settle) => {
        const copy = new StageCopy(session, "import_exceptions");
        for (const batch of reader.staged()) await copy.write(batch);
        await copy.finish();
        await stageStores(session, stores.size, (number) => stores.at(number));
        const { conflicting } = reader;
        warnings.set("conflicting_exception", conflicting);
        return mergeAndSettle(session, settle, async () => {
          const merge = await mergeStagedExceptions(session);
          const tables = changedTables(merge, ["schedule_exceptions"]);
          const { accepted } = merge;
          const stored = { accepted, duplicate: good - accepted - conflicting, conflicting, tables };
          return { stored, figures: merge.changed ? noPolls : null };
        });
      },
      abandon: nothingStaged,
    };
  },
};
