import { beforeAll, describe, expect, it } from "vitest";
import { testDb } from "@/db/testing/test-db";
import type { Segment } from "@/lib/contract/uptime";
import { openViewer } from "@/lib/server/access/viewer";
import { computeReport } from "@/lib/server/figures/compute-report";
import { getRangeUptime } from "./get-range-uptime";
import { getStore } from "./get-store";
import { getStoreHeatmap } from "./get-store-heatmap";
import { getStoreTimeline } from "./get-store-timeline";
import { getStoreUptime } from "./get-store-uptime";
import { quickReadPolls } from "./heavy-reads";
import { hoursOfStores } from "./hours-of-stores";
import { listIncidents } from "./list-incidents";
import { computeStoreWindow } from "./require-store";

const database = testDb();
const asOf = Date.UTC(2023, 0, 25, 18);
const count = 250_000;
/** A poll every two seconds; the status changes every third one. */
const everyMs = 2_000;
const at = (poll: number): string => new Date(asOf - (count - 1 - poll) * everyMs).toISOString();
const largest = 5_000_000;

const sizeOf = (answer: unknown): number => Buffer.byteLength(JSON.stringify(answer));

/** Runs `read`. @returns its result, and how often the event loop reached its timers and sockets meanwhile */
async function countTurns<T>(read: () => Promise<T>): Promise<{ readonly answer: T; readonly turns: number }> {
  let turns = 0;
  const state = { done: false };
  const look = (): void => {
    turns++;
    if (!state.done) setImmediate(look);
  };
  setImmediate(look);
  const answer = await read();
  state.done = true;
  return { answer, turns };
}

/** All pages of a response, in order. */
async function pagesOf<T extends { readonly next_cursor?: string | null | undefined }>(
  read: (cursor: string | undefined) => Promise<T>,
): Promise<T[]> {
  const pages: T[] = [];
  let cursor: string | null | undefined;
  do {
    const page: T = await read(cursor ?? undefined);
    expect(sizeOf(page)).toBeLessThanOrEqual(largest);
    pages.push(page);
    cursor = page.next_cursor;
  } while (cursor != null);
  return pages;
}

beforeAll(async () => {
  const { sql } = database();
  await sql`create table polls_all partition of polls default`;
  await sql`insert into stores (store_id) values ('many'), ('few')`;
  await sql`
    insert into polls (store_key, at, active)
    select s.store_key, ${new Date(asOf).toISOString()}::timestamptz - n * interval '2 seconds', n / 3 % 2 = 0
    from stores s, generate_series(0, ${count - 1}) as n where s.store_id = 'many' or n % 1800 = 0`;
  await sql`vacuum analyze polls`;
  await sql`update fleet_state set newest_poll_at = ${new Date(asOf).toISOString()}, data_version = 1`;
}, 60_000);

