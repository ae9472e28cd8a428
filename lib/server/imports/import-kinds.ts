import type { EpochMs } from "@/lib/uptime/types";
import type { HoursFrom } from "@/db/queries/bulk/earlier-hours";
import { mergeStagedExceptions } from "@/db/queries/bulk/exceptions-merge";
import { mergeStagedHours } from "@/db/queries/bulk/hours-merge";
import { retryFromSavepoint, type ImportSession } from "@/db/queries/bulk/import-session";
import { StageCopy, stageDetails, stageStores, stageZones } from "@/db/queries/bulk/import-stage";
import { recordFleetChange } from "@/db/queries/bulk/fleet-state";
import { recordHoursWarnings } from "@/db/queries/bulk/hours-warnings";
import { mergeStagedPolls } from "@/db/queries/bulk/poll-merge";
import { ensurePollPartitions, pollTables } from "@/db/queries/bulk/poll-partitions";
import { recordStoreChanges } from "@/db/queries/bulk/store-changes";
import { concernsFigures, mergeStagedDetails } from "@/db/queries/bulk/store-details-merge";
import { mergeStagedZones } from "@/db/queries/bulk/zone-merge";
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
import { keepEarlierHours } from "@/lib/server/zones/keep-earlier-hours";
import { ZoneRows } from "./zone-rows";

/** The outcome of a file's good rows. */
export interface Stored {
  readonly accepted: number;
  readonly duplicate: number;
  readonly conflicting: number;
  /** Good rows that were not kept: another row of their store or date was rejected, or the store has too many changes. */
  readonly discarded: number;
  /** Tables whose statistics are now stale; empty when nothing changed. */
  readonly tables: readonly string[];
}

/** How one kind of file is loaded into the database. */
export interface KindImport {
  readonly reader: RowReader;
  /**
   * Merges the `good` rows that were read, settles the import, and records the change of figures: atomically.
   * @param settle called after the merge, and again when the merge has to start over
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
  /** From when on the hours of a file apply. */
  readonly hoursFrom: HoursFrom;
}

/** The part that differs between kinds. */
interface Kind {
  readonly reader: RowReader;
  /** Completes the stage, and prepares the merge. */
  readonly stage: () => Promise<void>;
  /** Merges the `good` staged rows. */
  readonly merge: (good: number) => Promise<Merge>;
  /** Good rows that are not merged. */
  readonly discarded?: () => number;
  /** Absent when nothing is sent to the stage while the file is read. */
  readonly abandon?: () => Promise<void>;
}

/** The outcome of merging a file's staged rows. */
interface Merge {
  readonly accepted: number;
  readonly conflicting: number;
  readonly tables: readonly string[];
  /** Good rows that the merge did not keep. */
  readonly discarded?: number;
  /** Null when no figure depends on the change; otherwise the newest poll of the change, if it has polls. */
  readonly figures: { readonly newestPoll: EpochMs | null } | null;
}

/** Prepares the import of a file of one kind. */
export function importOf(kind: ImportKind, context: KindContext): KindImport {
  const { session, importId } = context;
  const { reader, stage, merge, discarded, abandon } = kinds[kind](context, new StoreIds(context.known));
  return {
    reader,
    store: async (good, settle) => {
      await stage();
      const unmerged = discarded?.() ?? 0;
      return retryFromSavepoint(session, async () => {
        const mergeRows = (): Promise<Merge> => merge(good - unmerged);
        const isRecorded = importId !== null && kind !== "polls";
        const merged = await (isRecorded ? recordStoreChanges(session, importId, kind, mergeRows) : mergeRows());
        const { accepted, conflicting, discarded: refused = 0, tables, figures } = merged;
        const duplicate = good - unmerged - accepted - conflicting - refused;
        const stored = { accepted, duplicate, conflicting, discarded: unmerged + refused, tables };
        await settle(stored);
        if (figures !== null) await recordFleetChange(session, figures.newestPoll);
        return stored;
      });
    },
    abandon: () => abandon?.() ?? Promise.resolve(),
  };
}

