import { beforeEach, describe, expect, it } from "vitest";
import { testDb } from "@/db/testing/test-db";
import {
  claimReport,
  completeReport,
  failLostReports,
  failReport,
  heartbeatReport,
  returnReport,
  type ClaimedReport,
} from "./report-queue";
import { maxAttempts } from "./lease";
import { findReport, listRequestedReports } from "./reports";
import { queueReport, queueReportWithin, queueSnapshotIfDue, type NewReport } from "@/db/queries/bulk/queue-report";

const database = testDb();
const asOf = Date.UTC(2023, 0, 25, 18);
const fleet: NewReport = { scope: "fleet", storeKeys: null, method: "interpolated", asOf, dedupeKey: "one" };

beforeEach(async () => {
  await database().sql`truncate reports restart identity`;
  await database().sql`update fleet_state set newest_poll_at = null, data_version = 0`;
});

function claim(worker = "a worker", maxStores: number | null = null): Promise<ClaimedReport | null> {
  return claimReport(database(), { worker, leaseSeconds: 30, maxStores });
}

async function mustClaim(): Promise<ClaimedReport> {
  const claimed = await claim();
  if (claimed === null) throw new Error("There was nothing to claim.");
  return claimed;
}

/** As after a worker's silence for longer than its lease. */
async function letLeaseRunOut(): Promise<void> {
  await database().sql`update reports set lease_until = now() - interval '1 second' where state = 'running'`;
}

const queue = (dedupeKey: string, report: Partial<NewReport> = {}): Promise<number> =>
  queueReport(database(), { ...fleet, ...report, dedupeKey });

describe("queueing", () => {
  it("creates one report for fifty equal triggers at once", async () => {
    const ids = await Promise.all(Array.from({ length: 50 }, () => queue("same")));
    expect(new Set(ids).size).toBe(1);
    expect(await listRequestedReports(database(), null, 100)).toHaveLength(1);
  });

  it("joins a report that is running, but not one that has ended", async () => {
    const first = await queue("same");
    const running = await mustClaim();
    expect(await queue("same")).toBe(first);
    await completeReport(database(), running, { stores: 0, tzRelease: "2026f" });
    expect(await queue("same")).not.toBe(first);
  });

  it("keeps the keys of the stores and the instant to the millisecond", async () => {
    const id = await queue("keys", { scope: "stores", storeKeys: [3, 17], asOf: asOf + 123 });
    expect(await findReport(database(), id)).toMatchObject({
      storeKeys: [3, 17],
      asOf: asOf + 123,
      state: "queued",
    });
  });
});

describe("claiming", () => {
  it("gives ten concurrent workers a report each, and the eleventh none", async () => {
    for (let report = 0; report < 10; report++) await queue(`report ${report}`);
    const claimed = await Promise.all(Array.from({ length: 11 }, (_value, index) => claim(`worker ${index}`)));
    expect(new Set(claimed.flatMap((report) => report?.id ?? [])).size).toBe(10);
    expect(claimed.filter((report) => report === null)).toHaveLength(1);
  });

  it("takes the oldest first", async () => {
    const ids = [await queue("a"), await queue("b"), await queue("c")];
    expect([(await mustClaim()).id, (await mustClaim()).id, (await mustClaim()).id]).toEqual(ids);
  });

  it("alternates between accounts, each with its oldest first", async () => {
    const { sql } = database();
    const ask = async (requestedBy: string, dedupeKey: string): Promise<void> => {
      await queueReportWithin(
        database(),
        { ...fleet, dedupeKey },
        { requestedBy, maxPerAccount: null, maxOverall: null },
      );
    };
    for (let one = 1; one <= 4; one++) await ask("person:1", `a${one}`);
    await ask("person:2", "b1");
    const claimed = [(await mustClaim()).dedupeKey, (await mustClaim()).dedupeKey];
    // A report queued after some accounts had their turns starts in the current round.
    await ask("person:3", "c1");
    await ask("person:2", "b2");
    await ask("person:2", "b3");
    await ask("person:1", "a5");
    const waiting = await sql<{ id: string; dedupe_key: string }[]>`
      select id, dedupe_key from reports where state = 'queued'`;
    const before = new Map<string, number | null>();
    for (const { id, dedupe_key } of waiting) {
      before.set(dedupe_key, (await findReport(database(), Number(id)))?.queuedBefore ?? null);
    }
    for (let one = 0; one < waiting.length; one++) claimed.push((await mustClaim()).dedupeKey);
    expect(claimed).toEqual(["a1", "b1", "a2", "c1", "b2", "a3", "b3", "a4", "a5"]);
    expect([...before].sort(([, one], [, other]) => Number(one) - Number(other)).map(([key]) => key)).toEqual(
      claimed.slice(2),
    );
    expect([...before.values()].sort()).toEqual([0, 1, 2, 3, 4, 5, 6]);
  });

  it("skips the fleet and large reports in a slot for small ones", async () => {
    await queue("fleet");
    await queue("large", { scope: "stores", storeKeys: [1, 2, 3] });
    const small = await queue("small", { scope: "store", storeKeys: [1] });
    expect((await claim("w", 2))?.id).toBe(small);
    expect(await claim("w", 2)).toBeNull();
  });

  it("leaves a report alone while its lease runs, and gives it to another worker afterwards", async () => {
    await queue("one");
    const first = await mustClaim();
    expect(await claim()).toBeNull();
    await letLeaseRunOut();
    expect(await mustClaim()).toMatchObject({ id: first.id, attempts: 2 });
  });
});

