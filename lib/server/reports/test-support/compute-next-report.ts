import type { Database } from "@/db/client";
import { claimReport, type ClaimedReport, type ClaimOptions } from "@/db/queries/report-queue";
import { queueSnapshotIfDue } from "@/db/queries/bulk/queue-report";
import { produceReport } from "@/lib/server/reports/produce-report";

/** Claims the next report. @throws {Error} when none is queued */
export async function claimNextReport(database: Database, origin?: ClaimOptions["origin"]): Promise<ClaimedReport> {
  const claim = await claimReport(database, { worker: "test", leaseSeconds: 60, maxStores: null, origin });
  if (claim === null) throw new Error("No report waits.");
  return claim;
}

/** Computes the next report, like a worker. @returns its id */
export async function computeNextReport(database: Database): Promise<number> {
  const claim = await claimNextReport(database);
  await produceReport(database, claim);
  return claim.id;
}

/** Creates a snapshot of the fleet's current data. */
export async function makeSnapshot(database: Database): Promise<void> {
  await queueSnapshotIfDue(database, 0);
  await computeNextReport(database);
}
