import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it, vi } from "vitest";
import { openDatabase, type Database, type Db } from "@/db/client";
import { beginImport } from "@/db/queries/import-chunks";
import type * as Rows from "@/db/rows";
import { testDb } from "@/db/testing/test-db";
import { withTransaction } from "@/db/transaction";
import { countCalendarStores, countOwnDates, storesOfCalendar } from "./calendar-changes";
import { readCalendars, readFollowedCalendars } from "./calendar-layers";
import { identifyTransaction } from "./cancel-statement";
import { findKey, findSession } from "./credentials";
import { findCurlExample } from "./curl-example";
import { countFuturePolls, countQuality, listConflicts, listStores } from "./data-quality";
import { listHoursUntilAfter, readEarlierHours } from "./earlier-hours";
import { readExceptions } from "./exception-dates";
import { readFleetHead, summariseStores } from "./fleet-head";
import { countIncidents, listIncidents } from "./fleet-incidents";
import { rollUpStores } from "./fleet-rollups";
import { summariseMatching } from "./fleet-totals";
import { moveLatePolls, readMergeEffect } from "./merge-stores";
import { planChange } from "./change-stores";
import { addUncountedRows } from "./fleet-rows";
import { listFleetRows } from "./fleet-list";
import { readFleetState } from "./fleet-state";
import { mergeStagedHours } from "./hours-merge";
import { findStoredResponse, lockIdempotencyKey } from "./idempotency-lock";
import { withImportSession } from "./import-session";
import { stageStores, StageCopy } from "./import-stage";
import { PollTuples } from "./import-tuples";
import { findLegacyReport } from "./legacy-report";
import {
  appliedMigrations,
  listDataTables,
  listOurSessions,
  listPartitions,
  readSequences,
  readTransactionTime,
} from "./pg-catalog";
import { mergePolls } from "./poll-batch";
import { dropPollsBefore, vacuumGrownPolls } from "./poll-maintenance";
import { mergeStagedPolls } from "./poll-merge";
import { ensurePollPartitions, readFirstPollWeek, weekStart } from "./poll-partitions";
import { lockPolledStores, readMergedStores, undoPolls } from "./poll-undo";
import { readLaterChanges } from "./store-undo";
import { queueReport } from "./queue-report";
import { readReportRows } from "./report-rows";
import { countByRatio, sumFigures, worstStores } from "./report-summary";
import { countJobs, countSessions, readServiceState } from "./service-state";
import { readSnapshotNeed } from "./snapshot-need";
import { checkRoundedIds, listLongNumericIds, suggestStoreIds } from "./spreadsheet-rounded-ids";
import { findStoreKeys } from "./store-keys";
import { countLabels } from "./store-labels";
import { hasPollBefore, newestPollsBefore, storesWithMorePolls } from "./store-polls";
import { splitStores } from "./store-schedules";
import { findStoresWithOtherExceptions } from "./other-exceptions";
import { readStoreWindow } from "./store-window";

/** By file, the row shapes that were compared with the columns of a result. */
const compared = vi.hoisted(() => new Map<string, Set<unknown>>());

vi.mock("@/db/rows", async (importOriginal) => {
  const rows = await importOriginal<typeof Rows>();
  const watch =
    <Q, S, T>(read: (query: Q, shape: S) => Promise<T>) =>
    async (query: Q, shape: S): Promise<T> => {
      const file = /bulk\/([\w-]+)\.ts/.exec(new Error().stack ?? "")?.[1] ?? "";
      const result = await read(query, shape);
      compared.set(file, (compared.get(file) ?? new Set()).add(shape));
      return result;
    };
  return {
    ...rows,
    readRows: watch(rows.readRows),
    readRow: watch(rows.readRow),
    readOneRow: watch(rows.readOneRow),
  };
});

const database = testDb();
const at = Date.UTC(2026, 0, 7);
const own = { account: "open", stores: [1] };
const places = { up: 1, down: 2, open: 0 };
const rounded = [{ shown: "1000", first: "1000", last: "1999" }];
const page = { reportId: 1, descending: false, after: null, limit: 10 } as const;
const everything = {
  ...{ stores: null, text: null, state: null, brand: null, group: null, tag: null, timeZone: null, preset: null },
};
const orders = ["uptime_day", "down_ms_week", "state", "state_since", "name", "store_id"] as const;

