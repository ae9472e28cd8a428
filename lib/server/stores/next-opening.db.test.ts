import { beforeEach, expect, it } from "vitest";
import { testDb } from "@/db/testing/test-db";
import { openViewer } from "@/lib/server/access/viewer";
import { getStore } from "./get-store";

const database = testDb();
const asOf = "2026-01-25T18:00:00.000Z";

beforeEach(async () => {
  const { sql } = database();
  await sql`truncate stores, polls, business_hours, schedule_exceptions restart identity cascade`;
  await sql`insert into stores (store_id, time_zone) values ('a', 'Europe/Paris')`;
  await sql`update fleet_state set newest_poll_at = ${asOf}`;
});

/** Weekly hours from 09:00 to 17:00, or every day closed. */
const weekly = (isOpen: boolean) => database().sql`
  insert into business_hours select 1, day, ${isOpen ? 32_400 : 0}::int, ${isOpen ? 61_200 : 0}::int
  from generate_series(0, 6) as day`;

const closed = (from: string, to: string) => database().sql`
  insert into schedule_exceptions select 1, day::date, 0, 0
  from generate_series(${from}::date, ${to}::date, '1 day') as day`;

const next = async () => {
  const { opens_at: at, opens_not_before: notBefore } = await getStore(database(), openViewer, "a");
  return { at, notBefore };
};

it("finds the next opening after a season", async () => {
  await weekly(true);
  await closed("2026-01-25", "2026-05-31");
  // In summer time.
  expect(await next()).toEqual({ at: "2026-06-01T07:00:00.000Z", notBefore: null });
});

it("finds an opening on a date with special hours, however the week is", async () => {
  await weekly(false);
  await database().sql`insert into schedule_exceptions values (1, '2026-12-05', 36000, 72000)`;
  expect(await next()).toEqual({ at: "2026-12-05T09:00:00.000Z", notBefore: null });
});

it("says until when there is none, where it looks no farther", async () => {
  await weekly(true);
  await closed("2026-01-25", "2027-12-31");
  expect(await next()).toEqual({ at: null, notBefore: "2027-03-01T18:00:00.000Z" });
});

it("says nothing of a store that is never open, and of one that is open", async () => {
  await weekly(false);
  await closed("2026-01-25", "2026-02-28");
  expect(await next()).toEqual({ at: null, notBefore: null });
  await database().sql`truncate business_hours, schedule_exceptions`;
  expect(await next()).toEqual({ at: null, notBefore: null });
});
