import { createHash } from "node:crypto";
import { faultPoint } from "@/lib/faults/fault-point";
import { listActiveKeys } from "@/db/queries/stores";
import { readFleetState } from "@/db/queries/bulk/fleet-state";
import { listMatchingKeys } from "@/db/queries/bulk/fleet-filter";
import { findReport, findSnapshot, type Snapshot } from "@/db/queries/reports";
import {
  lockReportPlaces,
  queueReportWithin,
  type NewReport,
  type ReportAllowance,
} from "@/db/queries/bulk/queue-report";
import type { Database, Db } from "@/db/client";
import type { FleetQuery } from "@/lib/contract/fleet";
import type { CreateReport, Report } from "@/lib/contract/reports";
import { changeAs, changeByStatement } from "@/lib/server/access/as-viewer";
import { toFleetFilter } from "@/lib/server/access/fleet-filter";
import { requireStoreKeys } from "@/lib/server/access/store-keys";
import type { CurrentViewer, Viewer } from "@/lib/server/access/viewer";
import { env } from "@/lib/server/env";
import { AppError } from "@/lib/server/errors";
import { zoneRules } from "@/lib/uptime/zone-rules";
import type { EpochMs, Method } from "@/lib/uptime/types";
import { parseAsOf } from "@/lib/server/wire/as-of";
import { findRequiredReport } from "./get-report";
import { toReport } from "./report-wire";

/**
 * Requests with the same result have the same key. It includes the data version, so that no request joins a report that
 * may have read the data before a change its requester knows of.
 */
function dedupeKey(
  { scope, storeKeys, filter = null, method, asOf }: Omit<NewReport, "dedupeKey">,
  dataVersion: number,
  { account, stores: seen }: Viewer,
): string {
  const stores = storeKeys === null ? "all" : createHash("sha256").update(storeKeys.join(",")).digest("base64url");
  // A report says which filter it is of.
  const by = filter === null ? "" : ` by ${JSON.stringify(filter)}`;
  // A viewer who sees only their own reports joins no one else's.
  const whose = seen === "all" ? "" : ` of ${account}`;
  // And no request joins a report that may use other time zone rules than the current ones.
  return `request ${scope} ${stores}${by} ${method} ${asOf} v${dataVersion} tz${zoneRules().release}${whose}`;
}

/**
 * How many reports may be in progress when the viewer requests one.
 * @param spare places reserved for others
 */
function allowanceOf({ account }: Viewer, spare: number): ReportAllowance {
  const { REPORTS_UNDER_WAY_PER_ACCOUNT: ofAccount, REPORTS_UNDER_WAY: ofAll } = env();
  const most = (places: number): number | null => (places === 0 ? null : Math.max(0, places - spare));
  return { requestedBy: account, maxPerAccount: most(ofAccount), maxOverall: most(ofAll) };
}

/** With more free places than this they are counted without a lock: more than there are concurrent requests. */
const sparePlaces = 64;

/** What a report is about. */
type Wanted = Pick<NewReport, "scope" | "storeKeys" | "filter" | "method">;

async function queue(database: Db, viewer: CurrentViewer, wanted: Wanted, asOf: EpochMs | null): Promise<number> {
  const id = await queueWithin(database, viewer, wanted, asOf, 0);
  if (id !== null) return id;
  // Spread over time, or all callers would retry in the same second.
  const retryAfter = String(2 + Math.floor(Math.random() * 4));
  throw new AppError("report_limit", "Too many reports are in progress. Try again when one has ended.", {
    headers: { "retry-after": retryAfter },
  });
}

/** @param spare 0: up to the last place, which takes a transaction   @returns its id; null when there is no place */
async function queueWithin(
  database: Db,
  viewer: CurrentViewer,
  wanted: Wanted,
  asOf: EpochMs | null,
  spare: number,
): Promise<number | null> {
  if (spare === 0) await lockReportPlaces(database);
  const fleet = await readFleetState(database);
  const report = { ...wanted, asOf: asOf ?? fleet.asOf };
  const wantedOnce = { ...report, dedupeKey: dedupeKey(report, fleet.dataVersion, viewer) };
  const id = await queueReportWithin(database, wantedOnce, allowanceOf(viewer, spare));
  if (id !== null) await faultPoint("trigger.queued");
  return id;
}

