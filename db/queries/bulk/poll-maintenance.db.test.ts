import { beforeEach, describe, expect, it } from "vitest";
import { testDb } from "@/db/testing/test-db";
import { readFleetState } from "./fleet-state";
import { ensurePollPartitions, weekStart } from "./poll-partitions";
import { selectPackedPolls } from "./poll-stream";
import { allStores } from "./store-schedules";
import { dropPollsBefore, vacuumGrownPolls } from "./poll-maintenance";

const database = testDb();
const weekMs = 7 * 86_400_000;
const hourMs = 3_600_000;
const firstWeek = Date.UTC(2023, 0, 2);
const weeks = [0, 1, 2, 3].map((week) => firstWeek + week * weekMs);

const partitions = async (): Promise<string[]> => {
  const rows = await database().sql<{ name: string }[]>`
    select relname as name from pg_class where relname ~ '^polls_[0-9]{8}$' order by relname`;
  return rows.map(({ name }) => name);
};

/** A poll of each of 500 stores per hour, committed hour by hour, like live batches. */
async function pollLive(from: number, hours: number): Promise<void> {
  for (let hour = 0; hour < hours; hour++) {
    await database().sql.begin(async (tx) => {
      // Rows of an asynchronous commit cannot be marked all-visible until it is flushed.
      await tx`set local synchronous_commit = on`;
      await tx`
        insert into polls (store_key, at, active)
        select store, ${new Date(from + hour * hourMs).toISOString()}::timestamptz, true
        from generate_series(1, 500) as store on conflict do nothing`;
    });
  }
}

const plan = async (from: number, to: number): Promise<string> => {
  const rows = await database().sql.unsafe<Record<"QUERY PLAN", string>[]>(
    `explain (analyze, costs off, timing off) ${selectPackedPolls({ ...allStores(null), from, to })}`,
  );
  return rows.map((row) => row["QUERY PLAN"]).join("\n");
};
const heapFetches = (text: string): number =>
  [...text.matchAll(/Heap Fetches: (\d+)/g)].reduce((sum, [, count]) => sum + Number(count), 0);

beforeEach(async () => {
  for (const name of await partitions()) await database().sql`drop table ${database().sql(name)}`;
  await database().sql`truncate poll_conflicts`;
  await ensurePollPartitions(database(), weeks);
});

describe("polls that arrived live", () => {
  it("are read from the index alone, in key order, over partitions, after a vacuum", async () => {
    const [from, to] = [weeks[1]! + 120 * hourMs, weeks[2]! + 48 * hourMs];
    await pollLive(from, 96);
    expect(await vacuumGrownPolls(database())).toEqual(["polls_20230109", "polls_20230116"]);
    // Again: marked pages must not hide later rows.
    await pollLive(to, 60);
    expect(heapFetches(await plan(from, to + 60 * hourMs))).toBeGreaterThan(0);
    expect(await vacuumGrownPolls(database())).toEqual(["polls_20230116"]);

    const tended = await plan(from, to + 60 * hourMs);
    expect(tended.match(/Index Only Scan/g)).toHaveLength(2);
    expect(tended).not.toMatch(/Seq Scan|->\s+Sort|Bitmap/);
    expect(heapFetches(tended)).toBe(0);
    expect(await vacuumGrownPolls(database())).toEqual([]);
  });
});

describe("dropping old polls", () => {
  it("drops whole weeks that ended before the instant, and their conflicts", async () => {
    const { sql } = database();
    for (const week of weeks) {
      await pollLive(week, 1);
      await sql`insert into poll_conflicts (store_key, at) values (1, ${new Date(week).toISOString()})`;
    }
    await sql`update fleet_state set newest_poll_at = ${new Date(weeks[3]!).toISOString()}`;
    expect(await dropPollsBefore(database(), weeks[2]! - 1)).toEqual(["polls_20230102"]);
    expect(await dropPollsBefore(database(), weeks[2]! + hourMs)).toEqual(["polls_20230109"]);
    expect(await partitions()).toEqual(["polls_20230116", "polls_20230123"]);
    expect(await sql`select count(*)::int as count from polls`).toEqual([{ count: 1000 }]);
    const noted = await sql<{ at: string }[]>`select at from poll_conflicts order by at`;
    expect(noted.map(({ at }) => Date.parse(at))).toEqual(weeks.slice(2));
    expect((await readFleetState(database())).asOf).toBe(weeks[3]);
  });

  it("blocks no reader while it waits for one in progress", async () => {
    const { sql } = database();
    await pollLive(weeks[3]!, 1);
    const count = async (): Promise<unknown> => (await sql`select count(*)::int as count from polls`)[0]?.count;
    const dropping = await sql.begin(async (tx) => {
      await tx`select count(*) from polls`;
      const dropping = dropPollsBefore(database(), weeks[1]!);
      for (;;) {
        const waiting = await sql`
          select from pg_stat_activity where query like 'alter table polls detach%' and wait_event_type = 'Lock'`;
        if (waiting.length > 0) break;
      }
      expect(await count()).toBe(500);
      return { dropping };
    });
    expect(await dropping.dropping).toEqual(["polls_20230102"]);
  });

  it("completes an interrupted detach, and leaves room for late polls", async () => {
    const { sql } = database();
    await sql`alter table polls detach partition polls_20230102`;
    expect(await dropPollsBefore(database(), weeks[1]!)).toEqual(["polls_20230102"]);
    await ensurePollPartitions(database(), [weekStart(weeks[0]! + hourMs)]);
    await pollLive(weeks[0]!, 1);
    expect(await sql`select count(*)::int as count from polls`).toEqual([{ count: 500 }]);
  });

  it("runs in one process at a time", async () => {
    const dropped = await Promise.all([1, 2, 3].map(() => dropPollsBefore(database(), weeks[2]!)));
    expect(dropped.flat().toSorted()).toEqual(["polls_20230102", "polls_20230109"]);
  });
});