/** The outcome of a merge that changes `table`, and `stores` when it added some. */
function changeOf(
  merge: { readonly changed: boolean; readonly storesAdded: number },
  tables: readonly string[],
  newestPoll: EpochMs | null = null,
): Pick<Merge, "tables" | "figures"> {
  if (!merge.changed) return { tables: [], figures: null };
  return { tables: merge.storesAdded > 0 ? [...tables, "stores"] : tables, figures: { newestPoll } };
}

const kinds: Record<ImportKind, (context: KindContext, stores: StoreIds) => Kind> = {
  polls: ({ session, pool, now, warnings, importId }, stores) => {
    const copy = new StageCopy(session, "import_polls");
    const reader = new PollRows(now, stores, (tuples) => copy.write(tuples));
    return {
      reader,
      stage: async () => {
        await copy.finish();
        await stageStores(session, stores);
        await ensurePollPartitions(pool, reader.weeks);
      },
      merge: async (good) => {
        const { earliest, latest, weeks } = reader;
        const merge = await mergeStagedPolls(session, { staged: good, earliest, latest, importId });
        warnings.set("conflicting_polls", merge.conflicting);
        return { ...merge, ...changeOf(merge, pollTables(weeks), latest) };
      },
      abandon: () => copy.abort(),
    };
  },

  hours: ({ session, hoursFrom, warnings, importId }, stores) => {
    const copy = new StageCopy(session, "import_hours");
    const reader = new HoursRows(stores, (tuples) => copy.write(tuples));
    return {
      reader,
      stage: async () => {
        await reader.sendClosedDays();
        await copy.finish();
        await stageStores(session, stores, reader.keptStores);
      },
      discarded: () => reader.discarded,
      merge: async () => {
        const merge = await mergeStagedHours(session, {
          ofNewStores: hoursFrom !== null && hoursFrom !== "beginning",
          keep: async (db, replacements) => {
            const kept = await keepEarlierHours(
              db,
              replacements.map((one) => ({ ...one, from: hoursFrom })),
            );
            // A merge may start over.
            warnings.set("too_many_hours_changes", 0);
            const full = replacements.filter(({ storeKey }) => kept.full.has(storeKey));
            for (const { storeId } of full) warnings.addStore("too_many_hours_changes", storeId);
            return kept;
          },
          rejected: reader.warned.kept,
        });
        await recordHoursWarnings(session, reader.warned, importId);
        return { ...merge, conflicting: reader.conflicting, ...changeOf(merge, ["business_hours", "earlier_hours"]) };
      },
      abandon: () => copy.abort(),
    };
  },

  timezones: ({ session }, stores) => {
    const reader = new ZoneRows(stores);
    return {
      reader,
      stage: () => stageZones(session, stores, reader.zones),
      merge: async () => {
        const accepted = await mergeStagedZones(session);
        const change = changeOf({ changed: accepted > 0, storesAdded: 0 }, ["stores"]);
        return { accepted, conflicting: reader.conflicting, ...change };
      },
    };
  },

  stores: ({ session }, stores) => {
    const reader = new DetailRows(stores);
    return {
      reader,
      stage: () => stageDetails(session, stores, reader.details),
      merge: async () => {
        const { accepted, storesAdded } = await mergeStagedDetails(session, reader.given);
        const tables = accepted > 0 ? ["stores"] : [];
        const isConcerned = storesAdded > 0 || (accepted > 0 && concernsFigures(reader.given));
        const figures = isConcerned ? { newestPoll: null } : null;
        return { accepted, conflicting: reader.conflicting, tables, figures };
      },
    };
  },

  exceptions: ({ session }, stores) => {
    const reader = new ExceptionRows(stores);
    return {
      reader,
      stage: async () => {
        const copy = new StageCopy(session, "import_exceptions");
        for (const batch of reader.staged()) await copy.write(batch);
        await copy.finish();
        await stageStores(session, stores, reader.keptStores);
      },
      discarded: () => reader.discarded,
      merge: async () => {
        const merge = await mergeStagedExceptions(session, reader.rejected);
        return { ...merge, conflicting: reader.conflicting, ...changeOf(merge, ["schedule_exceptions"]) };
      },
    };
  },
};