/**
 * Queues a report of one store as of the newest poll, or joins an identical one in progress.
 * @returns its id   @throws AppError store_not_found, report_limit
 */
export async function triggerStoreReport(
  database: Database,
  viewer: Viewer,
  storeId: string,
  method: Method,
): Promise<number> {
  const wanted = async (session: Db, current: CurrentViewer) =>
    ({ scope: "store", storeKeys: await requireStoreKeys(session, current, [storeId]), method }) as const;
  const quick = await changeByStatement(database, viewer, async (session, current) =>
    queueWithin(session, current, await wanted(session, current), null, sparePlaces),
  );
  if (quick !== null) return quick;
  return changeAs(database, viewer, async (tx, current) => queue(tx, current, await wanted(tx, current), null));
}

/** The snapshot that a report's filter is applied to; null for none. Row-level security hides it from transactions. */
export async function findFilteredSnapshot(database: Database, { filter }: CreateReport): Promise<Snapshot | null> {
  return filter === undefined ? null : findSnapshot(database, null);
}

/** @throws AppError no_snapshot, store_not_found when no store matches */
async function matchingKeys(
  db: Db,
  viewer: CurrentViewer,
  filter: FleetQuery,
  snapshot: Snapshot | null,
): Promise<readonly number[]> {
  if (snapshot === null) {
    throw new AppError("no_snapshot", "The fleet has no figures yet, so no filter matches. Send store_ids.");
  }
  const matching = await listMatchingKeys(db, snapshot.id, toFleetFilter(viewer, filter));
  const isOfUncounted = filter.state === "paused" || filter.state === "retired";
  const keys = isOfUncounted ? matching : await listActiveKeys(db, matching);
  if (keys.length === 0) throw new AppError("store_not_found", "No store matches the filter.");
  return keys;
}

/**
 * Queues the requested report, or joins an identical one in progress. In a transaction, it is queued on commit.
 * @param now the clock's ms: no report is as of the future
 * @param snapshot for a filter, of `findFilteredSnapshot`
 * @throws AppError store_not_found, no_snapshot, invalid_as_of, report_limit
 */
export async function requestReport(
  database: Db,
  viewer: CurrentViewer,
  body: CreateReport,
  now: EpochMs,
  snapshot: Snapshot | null = null,
): Promise<Report> {
  const asOf = body.as_of === undefined ? null : parseAsOf(body.as_of, now);
  const storeIds = body.store_id === undefined ? body.store_ids : [body.store_id];
  // For a viewer of some stores, all stores means those; paused and retired ones are left out of all stores.
  const everything = async () => (viewer.stores === "all" ? null : listActiveKeys(database, viewer.stores));
  const keysOfIds = () => (storeIds === undefined ? everything() : requireStoreKeys(database, viewer, storeIds));
  const { filter } = body;
  const storeKeys = await (filter === undefined ? keysOfIds() : matchingKeys(database, viewer, filter, snapshot));
  const scope = storeKeys === null ? "fleet" : body.store_id === undefined ? "stores" : "store";
  return queued(
    database,
    await queue(database, viewer, { scope, storeKeys, filter: filter ?? null, method: body.method }, asOf),
  );
}

/**
 * Queues a report with the same stores, method and as-of instant as an existing one, however that ended; joins it if it
 * has not ended. In a transaction, it is queued on commit.
 * @throws AppError report_not_found, report_expired, report_limit
 */
export async function retryReport(database: Db, viewer: CurrentViewer, given: number | null): Promise<Report> {
  const { scope, storeKeys, filter, method, asOf } = await findRequiredReport(database, viewer, given);
  return queued(database, await queue(database, viewer, { scope, storeKeys, filter, method }, asOf));
}

async function queued(db: Db, id: number): Promise<Report> {
  const row = await findReport(db, id);
  if (row === null) throw new Error(`Report ${id} disappeared as soon as it was queued.`);
  return toReport(row);
}
