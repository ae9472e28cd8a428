import { expect, it } from "vitest";
import { testDb } from "@/db/testing/test-db";
import { withTransaction } from "@/db/transaction";
import { allStores, readSchedules } from "./store-schedules";

const database = testDb();

it("Schedules are read with the exceptions of the requested dates, and no others", async () => {
  const { sql } = database();
  await sql`insert into stores (store_id) values ('many'), ('none')`;
  await sql`
    insert into schedule_exceptions (store_key, local_date, start_second, end_second)
    select 1, '2000-01-01'::date + n, 0, 0 from generate_series(0, 10000) as n`;
  const dates = { first: "2023-03-02", last: "2023-03-04" };
  const stores = await withTransaction(database(), (tx) => readSchedules(tx, allStores(null), dates));
  expect(stores.map(({ storeId, schedule }) => [storeId, schedule.exceptions])).toEqual([
    ["many", ["2023-03-02", "2023-03-03", "2023-03-04"].map((date) => ({ date, hours: [] }))],
    ["none", []],
  ]);
});
