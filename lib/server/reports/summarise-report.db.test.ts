import { beforeAll, describe, expect, it } from "vitest";
import { readReportRows } from "@/db/queries/bulk/report-rows";
import { testDb } from "@/db/testing/test-db";
import { CreateReportSchema } from "@/lib/contract/reports";
import { ReportSummarySchema } from "@/lib/contract/report-summary";
import { openViewer } from "@/lib/server/access/viewer";
import { estimatesOf, pollCountsOf } from "@/lib/server/figures/figures";
import { getReport } from "./get-report";
import { requestReport } from "./request-report";
import { summariseReport } from "./summarise-report";
import { claimNextReport, computeNextReport } from "./test-support/compute-next-report";

const database = testDb();
const newest = "2023-01-25T18:13:22.479Z";
const now = Date.parse("2023-01-25T18:30:00Z");
const fleetSize = 40;

const ask = (body: Record<string, unknown>) =>
  requestReport(database(), openViewer, CreateReportSchema.parse(body), now);

const work = (): Promise<number> => computeNextReport(database());

beforeAll(async () => {
  const { sql } = database();
  await sql`create table polls_all partition of polls default`;
  await sql`
    insert into stores (store_id, name) select 's-' || lpad(n::text, 3, '0'), case when n = 1 then 'One' end
    from generate_series(1, ${fleetSize}) as n`;
  // Every store is down in this many of its polls; some never, some always, every eighth was never polled.
  await sql`
    insert into polls (store_key, at, active)
    select store_key, ${newest}::timestamptz - make_interval(hours => hour), hour % 40 >= store_key
    from stores, generate_series(0, 200) as hour where store_key % 8 <> 0`;
  await sql`insert into stores (store_id) values ('never-down')`;
  await sql`
    insert into polls (store_key, at, active) select store_key, ${newest}, true from stores where store_id = 'never-down'`;
  await sql`update fleet_state set newest_poll_at = ${newest}, data_version = 1`;
});

describe("the summary of a report", () => {
  it.each(["interpolated", "poll_count"] as const)("by the method %s is that of its rows", async (method) => {
    const { id } = await ask({ scope: "fleet", method });
    await expect(summariseReport(database(), openViewer, id, "week")).rejects.toMatchObject({
      code: "report_not_ready",
    });
    await work();
    const rows = await readReportRows(database(), id, "", 1000);
    for (const window of ["hour", "day", "week"] as const) {
      const unit = method === "interpolated" ? 1 : window === "hour" ? 60_000 : 3_600_000;
      const stores = rows.map(({ storeId, figures }) => {
        const [up, down] =
          method === "interpolated"
            ? [estimatesOf(figures)[window].upMs, estimatesOf(figures)[window].downMs]
            : [pollCountsOf(figures)[window].uptime * unit, pollCountsOf(figures)[window].downtime * unit];
        return { storeId, up, down, ratio: up + down === 0 ? null : up / (up + down) };
      });
      const summary = ReportSummarySchema.parse(await summariseReport(database(), openViewer, id, window));
      const sum = (of: "up" | "down") => stores.reduce((total, store) => total + store[of], 0);
      expect(summary.totals[window]).toMatchObject({ up_ms: sum("up"), down_ms: sum("down") });
      expect(summary.totals[window].uptime_ratio).toBe(sum("up") / (sum("up") + sum("down")));
      expect(summary.stores).toBe(fleetSize + 1);
      expect(summary.without_ratio).toBe(stores.filter(({ ratio }) => ratio === null).length);
      for (const { from, to, stores: count } of summary.distribution) {
        const inBand = stores.filter(({ ratio }) => ratio !== null && ratio >= from && (to === null || ratio < to));
        expect([from, count]).toEqual([from, inBand.length]);
      }
      const worst = stores
        .filter((store) => store.down > 0)
        .toSorted((a, b) => (a.ratio ?? 0) - (b.ratio ?? 0) || b.down - a.down || (a.storeId < b.storeId ? -1 : 1));
      expect(worst.length).toBeGreaterThan(10);
      expect(summary.worst.map((store) => store.store_id)).toEqual(worst.slice(0, 10).map((store) => store.storeId));
      expect(summary.worst[0]).toMatchObject({ down_ms: worst[0]?.down, uptime_ratio: worst[0]?.ratio });
    }
    const unknown = (await summariseReport(database(), openViewer, id, "week")).totals.week.unknown_ms;
    expect(unknown === null).toBe(method === "poll_count");
  });

  it("of a report that does not exist is refused", async () => {
    await expect(summariseReport(database(), openViewer, 999, "week")).rejects.toMatchObject({
      code: "report_not_found",
    });
  });
});

it("gives the number of reports queued before one, and for a running one the remaining time", async () => {
  const { sql } = database();
  const first = await ask({ store_id: "s-001" });
  const second = await ask({ store_id: "s-002" });
  expect(first.progress).toMatchObject({ queued_before: 0, seconds_left: null });
  expect(second.progress).toMatchObject({ queued_before: 1, seconds_left: null });
  await claimNextReport(database());
  expect((await getReport(database(), openViewer, second.id)).progress.queued_before).toBe(0);
  await sql`
    update reports set started_at = now() - interval '30 seconds', stores_done = 60, stores_total = 100
    where id = ${first.id}`;
  const { progress } = await getReport(database(), openViewer, first.id);
  expect(progress.queued_before).toBeNull();
  expect(progress.seconds_left).toBeGreaterThanOrEqual(20);
  expect(progress.seconds_left).toBeLessThan(40);
});
