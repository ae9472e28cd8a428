import { beforeEach, describe, expect, it } from "vitest";
import { testDb } from "@/db/testing/test-db";
import { withTransaction } from "@/db/transaction";
import {
  advanceNewestPoll,
  recordFewerPolls,
  recordFleetChange,
  readFleetState,
  readNewestPollAt,
} from "./fleet-state";
import { readFleetHead } from "./fleet-head";
import { mergePolls } from "./poll-batch";
import { ensurePollPartitions, weekStart } from "./poll-partitions";
import { queueSnapshotIfDue } from "./queue-report";
import { readSnapshotNeed } from "./snapshot-need";
import { readStoreWindow } from "./store-window";
import { readServiceState } from "./service-state";

const database = testDb();
const minute = 60_000;
const hour = 60 * minute;
/** The right time during the tests. The polls of tomorrow were accepted while the clock was a day ahead. */
const now = Date.UTC(2023, 0, 25, 18);
const tomorrow = now + 23 * hour;
const nextWeek = now + 7 * 24 * hour;

async function keep(...at: readonly number[]): Promise<void> {
  await ensurePollPartitions(database(), new Set(at.map(weekStart)));
  await mergePolls(database(), { storeIds: at.map(() => "A"), at, active: at.map(() => 1) });
}

/** Whether the polls around the clock are recorded, so that no read searches for them. */
async function isRecorded(): Promise<boolean> {
  const [row] = await database().sql<{ noted: boolean }[]>`
    select current_version is not distinct from data_version as noted from fleet_state`;
  return row?.noted === true;
}

beforeEach(async () => {
  const { sql } = database();
  await sql`truncate polls, stores, reports cascade`;
  await sql`
    update fleet_state set newest_poll_at = null, current_poll_at = null, current_version = null, data_version = 0`;
});

describe("the newest poll", () => {
  it("is the newest that is not ahead of the clock, for every reader", async () => {
    const { sql } = database();
    await keep(now - hour, now - minute, tomorrow, nextWeek);
    const expected = now - minute;
    expect(await readFleetState(database(), now)).toMatchObject({ asOf: expected, newestPollAt: expected });
    expect(await readNewestPollAt(database(), now)).toBe(expected);
    expect((await readFleetHead(database(), now)).newestPollAt).toBe(expected);
    expect(await readServiceState(database(), now)).toMatchObject({
      newestPollAt: expected,
      newestFuturePollAt: nextWeek,
    });
    const span = { asOf: null, from: null, to: null, lengthMs: hour, longestMs: hour, lengths: 1 } as const;
    expect((await readStoreWindow(database(), "A", span, hour, "all", 1_000, now))?.newestAt).toBe(expected);
    expect(await queueSnapshotIfDue(database(), 60, now)).toBe(true);
    const [snapshot] = await sql<{ as_of: string }[]>`select as_of from reports`;
    expect(Date.parse(snapshot?.as_of ?? "")).toBe(expected);
  });

  it("counts up to the tolerance of the clock, and a later one as soon as the clock reaches it", async () => {
    await keep(now, tomorrow);
    expect(await readNewestPollAt(database(), tomorrow - 5 * minute - 1)).toBe(now);
    expect(await readNewestPollAt(database(), tomorrow - 5 * minute)).toBe(tomorrow);
    expect((await readServiceState(database(), tomorrow)).newestFuturePollAt).toBeNull();
  });

  it("is the database's clock when every poll is ahead of it", async () => {
    await keep(tomorrow);
    const state = await readFleetState(database(), now);
    expect(state.newestPollAt).toBeNull();
    expect(Math.abs(state.asOf - Date.now())).toBeLessThan(hour);
  });

  it("is searched for in partitions of any name", async () => {
    const { sql } = database();
    await sql`create table polls_other partition of polls for values from ('2020-01-06') to ('2020-01-13')`;
    await sql`insert into polls (store_key, at, active) values (1, '2020-01-08', true)`;
    await keep(tomorrow);
    expect(await readNewestPollAt(database(), now)).toBe(Date.UTC(2020, 0, 8));
  });

  it("is of all stores, for those who see none of them", async () => {
    await keep(now, tomorrow);
    const rls = { stores: [], managed: [], principal: "person:7", account: "person:7" };
    const seen = await withTransaction(database(), (tx) => readFleetState(tx, now), "snapshot", { rls });
    expect(seen.newestPollAt).toBe(now);
  });
});

describe("the polls around the clock, once recorded", () => {
  it("stay known while polls arrive, and are searched again when one arrives ahead of the clock", async () => {
    await keep(now - hour, tomorrow);
    expect(await advanceNewestPoll(database(), now)).toBe(true);
    expect(await advanceNewestPoll(database(), now)).toBe(false);
    await keep(now);
    await recordFleetChange(database(), null);
    await recordFleetChange(database(), now + minute);
    expect(await isRecorded()).toBe(true);
    expect(await readNewestPollAt(database(), now)).toBe(now + minute);

    await keep(tomorrow + hour);
    expect(await isRecorded()).toBe(false);
    expect(await readNewestPollAt(database(), now)).toBe(now);
    expect(await advanceNewestPoll(database(), now)).toBe(true);
    expect(await readNewestPollAt(database(), now)).toBe(now);
  });

  it("expire with the clock: the next poll counts when its time comes", async () => {
    await keep(now, tomorrow, nextWeek);
    await advanceNewestPoll(database(), now);
    expect(await readNewestPollAt(database(), tomorrow)).toBe(tomorrow);
    expect(await advanceNewestPoll(database(), tomorrow)).toBe(true);
    expect(await readNewestPollAt(database(), tomorrow)).toBe(tomorrow);
    expect(await readNewestPollAt(database(), now)).toBe(now);
  });

  it("are dropped when polls are removed", async () => {
    const { sql } = database();
    await keep(now - hour, now, tomorrow);
    await advanceNewestPoll(database(), now);
    await sql`delete from polls where at >= ${new Date(now).toISOString()}`;
    await recordFewerPolls(database());
    expect(await readNewestPollAt(database(), now)).toBe(now - hour);
    expect((await readServiceState(database(), now)).newestFuturePollAt).toBeNull();
  });

  it("are not recorded when no poll is ahead of the clock", async () => {
    await keep(now);
    expect(await advanceNewestPoll(database(), now)).toBe(false);
  });
});

describe("a snapshot", () => {
  async function complete(asOf: number): Promise<void> {
    await database().sql`
      insert into reports (id, origin, scope, method, as_of, state, dedupe_key, data_version, created_at, finished_at)
      overriding system value
      select 1, 'snapshot', 'fleet', 'interpolated', ${new Date(asOf).toISOString()}, 'complete', 'snapshot', data_version,
        now() - interval '1 hour', now()
      from fleet_state`;
  }

  it("is due again when the clock reaches polls that were ahead, although no data arrived", async () => {
    await keep(now, tomorrow);
    await complete(now);
    expect(await queueSnapshotIfDue(database(), 60, now)).toBe(false);
    expect((await readSnapshotNeed(database(), now)).snapshotVersion).toBe(1);
    expect((await readSnapshotNeed(database(), tomorrow)).snapshotVersion).toBeNull();
    expect(await queueSnapshotIfDue(database(), 60, tomorrow)).toBe(true);
  });

  it("is due again when the clock was set back before its as-of instant", async () => {
    await keep(now, tomorrow);
    await complete(tomorrow);
    expect((await readSnapshotNeed(database(), now)).snapshotVersion).toBeNull();
    expect(await queueSnapshotIfDue(database(), 60, now)).toBe(true);
  });
});
