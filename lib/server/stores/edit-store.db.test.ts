import { beforeEach, describe, expect, it } from "vitest";
import { testDb } from "@/db/testing/test-db";
import { EditStoreSchema } from "@/lib/contract/store-edit";
import { openViewer } from "@/lib/server/access/viewer";
import { AppError } from "@/lib/server/errors";
import { editStore } from "./edit-store";
import { isManaged } from "./require-store";

const database = testDb();
beforeEach(async () => {
  const { sql } = database();
  await sql`truncate stores, polls, business_hours, schedule_exceptions restart identity cascade`;
  await sql`insert into stores (store_id) values ('a')`;
  await sql`update fleet_state set newest_poll_at = '2026-01-25T18:00:00Z'`;
});

const edit = (body: unknown) => editStore(database(), openViewer, "a", EditStoreSchema.parse(body));

async function refusal(body: unknown): Promise<AppError> {
  const error = await edit(body).catch((caught: unknown) => caught);
  if (!(error instanceof AppError)) throw new Error("It was taken.");
  return error;
}

it("may be edited by those who manage it and may change stores, and by no one else", async () => {
  const viewer = { ...openViewer, stores: [1, 2], managed: [1] };
  await database().sql`insert into stores (store_id) values ('b')`;
  expect(await isManaged(database(), openViewer, "a")).toBe(true);
  expect(await isManaged(database(), viewer, "a")).toBe(true);
  expect(await isManaged(database(), viewer, "b")).toBe(false);
  expect(await isManaged(database(), { ...viewer, scopes: ["stores:read"] }, "a")).toBe(false);
});

describe("a store's time zone", () => {
  it.each([
    ["us/central", "US/Central"],
    ["America/Yellowknife", "America/Yellowknife"],
    [" Japan ", "Japan"],
  ])("is accepted as %j and stored as %s", async (written, kept) => {
    expect(await edit({ time_zone: written })).toMatchObject({ time_zone: kept, time_zone_source: "given" });
    expect(await edit({ time_zone: null })).toMatchObject({
      time_zone: "America/Chicago",
      time_zone_source: "assumed",
    });
  });

  it.each([
    ["Eastern Standard Time", "America/New_York"],
    ["PST", "America/Los_Angeles"],
    ["America/New York", "America/New_York"],
  ])("is not %s, and %s is suggested", async (written, meant) => {
    const { code, message } = await refusal({ time_zone: written });
    expect(code).toBe("invalid_zone");
    expect(message).toContain(meant);
  });
});

describe("a store's weekly hours", () => {
  it("say which days are closed", async () => {
    const closed = Array.from({ length: 7 }, (_, day) => ({ day, closed: true }));
    expect(await edit({ business_hours: closed })).toMatchObject({
      ...{ hours_source: "given", business_hours: [], closed_days: [0, 1, 2, 3, 4, 5, 6] },
      ...{ state: "closed", opens_at: null },
    });
    const rows = [
      { day: 0, start: "09:00", end: "17:00" },
      { day: 1, closed: true },
    ];
    expect(await edit({ business_hours: rows })).toMatchObject({
      ...{ hours_source: "given", closed_days: [1] },
      business_hours: [{ day: 0, start: "09:00:00", end: "17:00:00" }],
    });
    expect(await edit({ business_hours: null })).toMatchObject({ hours_source: "assumed", closed_days: [] });
  });

  it.each([
    [
      [
        { day: 0, start: "09:00", end: "17:00" },
        { day: 0, closed: true },
      ],
    ],
    [[{ day: 0, start: "09:00", closed: true }]],
    [[{ day: 0, start: "09:00" }]],
    [[{ day: 0 }]],
    [[{ day: 0, start: "9am", end: "17:00" }]],
    [[{ day: 0, start: "09:00", end: "09:00" }]],
  ])("cannot be %j", async (rows) => {
    const { code, options } = await refusal({ business_hours: rows });
    expect(code).toBe("invalid_hours");
    expect(options.faults?.[0]?.pointer).toMatch(/^\/business_hours\/\d/);
  });

  it("are new data, from which the fleet's figures are computed again", async () => {
    const version = async () => {
      const [row] = await database().sql<{ version: string }[]>`select data_version as version from fleet_state`;
      return Number(row?.version);
    };
    const before = await version();
    await edit({ name: "A" });
    expect(await version()).toBe(before);
    await edit({ time_zone: "Asia/Tokyo" });
    await edit({ business_hours: [{ day: 0, closed: true }] });
    expect(await version()).toBe(before + 2);
  });
});