async function mergeConflicting(tx: Db, pool: Database): Promise<void> {
  await ensurePollPartitions(pool, [weekStart(at)]);
  const importId = await beginImport(tx, { kind: "polls", fileName: null, dryRun: false, abortOnReject: false }, 60);
  await mergePolls(tx, { storeIds: ["a"], at: [at], active: [1] });
  await stageStores(tx, { size: 1, at: () => "a" });
  const copy = new StageCopy(tx, "import_polls");
  const tuples = new PollTuples();
  tuples.add(0, at, 0);
  tuples.add(0, at + 1, 1);
  const batch = tuples.take();
  if (batch !== null) await copy.write(batch);
  await copy.finish();
  await mergeStagedPolls(tx, { staged: 2, earliest: at, latest: at + 1, importId });
  await lockPolledStores(tx, importId);
  await readMergedStores(tx, importId);
  await undoPolls(tx, importId);
}

/** By file, calls that run each statement whose rows it reads. */
const calls: Readonly<Record<string, (tx: Db, pool: Database) => Promise<unknown>>> = {
  "curl-example": async (_tx, pool) => {
    await pool.sql`insert into stores (store_id) values ('a') on conflict do nothing`;
    await findCurlExample(pool);
  },
  "data-quality": async (tx) => {
    await countQuality(tx, "all");
    await listStores(tx, [1], "only_in_polls", "", 10);
    await listConflicts(tx, "all", null, 10);
    await tx.sql`update fleet_state set newest_poll_at = '2100-01-01'`;
    await countFuturePolls(tx, "all", at);
  },
  "calendar-changes": async (tx) => {
    await storesOfCalendar(tx, 1, "2026-01-01");
    await countCalendarStores(tx, "2100-01-01");
    await countOwnDates(tx, [1], ["2026-01-01"]);
  },
  "calendar-layers": async (tx) => {
    await readCalendars(tx, { first: "2026-01-01", last: "2026-01-31" });
    await readFollowedCalendars(tx, 1, "2026-01-01");
  },
  "cancel-statement": (tx) => identifyTransaction(tx),
  "earlier-hours": async (tx) => {
    await readEarlierHours(tx, [1]);
    await listHoursUntilAfter(tx, "2023-01-01");
  },
  "exception-dates": (tx) => readExceptions(tx, { storeKey: 1, from: null, to: null, after: null, limit: 10 }),
  "fleet-head": async (tx) => {
    await readFleetHead(tx, at);
    await summariseStores(tx, 1, [1]);
  },
  "fleet-incidents": async (tx) => {
    const selection = { reportId: 1, endsAfter: at, stores: { ...everything, text: "a" } };
    await countIncidents(tx, selection);
    const after = { start: at, downMs: 1, storeKey: 1 };
    for (const order of ["start", "down"] as const) await listIncidents(tx, selection, { order, after, limit: 10 });
  },
  "fleet-totals": async (tx) => {
    const filter = {
      ...{ stores: [1], text: "a", state: "online" as const, brand: "b", group: "g" },
      ...{ tag: "t", timeZone: "UTC", preset: null },
    } as const;
    await summariseMatching(tx, 1, filter);
  },
  "change-stores": async (tx) => {
    await planChange(tx, [1], { addTags: ["a"], removeTags: [], brand: "b", groupName: null, lifecycle: "paused" });
  },
  "merge-stores": async (tx) => {
    await readMergeEffect(tx, { sourceKey: 1, targetKey: 2 });
    await moveLatePolls(tx);
  },
  "fleet-rows": async (tx) => {
    await addUncountedRows(tx, 1, at);
  },
  "fleet-rollups": async (tx) => {
    for (const by of ["brand", "group_name", "time_zone", "tag"] as const) await rollUpStores(tx, 1, by, [1], 10);
  },
  "fleet-list": async (tx) => {
    for (const order of orders) await listFleetRows(tx, everything, { ...page, order });
    await listFleetRows(tx, { ...everything, text: "a" }, { ...page, order: "name" });
  },
  "fleet-state": (tx) => readFleetState(tx, at),
  credentials: async (tx) => {
    await findSession(tx, Buffer.alloc(32));
    await findKey(tx, "aaaaaaaa");
  },
  "hours-merge": async (tx) => {
    await stageStores(tx, { size: 1, at: () => "a" });
    await new StageCopy(tx, "import_hours").finish();
    const kept = { changed: new Set([1]), keepingLatest: new Set([1]), full: new Set<number>() };
    await mergeStagedHours(tx, { ofNewStores: true, keep: () => Promise.resolve(kept), rejected: ["a"] });
  },
  "idempotency-lock": async (tx) => {
    await lockIdempotencyKey(tx, { principal: "open", key: "k" });
    await findStoredResponse(tx, { principal: "open", key: "k" });
  },
  "import-session": (_tx, pool) => withImportSession(pool, () => Promise.resolve()),
  "legacy-report": (tx) => findLegacyReport(tx, 1, own),
  "other-exceptions": (tx) => findStoresWithOtherExceptions(tx, [1], { first: "2026-01-01", last: "2026-01-02" }, null),
  "pg-catalog": async (tx) => {
    await listDataTables(tx);
    await listPartitions(tx);
    await readSequences(tx);
    await appliedMigrations(tx);
    await listOurSessions(tx, ["test"]);
    await readTransactionTime(tx);
  },
  "poll-batch": async (tx, pool) => {
    await ensurePollPartitions(pool, [weekStart(at)]);
    await mergePolls(tx, { storeIds: ["a"], at: [at], active: [1] });
  },
  "poll-maintenance": async (_tx, pool) => {
    await vacuumGrownPolls(pool);
    await dropPollsBefore(pool, 0);
  },
  "poll-merge": mergeConflicting,
  "poll-partitions": async (tx, pool) => {
    await ensurePollPartitions(pool, [weekStart(at)]);
    await readFirstPollWeek(tx);
  },
  "poll-undo": mergeConflicting,
  "queue-report": (tx) =>
    queueReport(tx, { scope: "fleet", storeKeys: null, method: "interpolated", asOf: at, dedupeKey: "k" }),
  "store-undo": async (tx) => {
    for (const kind of ["hours", "exceptions", "timezones", "stores"] as const)
      await readLaterChanges(tx, { id: 1, kind });
  },
  "report-rows": (tx) => readReportRows(tx, 1, "", 10),
  "report-summary": async (tx) => {
    await sumFigures(tx, 1, 21);
    await countByRatio(tx, 1, places, [0, 0.5]);
    await worstStores(tx, 1, places, 10);
  },
  "service-state": async (tx, pool) => {
    await countJobs(pool);
    await countSessions(pool, "te");
    await readServiceState(tx, at);
  },
  "snapshot-need": (tx) => readSnapshotNeed(tx, at),
  "spreadsheet-rounded-ids": async (tx, pool) => {
    await suggestStoreIds(pool, rounded);
    await listLongNumericIds(tx);
    await checkRoundedIds(tx, rounded);
  },
  "store-keys": (tx) => findStoreKeys(tx, ["a"], "all"),
  "store-labels": (tx) => countLabels(tx, "all", 10),
  "store-polls": async (tx) => {
    await newestPollsBefore(tx, [1], at);
    await hasPollBefore(tx, at);
    await storesWithMorePolls(tx, [1], { from: at, to: at + 1 }, 10);
  },
  "store-schedules": (tx) => splitStores(tx, null, 10),
  "store-window": (tx) => {
    const requested = { asOf: null, from: null, to: null, lengthMs: 1, longestMs: 1, lengths: 1 } as const;
    return readStoreWindow(tx, "a", requested, 1, "all", 10, at);
  },
};

