import type { Database } from "@/db/client";
import { readManyPolls, streamPolls } from "@/db/queries/bulk/poll-stream";
import { storesWithMorePolls } from "@/db/queries/bulk/store-polls";
import { allStores, readSchedules } from "@/db/queries/bulk/store-schedules";
import { listActiveKeys } from "@/db/queries/stores";
import { readAs } from "@/lib/server/access/as-viewer";
import type { Viewer } from "@/lib/server/access/viewer";
import { pollRangeAt } from "@/lib/server/figures/poll-range";
import { SchedulePreparer } from "@/lib/server/figures/prepare-schedule";
import { exceptionDates } from "@/lib/uptime/business-hours";
import { BucketSums, cutAtUtcHours, type Bucket } from "@/lib/uptime/buckets";
import type { EpochMs, PackedPolls } from "@/lib/uptime/types";
import { defaultReachMs, windowAt } from "@/lib/uptime/windows";
import { runInTurns, maxPolls, quickReadPolls, runHeavyRead } from "./heavy-reads";

const noPolls: PackedPolls = { at: new Float64Array(0), active: new Uint8Array(0) };

/**
 * The week up to an instant by the hour, summed over the active ones of some stores, for viewers who see only some. If one of them has
 * very many polls, the read waits its turn.
 * @returns empty when a store has more polls than the maximum   @throws AppError overloaded, query_timeout
 */
export async function hoursOfStores(
  database: Database,
  viewer: Viewer,
  within: readonly number[],
  asOf: EpochMs,
  signal?: AbortSignal,
): Promise<readonly Bucket[]> {
  const range = pollRangeAt(asOf);
  const span = { from: range.from, to: asOf };
  const storeKeys = await readAs(database, viewer, (tx) => listActiveKeys(tx, within));
  const read = () =>
    readAs(database, viewer, async (tx) => {
      const many = await storesWithMorePolls(tx, storeKeys, span, quickReadPolls);
      const preparer = new SchedulePreparer(range.open);
      const stores = await readSchedules(tx, allStores(storeKeys), exceptionDates(range.open));
      const openOf = new Map(stores.map((one) => [one.storeKey, preparer.prepare(one.schedule).open]));
      const hours = new BucketSums(cutAtUtcHours(windowAt(asOf, "week")));
      const without = new Set(openOf.keys());
      const few = storeKeys.filter((key) => !many.includes(key));
      await streamPolls(tx, { ...allStores(few), ...span }, (storeKey, polls) => {
        hours.add(openOf.get(storeKey) ?? [], polls, defaultReachMs);
        without.delete(storeKey);
      });
      for (const storeKey of many) {
        const polls = await readManyPolls(tx, { storeKey, ...span }, maxPolls);
        if (polls === null) return [];
        await runInTurns(hours.addInSlices(openOf.get(storeKey) ?? [], polls, defaultReachMs), signal);
        without.delete(storeKey);
      }
      for (const storeKey of without) hours.add(openOf.get(storeKey) ?? [], noPolls, defaultReachMs);
      return hours.buckets();
    });
  const many = await readAs(database, viewer, (tx) => storesWithMorePolls(tx, storeKeys, span, quickReadPolls));
  return many.length === 0 ? read() : runHeavyRead(read, viewer.principal, signal);
}