describe("a worker whose report was taken over", () => {
  it("can neither extend, complete, fail nor return it", async () => {
    await queue("one");
    const zombie = await mustClaim();
    await letLeaseRunOut();
    const owner = await mustClaim();
    expect(await heartbeatReport(database(), zombie, 30, { storesDone: 1, storesTotal: 2 })).toBe(false);
    expect(await completeReport(database(), zombie, { stores: 1, tzRelease: "2026f" })).toBe(false);
    expect(await failReport(database(), zombie, { code: "internal", reason: "x" })).toBe(false);
    expect(await returnReport(database(), zombie, false)).toBe(false);
    expect(await heartbeatReport(database(), owner, 30, { storesDone: 1, storesTotal: 2 })).toBe(true);
    expect(await findReport(database(), owner.id)).toMatchObject({ state: "running", attempts: 2, storesDone: 1 });
  });
});

describe("a report whose workers die", () => {
  it("fails after the third, and then for good", async () => {
    const id = await queue("poison");
    for (let death = 1; death <= maxAttempts; death++) {
      expect(await failLostReports(database())).toHaveLength(0);
      expect((await mustClaim()).attempts).toBe(death);
      await letLeaseRunOut();
    }
    expect(await claim()).toBeNull();
    expect(await failLostReports(database())).toHaveLength(1);
    expect(await findReport(database(), id)).toMatchObject({ state: "failed", failureCode: "worker_lost" });
  });

  it("does not fail for stopped workers, and no token is issued twice", async () => {
    await queue("one");
    const tokens: number[] = [];
    for (let deployment = 0; deployment < 5; deployment++) {
      const claimed = await mustClaim();
      tokens.push(claimed.attempts);
      expect(await returnReport(database(), claimed, false)).toBe(true);
    }
    expect(tokens).toEqual([1, 2, 3, 4, 5]);
    for (let death = 0; death < maxAttempts; death++) {
      await mustClaim();
      await letLeaseRunOut();
    }
    expect(await failLostReports(database())).toHaveLength(1);
  });
});

describe("queueing snapshots", () => {
  const due = (seconds = 0): Promise<boolean> => queueSnapshotIfDue(database(), seconds);
  const change = () => database().sql`
    update fleet_state set newest_poll_at = '2023-01-25T18:00:00Z', data_version = data_version + 1`;
  const complete = async () => completeReport(database(), await mustClaim(), { stores: 0, tzRelease: "2026f" });

  it("makes none for a fleet without data", async () => {
    expect(await due()).toBe(false);
  });

  it("makes the first at once, one for all workers, and the next when the data changed", async () => {
    await change();
    const asked = await Promise.all(Array.from({ length: 10 }, () => due(60)));
    expect(asked.filter(Boolean)).toHaveLength(1);
    await complete();
    expect(await due()).toBe(false);
    await change();
    expect(await due()).toBe(true);
  });

  const begun = (secondsAgo: number) => database().sql`
    update reports set created_at = now() - make_interval(secs => ${secondsAgo}) where origin = 'snapshot'`;

  it("makes at most one per interval, whether it completed or failed", async () => {
    for (const failure of [null, { code: "internal", reason: "x" }]) {
      await database().sql`truncate reports`;
      await change();
      expect(await due(60)).toBe(true);
      if (failure === null) await complete();
      else await failReport(database(), await mustClaim(), failure);
      await change();
      await begun(59);
      expect(await due(60)).toBe(false);
      await begun(61);
      expect(await due(60)).toBe(true);
    }
  });

  it("leaves snapshots to their own slot, and the rest to others", async () => {
    const claimOf = (origin: "request" | "snapshot") =>
      claimReport(database(), { worker: "w", leaseSeconds: 30, maxStores: null, origin });
    const asked = await queue("one");
    await change();
    await due();
    const snapshot = await claimOf("snapshot");
    expect(snapshot).toMatchObject({ origin: "snapshot" });
    expect(await claimOf("snapshot")).toBeNull();
    expect(await claimOf("request")).toMatchObject({ id: asked });
  });

  it("uses no id of requested reports", async () => {
    const first = await queue("one");
    await change();
    await due();
    const second = await queue("two");
    expect(second).toBe(first + 1);
    const [snapshot] = await database().sql`select id from reports where origin = 'snapshot'`;
    expect(Number(snapshot?.id)).toBeGreaterThanOrEqual(1e12);
  });

  it("retries when the last one failed", async () => {
    await change();
    await due();
    await failReport(database(), await mustClaim(), { code: "internal", reason: "x" });
    expect(await due()).toBe(true);
  });
});