describe("a store with very many polls", () => {
  it("has a timeline in pages, which together are complete", async () => {
    const query = { from: at(0) };
    const pages = await pagesOf((cursor) => getStoreTimeline(database(), openViewer, "many", { ...query, cursor }));
    const polls = pages.flatMap((page) => page.polls);
    expect(polls).toHaveLength(count);
    expect(polls.map((poll) => poll.at)).toEqual(Array.from({ length: count }, (_, poll) => at(poll)));
    const segments = pages.flatMap((page) => page.segments);
    expect(segments[0]?.start).toBe(at(0));
    expect(segments.at(-1)?.end).toBe(at(count - 1));
    expect(segments.every(({ start }, index) => index === 0 || start === segments[index - 1]?.end)).toBe(true);
    expect(segments.every(({ state }, index) => index === 0 || state !== segments[index - 1]?.state)).toBe(true);
    expect(segments).toHaveLength(Math.ceil(count / 3));
    expect(new Set(pages.map((page) => page.to))).toEqual(new Set([at(count - 1)]));
  });

  it("has segments in pages that sum to the figures", async () => {
    const sums = (segments: readonly Segment[]): Record<string, number> => {
      const ms: Record<string, number> = {};
      for (const { state, start, end } of segments) ms[state] = (ms[state] ?? 0) + Date.parse(end) - Date.parse(start);
      return ms;
    };
    const ofWindow = await pagesOf((cursor) =>
      getStoreUptime(database(), openViewer, "many", "day", { explain: true, cursor }),
    );
    const { up_ms: up, down_ms: down } = ofWindow[0]!.windows.day;
    expect(ofWindow.length).toBeGreaterThan(1);
    expect(sums(ofWindow.flatMap(({ segments }) => segments ?? []))).toEqual({ up, down });

    const query = { from: at(100_000), to: at(180_000), explain: "segments" } as const;
    const ofRange = await pagesOf((cursor) => getRangeUptime(database(), openViewer, "many", { ...query, cursor }));
    const { estimate } = ofRange[0]!;
    expect(ofRange.length).toBeGreaterThan(1);
    expect(sums(ofRange.flatMap(({ segments }) => segments ?? []))).toEqual({
      up: estimate.up_ms,
      down: estimate.down_ms,
    });
  });

  it("has a page of incidents that is small, and all of them in pages", async () => {
    const query = { limit: 500 };
    const first = await listIncidents(database(), openViewer, "many", query);
    expect(first.incidents).toHaveLength(500);
    expect(first.total).toBe(41_667);
    expect(sizeOf(first)).toBeLessThan(200_000);
    const second = await listIncidents(database(), openViewer, "many", { ...query, cursor: first.next_cursor! });
    expect(second.incidents[0]!.end).toBe(
      second.incidents[0]!.end_latest === null ? first.as_of : second.incidents[0]!.end,
    );
    expect(second.incidents[0]!.start < first.incidents[499]!.start).toBe(true);
    expect(second.total).toBe(first.total);
  });

  it.each<[string, () => Promise<unknown>]>([
    ["timeline", () => getStoreTimeline(database(), openViewer, "many", {})],
    ["heatmap", () => getStoreHeatmap(database(), openViewer, "many", {})],
    ["incidents", () => listIncidents(database(), openViewer, "many", { limit: 50 })],
    ["windows", () => getStoreUptime(database(), openViewer, "many", "week")],
    ["range", () => getRangeUptime(database(), openViewer, "many", { from: at(0) })],
    ["store", () => getStore(database(), openViewer, "many")],
  ])("leaves turns of the event loop to others while its %s is computed", async (_what, read) => {
    const { answer, turns } = await countTurns(read);
    expect(sizeOf(answer)).toBeLessThanOrEqual(largest);
    // At least one per slice; the polls add as many again.
    expect(turns).toBeGreaterThan(count / 10_000);
  });

  it("is in the week by the hour of its owner, which leaves turns to others", async () => {
    const { sql } = database();
    const keys = (await sql<{ store_key: number }[]>`select store_key from stores order by store_key`).map(
      (row) => row.store_key,
    );
    const owner = { ...openViewer, kind: "person", stores: keys, managed: keys } as const;
    const { answer, turns } = await countTurns(() => hoursOfStores(database(), owner, keys, asOf));
    const { week } = await computeReport(
      database(),
      { storeKeys: keys, method: "interpolated", asOf },
      { withStates: true },
    );
    expect(answer).toEqual(week?.hours);
    expect(answer.some(({ upMs }) => upMs > 0)).toBe(true);
    expect(turns).toBeGreaterThan(count / 10_000);
  });

  it("keeps no other store waiting", async () => {
    expect(quickReadPolls).toBeLessThan(count);
    const order: string[] = [];
    const read = async (storeId: string): Promise<void> => {
      await getStoreHeatmap(database(), openViewer, storeId, {});
      order.push(storeId);
    };
    await Promise.all([read("many"), read("many"), read("many"), read("few")]);
    expect(order[0]).toBe("few");
  });

  it("is rejected beyond a stated number", async () => {
    const week = { asOf: null, from: null, to: null, lengthMs: 7 * 86_400_000, longestMs: 7 * 86_400_000, lengths: 1 };
    const read = (most: number, lengthMs = week.lengthMs) => {
      const asked = { ...week, lengthMs, lengths: 1 } as const;
      return computeStoreWindow(database(), openViewer, "many", { asked, marginMs: 0, most }, function* ({ polls }) {
        yield;
        return polls.at.length;
      });
    };
    expect(await read(count)).toBe(count);
    await expect(read(count - 1)).rejects.toMatchObject({
      code: "too_many_polls",
      message: expect.stringContaining("shorter range") as string,
    });
    expect(await read(count - 1, 20 * everyMs)).toBe(21);
  });

  it("is not read for a client that has disconnected", async () => {
    const gone = AbortSignal.abort();
    await expect(getStoreHeatmap(database(), openViewer, "many", {}, gone)).rejects.toMatchObject({
      code: "query_timeout",
    });
  });
});
