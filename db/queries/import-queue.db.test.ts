import { beforeEach, expect, it } from "vitest";
import { until } from "@/db/testing/holders";
import { testDb } from "@/db/testing/test-db";
import { withTransaction } from "@/db/transaction";
import { beginImport, queueImport } from "./import-chunks";
import { claimImport, heartbeatImport, settleImport } from "./import-queue";
import { cancelImport, queueUndo } from "./imports";
import { canRetry } from "./lease";

const database = testDb();

beforeEach(() => database().sql`truncate imports restart identity cascade`);

async function queue(kind: "polls" | "hours"): Promise<number> {
  const id = await beginImport(database(), { kind, fileName: null, dryRun: false, abortOnReject: false }, 30);
  await queueImport(database(), { id, bytes: 0, sha256: "0".repeat(64) });
  return id;
}

const isWaiting = async (): Promise<boolean> => {
  const rows = await database().sql`
    select from pg_stat_activity
    where datname = current_database() and wait_event_type = 'Lock' and wait_event = 'transactionid'`;
  return rows.length > 0;
};

it("An import that is cancelled while a worker claims it is not claimed", async () => {
  const id = await queue("polls");
  const later = await queue("polls");
  const { claiming } = await withTransaction(database(), async (tx) => {
    expect(await cancelImport(tx, id)).toBe(true);
    const claim = claimImport(database(), "worker", 30);
    await until(isWaiting);
    return { claiming: claim };
  });
  expect(await claiming).toMatchObject({ id: later, state: "running", attempts: 1 });
});

it("Files of one kind are claimed in order, one at a time, and concurrently with those of another", async () => {
  const [first, second, hours] = [await queue("polls"), await queue("polls"), await queue("hours")];
  const claimed = await Promise.all([1, 2, 3].map(() => claimImport(database(), "worker", 30)));
  expect(claimed.map((claim) => claim?.id ?? 0).sort()).toEqual([0, first, hours]);
  await database()
    .sql`update imports set state = 'cancelled', finished_at = now(), lease_until = null where id = ${first}`;
  expect(await claimImport(database(), "worker", 30)).toMatchObject({ id: second });
});

it("A claim of an import does not hold its undo, which has all attempts", async () => {
  const id = await queue("polls");
  for (const worker of ["first", "second"]) {
    await database().sql`update imports set lease_until = now() - interval '1 second'`;
    await claimImport(database(), worker, 30);
  }
  const claim = { id, attempts: 2 };
  const none = { rows: 0, accepted: 0, duplicate: 0, conflicting: 0, rejected: 0, blank: 0, discarded: 0 };
  const end = { state: "complete", counts: none, warnings: [], error: null } as const;
  expect(await settleImport(database(), claim, end)).toBe(true);
  expect(await queueUndo(database(), id)).toBe(true);
  const undo = await claimImport(database(), "third", 30);
  expect(undo).toMatchObject({ id, state: "undoing", attempts: 3, handedBack: 2 });

  // The worker of the import tries again to complete it: its first answer was lost.
  const step = { phase: "storing", rowsRead: 0, bytesRead: 0, secondsLeft: null } as const;
  expect(await heartbeatImport(database(), claim, 30, step)).toBe(false);
  expect(canRetry({ attempts: 5, handedBack: 2 })).toBe(false);
  for (const attempts of [4, 5]) {
    await database().sql`update imports set lease_until = now() - interval '1 second'`;
    expect(await claimImport(database(), "next", 30)).toMatchObject({ id, attempts });
  }
  await database().sql`update imports set lease_until = now() - interval '1 second'`;
  expect(await claimImport(database(), "next", 30)).toBeNull();
});