/** By file, the names of the row shapes that it declares. */
const declared = readdirSync(import.meta.dirname)
  .filter((name) => name.endsWith(".ts") && !name.includes(".test."))
  .map((name) => {
    const text = readFileSync(join(import.meta.dirname, name), "utf8");
    return [name.slice(0, -3), [...text.matchAll(/^const (\w*Row) = /gm)].map(([, shape]) => shape)] as const;
  })
  .filter(([, shapes]) => shapes.length > 0);

it.each(declared)("gives the columns and types that %s declares", async (file, shapes) => {
  const call = calls[file];
  if (call === undefined) throw new Error(`Add a call of each statement of ${file}.ts that reads rows.`);
  await withTransaction(database(), (tx) => call(tx, database()));
  expect(compared.get(file)?.size, `rows read as ${shapes.join(", ")}`).toBe(shapes.length);
});

/** A change of the schema, on a connection without prepared statements. */
async function changed(statement: string, act: (tx: Db) => Promise<unknown>): Promise<unknown> {
  const fresh = openDatabase(database().url, { max: 1, applicationName: "test", statementTimeoutMs: 30_000 });
  const undo = new Error("undo");
  let result: unknown;
  try {
    await withTransaction(fresh, async (tx) => {
      await tx.sql.unsafe(statement);
      result = await act(tx).catch((error: unknown) => error);
      throw undo;
    });
  } catch (error) {
    if (error !== undo) throw error;
  } finally {
    await fresh.close();
  }
  return result;
}

it("fails when a column of the schema has another type than the shape", async () => {
  const statement = "alter table fleet_summaries alter column online type bigint";
  const failure = await changed(statement, (tx) => readFleetHead(tx, at));
  expect(failure).toMatchObject({ message: expect.stringContaining("online (20)") as string });
});

it("fails when a column was renamed", async () => {
  const requested = { asOf: null, from: null, to: null, lengthMs: 1, longestMs: 1, lengths: 1 } as const;
  const statement = "alter table stores rename column brand to make";
  const failure = await changed(statement, (tx) => readStoreWindow(tx, "a", requested, 1, "all", 1, at));
  expect(failure).toMatchObject({ message: expect.stringContaining("brand") as string });
});
