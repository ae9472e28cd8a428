import { expect, it } from "vitest";
import { findCurlExample } from "@/db/queries/bulk/curl-example";
import { testDb } from "@/db/testing/test-db";
import { findOpenStore } from "./example";

const database = testDb();
const hourMs = 3_600_000;
/** A Wednesday, 12:00 in Chicago. */
const asOf = Date.UTC(2023, 0, 25, 18);

it("picks a store that was open and checked in the last hour, and any store without one", async () => {
  const { sql } = database();
  await sql`create table polls_all partition of polls default`;
  expect(await findCurlExample(database())).toBeNull();
  await sql`insert into stores (store_id, time_zone) values
    ('unpolled', 'America/Chicago'), ('shut', 'America/Chicago'), ('served', 'America/Chicago')`;
  const first = await findCurlExample(database());
  expect(first?.stores.map(({ storeId }) => storeId)).toEqual(["unpolled", "shut", "served"]);
  expect(await findOpenStore(database(), first?.stores ?? [])).toBe("unpolled");

  // Closed on Wednesdays, and open around noon.
  await sql`insert into business_hours (store_key, day, start_second, end_second) values
    (2, 0, 36000, 50400), (3, 2, 36000, 50400)`;
  for (const hoursAgo of [0.5, 1.5]) {
    await sql`insert into polls (store_key, at, active)
      select store_key, ${new Date(asOf - hoursAgo * hourMs).toISOString()}::timestamptz, true from stores where store_key > 1`;
  }
  await sql`update fleet_state set newest_poll_at = ${new Date(asOf - hourMs / 2).toISOString()}`;
  const example = await findCurlExample(database());
  expect(example?.stores.map(({ storeId }) => storeId)).toEqual(["shut", "served", "unpolled"]);
  expect(await findOpenStore(database(), example?.stores ?? [])).toBe("served");
});
