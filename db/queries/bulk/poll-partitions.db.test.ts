import { expect, it } from "vitest";
import { testDb } from "@/db/testing/test-db";
import { ensurePollPartitions, pollPartitionName, weekStart } from "./poll-partitions";

const database = testDb();

it.each([
  ["2023-01-23T00:00:00.000Z", "polls_20230123"],
  ["2023-01-29T23:59:59.999Z", "polls_20230123"],
  ["2023-01-22T23:59:59.999Z", "polls_20230116"],
  ["2000-01-01T00:00:00.000Z", "polls_19991227"],
  ["2024-12-31T12:00:00.000Z", "polls_20241230"],
])("%s belongs to %s", (instant, name) => {
  const week = weekStart(Date.parse(instant));
  expect(pollPartitionName(week)).toBe(name);
  expect(new Date(week).getUTCDay()).toBe(1);
});

it("creates missing partitions, any number, concurrently, while others read", async () => {
  const { sql } = database();
  const first = Date.UTC(2000, 0, 3);
  const weeks = Array.from({ length: 120 }, (_, i) => weekStart(first + i * 7 * 86_400_000));
  // A reader with an open transaction must not block it.
  const reader = await sql.reserve();
  await reader`begin`;
  await reader`select count(*) from polls`;
  await Promise.all(Array.from({ length: 4 }, () => ensurePollPartitions(database(), weeks)));
  await ensurePollPartitions(database(), weeks);
  await reader`commit`;
  reader.release();
  const made = await sql<{ name: string }[]>`
    select inhrelid::regclass::text as name from pg_inherits where inhparent = 'polls'::regclass order by 1`;
  expect(made.map(({ name }) => name)).toEqual(weeks.map(pollPartitionName));

  const edges = [first, first + 7 * 86_400_000 - 1, first + 7 * 86_400_000].map((at) => new Date(at).toISOString());
  await sql`insert into polls select 1, at::timestamptz, true from unnest(${edges}::text[]) as at`;
  const placed = await sql<{ name: string }[]>`select tableoid::regclass::text as name from polls order by at`;
  expect(placed.map(({ name }) => name)).toEqual(["polls_20000103", "polls_20000103", "polls_20000110"]);
});

it("gives each partition the key that carries the status", async () => {
  const { sql } = database();
  await ensurePollPartitions(database(), [weekStart(Date.UTC(2023, 0, 24))]);
  const [index] = await sql<{ definition: string }[]>`
    select pg_get_indexdef(indexrelid) as definition from pg_index where indrelid = 'polls_20230123'::regclass and indisprimary`;
  expect(index?.definition).toMatch(/\(store_key, at\) INCLUDE \(active\)/);
});
