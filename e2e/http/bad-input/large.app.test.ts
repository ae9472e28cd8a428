import { readFileSync } from "node:fs";
import { beforeAll, describe, expect, it } from "vitest";
import { ensurePollPartitions, weekStart } from "@/db/queries/bulk/poll-partitions";
import { until } from "@/db/testing/holders";
import type { Replica } from "@/e2e/faults/harness/replicas";
import { FleetSchema } from "@/lib/contract/fleet";
import { StoreListSchema } from "@/lib/contract/stores";
import { filesBy } from "./test-support/files";
import { bodyOf } from "./test-support/http";
import { ownApp } from "./test-support/own-app";

const { app, ask } = ownApp({ SNAPSHOT_INTERVAL_SECONDS: "0" });
const { fate } = filesBy(ask);
let worker: Replica;

beforeAll(async () => {
  worker = await app().startWorker();
});

/** The peak memory of a process, in MB; null if the system does not report it (it is not Linux). */
function peakMemoryMb(pid: number): number | null {
  try {
    const [, kilobytes] = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, "utf8")) ?? [];
    return kilobytes === undefined ? null : Math.round(Number(kilobytes) / 1024);
  } catch {
    return null;
  }
}

describe("a file of 1,800,000 equal rows", () => {
  const row = "8419537941919820732,active,2023-01-24 09:06:42.605777 UTC\n";

  /** Sent while it is generated. */
  function file(rows: number): ReadableStream<Uint8Array> {
    const thousand = Buffer.from(row.repeat(1_000));
    let sent = 0;
    return new ReadableStream<Uint8Array>({
      start: (controller) => {
        controller.enqueue(Buffer.from("store_id,status,timestamp_utc\n"));
      },
      pull: (controller) => {
        controller.enqueue(thousand);
        sent += 1_000;
        if (sent === rows) controller.close();
      },
    });
  }

  async function send(rows: number, accepted: number) {
    const init = { method: "POST", headers: { "content-type": "text/csv" }, body: file(rows), duplex: "half" } as const;
    const sent = await fate(await ask("/api/v1/imports/polls", init));
    expect(sent.import).toMatchObject({
      state: "complete",
      progress: { bytes_total: rows * row.length + 30 },
      counts: { rows, accepted, duplicate: rows - accepted, conflicting: 0, rejected: 0 },
    });
    return { web: peakMemoryMb(app().web.pid), worker: peakMemoryMb(worker.pid) };
  }

  it("D24 keeps one, in the memory that a third of them needed", async () => {
    const third = await send(600_000, 1);
    const whole = await send(1_800_000, 0);
    console.info(
      `peak memory in MB after 35 MB of a file ${JSON.stringify(third)}, after 104 MB ${JSON.stringify(whole)}`,
    );
    // 69 MB more of a file were read; a string of it would need as much again.
    expect((whole.web ?? 0) - (third.web ?? 0)).toBeLessThan(50);
    expect((whole.worker ?? 0) - (third.worker ?? 0)).toBeLessThan(50);
  });
});

describe("a fleet of 100,000 stores", () => {
  const stores = 100_000;
  const fleet = async () => bodyOf(await ask("/api/v1/fleet"), FleetSchema);
  const weight = async (path: string): Promise<number> => {
    const { status, text } = await ask(path, { headers: { accept: "text/html, */*" } });
    expect([path, status]).toEqual([path, 200]);
    return text.length;
  };

  it("I9 has pages as large as those of a few stores", async () => {
    const { sql } = app().database;
    const at = Date.UTC(2026, 0, 25, 18);
    const paths = ["/", "/?sort=name", "/data-quality", "/reports", "/imports", "/api/v1/stores", "/api/v1/fleet"];
    const fill = async (first: number, last: number): Promise<void> => {
      await ensurePollPartitions(app().database, new Set([weekStart(at)]));
      await sql`insert into stores (store_id) select 'store-' || lpad(n::text, 8, '0') from generate_series(${first}::int, ${last}::int) n`;
      await sql`
        insert into polls (store_key, at, active)
        select store_key, ${new Date(at).toISOString()}::timestamptz, store_key % 4 <> 0 from stores
        on conflict do nothing`;
      await sql`update fleet_state set newest_poll_at = ${new Date(at).toISOString()}, data_version = data_version + 1`;
      await sql`notify fleet_changed`;
      const [known] = await sql<{ count: number }[]>`select count(*)::int as count from stores`;
      await until(async () => (await fleet()).stores === known?.count);
    };
    await fill(1, 200);
    const few = await Promise.all(paths.map(weight));
    await fill(201, stores);
    for (const [i, path] of paths.entries()) {
      const many = await weight(path);
      // Numbers and ids have more digits.
      expect(many, path).toBeLessThan((few[i] ?? 0) * 1.1);
      expect(many, path).toBeLessThan(500_000);
    }
    expect((await fleet()).stores).toBeGreaterThanOrEqual(stores);
  });

  it("I9 is listed at most 500 stores at a time, and streamed completely as CSV without being held in memory", async () => {
    const { stores: listed, matching } = bodyOf(await ask("/api/v1/stores?limit=500"), StoreListSchema);
    expect(listed).toHaveLength(500);
    expect(matching).toBeGreaterThanOrEqual(stores);
    const before = peakMemoryMb(app().web.pid);
    const csv = await ask("/api/v1/stores.csv");
    expect(csv.text.split("\r\n").length - 2).toBe(matching);
    const grown = (peakMemoryMb(app().web.pid) ?? 0) - (before ?? 0);
    console.info(
      `the CSV of ${String(matching)} stores: ${String(csv.text.length)} bytes, peak grown by ${String(grown)} MB`,
    );
    expect(grown).toBeLessThan(150);
  });
});
