import fc from "fast-check";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { CalendarPreviewSchema, CalendarSchema, type PutCalendar } from "@/lib/contract/calendars";
import { ScheduleExceptionListSchema } from "@/lib/contract/store-edit";
import { StoreDetailSchema } from "@/lib/contract/stores";
import { StoreUptimeSchema } from "@/lib/contract/uptime";
import { computeReport } from "@/lib/server/figures/compute-report";
import { plantStores, store, storeId, storesApi } from "./test-support/stores-api";

const { database, send, get } = storesApi();

const asOf = Date.parse("2023-01-25T18:13:22.479Z");
const day = 86_400_000;

beforeAll(() => plantStores(database()), 60_000);

beforeEach(async () => {
  await database().sql`delete from calendars`;
  await database().sql`delete from schedule_exceptions`;
  await database().sql`update stores set brand = 'b', group_name = 'g' where store_key <= 2`;
});

const ungiven = { all: false, brands: [], groups: [], store_ids: [] };
type Entry = PutCalendar["entries"][number];

const christmas: Entry = { name: "Christmas", on: { kind: "yearly", month: 12, day: 25 }, hours: [] };

type Given = Partial<PutCalendar>;

const bodyOf = (given: Given): PutCalendar => ({ name: "Holidays", entries: [christmas], given_to: ungiven, ...given });

async function create(given: Given) {
  const { body, response } = await send("POST", "/api/v1/calendars", { json: bodyOf(given) });
  expect(response.status, JSON.stringify(body)).toBe(201);
  return CalendarSchema.parse(body);
}

const put = (id: number, given: Given, headers = {}) =>
  send("PUT", `/api/v1/calendars/${String(id)}`, { json: bodyOf(given), headers });

const datesOf = async (of: string, from: string, to: string) =>
  ScheduleExceptionListSchema.parse(await get(`/api/v1/stores/${of}/exceptions?from=${from}&to=${to}`)).exceptions;

const openMs = async (of: string) =>
  StoreUptimeSchema.parse(await get(`/api/v1/stores/${of}/uptime?window=week`)).windows.week.open_ms;

describe("a calendar", () => {
  it("is read as it was sent, changes figures, the store's page and what comes next", async () => {
    const before = await openMs(storeId);
    const entries: PutCalendar["entries"] = [
      { name: "Inventory", on: { kind: "range", from: "2023-01-23", to: "2023-01-24" }, hours: [] },
      { name: "Late", on: { kind: "date", date: "2023-01-25" }, hours: [{ start: "17:00:00", end: "22:00:00" }] },
      { name: "Short", on: { kind: "date", date: "2023-01-22" }, closed_hours: [{ start: "20:00", end: "24:00" }] },
    ];
    const given_to = { ...ungiven, brands: ["b"], store_ids: ["no-hours"] };
    const created = await create({ entries, given_to, valid_from: "beginning" });
    expect(created).toMatchObject({ name: "Holidays", entries, given_to });
    expect(CalendarSchema.parse(await get(`/api/v1/calendars/${String(created.id)}`))).toEqual(created);
    expect(await get("/api/v1/calendars")).toMatchObject({ calendars: [{ name: "Holidays", entries: 3, stores: 3 }] });
    // Two days of 12 hours, 2 hours of an evening, and the hours of the 25th from 10:00 to the newest poll.
    const morning = asOf - Date.parse("2023-01-25T15:00:00Z");
    expect(before - (await openMs(storeId))).toBe(26 * 3_600_000 + morning);
    expect(StoreDetailSchema.parse(await get(store))).toMatchObject({
      state: "closed",
      opens_at: "2023-01-25T22:00:00.000Z",
    });
    const calendar = (name: string) => ({ calendar: "Holidays", name });
    expect(await datesOf(storeId, "2023-01-20", "2023-01-24")).toEqual([
      {
        ...{ date: "2023-01-22", closed: false, hours: [], calendar: calendar("Short") },
        closed_hours: [{ start: "20:00:00", end: "24:00:00" }],
      },
      { date: "2023-01-23", closed: true, hours: [], calendar: calendar("Inventory") },
      { date: "2023-01-24", closed: true, hours: [], calendar: calendar("Inventory") },
    ]);
    await send("PUT", `${store}/exceptions/2023-01-24`, { json: { hours: [{ start: "10:00", end: "11:00" }] } });
    const [, , own] = await datesOf(storeId, "2023-01-20", "2023-01-24");
    expect(own).toEqual({ date: "2023-01-24", closed: false, hours: [{ start: "10:00:00", end: "11:00:00" }] });
  });

  it("closes a store for part of the day, by the hour", async () => {
    const before = await openMs(storeId);
    const on = { kind: "date", date: "2023-01-22" } as const;
    const closed_hours = [{ start: "20:00", end: "24:00" }];
    await create({
      entries: [{ name: "x", on, closed_hours }],
      given_to: { ...ungiven, all: true },
      valid_from: "beginning",
    });
    expect(before - (await openMs(storeId))).toBe(2 * 3_600_000);
    expect(await openMs("no-hours")).toBe((7 * 24 - 4) * 3_600_000);
  });

  it("leaves the past as it was, unless told from when on", async () => {
    const entryFrom = (from: string, to: string): Entry => ({ name: "x", on: { kind: "range", from, to }, hours: [] });
    const entry = entryFrom("2023-01-20", "2023-01-29");
    const given_to = { ...ungiven, store_ids: [storeId] };
    const { id } = await create({ entries: [entry], given_to });
    // 18:13 UTC is 06:13 where the clocks are farthest behind.
    const dates = async () => (await datesOf(storeId, "2023-01-01", "2023-12-31")).map(({ date }) => date.slice(8));
    expect(await dates()).toEqual(["25", "26", "27", "28", "29"]);
    await put(id, {
      entries: [entryFrom("2023-01-24", "2023-01-26")],
      given_to,
      valid_from: "2023-01-23",
    });
    expect(await dates()).toEqual(["24", "25", "26"]);
    await put(id, { entries: [entry], given_to, valid_from: "beginning" });
    expect(await dates()).toHaveLength(10);
    await put(id, { entries: [entry], given_to: ungiven });
    expect(await dates()).toEqual(["20", "21", "22", "23", "24"]);
    await put(id, { entries: [], given_to, valid_from: "2023-01-27" });
    expect(await dates()).toEqual(["20", "21", "22", "23", "24"]);
    await send("DELETE", `/api/v1/calendars/${String(id)}`);
    expect(await dates()).toEqual([]);
  });

  it("applies by how it was given: to the store, its group, its brand, all; then the last one created", async () => {
    const on = { kind: "date", date: "2023-01-26" } as const;
    const named = (name: string, given_to: object) =>
      create({ name, entries: [{ name, on, hours: [] }], given_to: { ...ungiven, ...given_to } });
    const applied = async () => (await datesOf(storeId, "2023-01-26", "2023-01-26"))[0]?.calendar?.calendar;
    await named("store", { store_ids: [storeId] });
    await named("group", { groups: ["g"] });
    await named("brand", { brands: ["b"] });
    await named("all", { all: true });
    await named("all, later", { all: true });
    const followed = async () =>
      StoreDetailSchema.parse(await get(store)).calendars.map(({ name, given_by: by }) => [name, by]);
    const [all, rest] = [
      [
        ["all, later", "all"],
        ["all", "all"],
      ],
      [
        ["store", "store"],
        ["group", "group"],
        ["brand", "brand"],
      ],
    ];
    expect(await followed()).toEqual([...rest, ...all]);
    for (const next of ["store", "group", "brand", "all, later", "all"]) {
      expect(await applied()).toBe(next);
      await database().sql`delete from calendars where name = ${next}`;
    }
    expect(await applied()).toBeUndefined();
    expect(await followed()).toEqual([]);
  });

  it("is one of a store's calendars once, by the most specific way, until the date on which it ends", async () => {
    const both = { ...ungiven, all: true, groups: ["g"] };
    const { id } = await create({ given_to: both, valid_from: "beginning" });
    const followed = async () => StoreDetailSchema.parse(await get(store)).calendars;
    expect(await followed()).toEqual([{ id, name: "Holidays", given_by: "group" }]);
    // The store's date is 25 January.
    await put(id, { given_to: ungiven, valid_from: "2023-01-26" });
    expect(await followed()).toHaveLength(1);
    await put(id, { given_to: ungiven, valid_from: "2023-01-25" });
    expect(await followed()).toEqual([]);
  });

  it("gives the figures of the same exceptions written out, of a store and of the fleet", async () => {
    const { sql } = database();
    const iso = (offset: number): string => new Date(asOf + offset * day).toISOString().slice(0, 10);
    const arbHours = fc.constantFrom<{ start: string; end: string }[]>(
      [],
      [{ start: "09:00", end: "17:30" }],
      [{ start: "20:00", end: "03:00" }],
      [
        { start: "00:00", end: "05:00" },
        { start: "12:00", end: "24:00" },
      ],
    );
    const arbEntry = fc.record({
      from: fc.integer({ min: -9, max: 1 }),
      length: fc.integer({ min: 0, max: 3 }),
      hours: arbHours,
    });
    const read = async () => {
      const report = await computeReport(database(), { storeKeys: null, method: "interpolated", asOf });
      const uptime = [];
      for (const one of [storeId, "down", "no-hours"])
        uptime.push(await get(`/api/v1/stores/${one}/uptime?window=week`));
      return { figures: [...report.figures], uptime };
    };
    await fc.assert(
      fc.asyncProperty(fc.array(arbEntry, { minLength: 1, maxLength: 4 }), async (given) => {
        const entries = given.map(({ from, length, hours }) => ({
          name: "x",
          on: { kind: "range" as const, from: iso(from), to: iso(from + length) },
          hours,
        }));
        const { id } = await create({
          entries,
          given_to: { ...ungiven, groups: ["g"], store_ids: ["no-hours"] },
          valid_from: "beginning",
        });
        const expanded = await read();
        await sql`delete from calendars where id = ${id}`;
        for (const { from, length, hours } of given) {
          const json = { store_ids: [storeId, "down", "no-hours"], from: iso(from), to: iso(from + length), hours };
          expect((await send("PUT", "/api/v1/exceptions", { json })).response.status).toBe(200);
        }
        expect(expanded).toEqual(await read());
        await sql`delete from schedule_exceptions`;
      }),
      { numRuns: 12 },
    );
  });

  it("is not changed by someone who has not seen the last change", async () => {
    const { id } = await create({});
    const { response } = await send("GET", `/api/v1/calendars/${String(id)}`);
    const etag = response.headers.get("etag") ?? "";
    expect((await put(id, { name: "Other" }, { "if-match": etag })).response.status).toBe(200);
    const late = await put(id, { name: "Third" }, { "if-match": etag });
    expect([late.response.status, late.body]).toMatchObject([412, { code: "precondition_failed" }]);
    expect(CalendarSchema.parse(await get(`/api/v1/calendars/${String(id)}`)).name).toBe("Other");
  });

  it("is refused as a whole, with the place of each fault", async () => {
    const { id } = await create({ name: "Taken" });
    const refusals: readonly [Given, string, string][] = [
      [{ name: "Taken" }, "calendar_name_taken", "/name"],
      [{ name: " " }, "invalid_name", "/name"],
      [{ given_to: { ...ungiven, store_ids: [storeId, "ungiven"] } }, "store_not_found", "/given_to/store_ids/1"],
      [
        { entries: [christmas, { ...christmas, hours: [{ start: "9", end: "10:00" }] }] },
        "invalid_hours",
        "/entries/1/hours/0/start",
      ],
      [
        { entries: [{ name: "x", on: christmas.on, closed_hours: [{ start: "22:00", end: "02:00" }] }] },
        ...(["invalid_hours", "/entries/0/closed_hours/0/end"] as const),
      ],
      [{ entries: [{ ...christmas, on: { kind: "yearly", month: 2, day: 30 } }] }, "bad_request", "/entries/0/on/day"],
      [
        { entries: [{ ...christmas, on: { kind: "range", from: "2023-02-01", to: "2023-01-01" } }] },
        "invalid_to",
        "/entries/0/on/to",
      ],
      [{ entries: [{ name: "x", on: christmas.on }] }, "invalid_hours", "/entries/0/hours"],
      [
        { entries: [{ on: { kind: "holidays", country: "XX", types: ["public"], observed: false }, hours: [] }] },
        ...(["invalid_country", "/entries/0/on/country"] as const),
      ],
    ];
    for (const [given, code, pointer] of refusals) {
      const { body } = await send("POST", "/api/v1/calendars", { json: bodyOf(given) });
      expect(body).toMatchObject({ code, errors: [{ pointer }] });
    }
    expect((await put(900, {})).body).toMatchObject({ code: "calendar_not_found" });
    expect(await get("/api/v1/calendars")).toMatchObject({ calendars: [{ id }] });
  });
});

describe("the preview of a calendar", () => {
  it("says which dates, stores and figures would change, and changes nothing", async () => {
    await send("PUT", `${store}/exceptions/2023-01-24`, { json: { hours: [] } });
    const before = [await openMs(storeId), await openMs("no-hours")] as const;
    const entries: PutCalendar["entries"] = [
      { name: "Inventory", on: { kind: "range", from: "2023-01-20", to: "2023-01-24" }, hours: [] },
      { on: { kind: "holidays", country: "CA", state: "BC", types: ["public"], observed: true }, hours: [] },
    ];
    const json = {
      ...bodyOf({ entries, given_to: { ...ungiven, store_ids: [storeId, "no-hours"] } }),
      valid_from: "2023-01-23",
    };
    const preview = CalendarPreviewSchema.parse((await send("POST", "/api/v1/calendar-preview", { json })).body);
    expect(preview).toMatchObject({ valid_from: "2023-01-23", stores: 2, skipped_dates: 3, own_dates: 1 });
    expect(preview.dates.slice(0, 3).map(({ date, name }) => [date, name])).toEqual([
      ["2023-01-23", "Inventory"],
      ["2023-01-24", "Inventory"],
      ["2023-02-20", "Family Day"],
    ]);
    expect(preview.before.open_ms).toBe(before[0] + before[1]);
    // The 24th is closed in the first store anyway.
    expect(preview.before.open_ms - preview.after.open_ms).toBe((12 + 48) * 3_600_000);
    expect([await openMs(storeId), await openMs("no-hours")]).toEqual(before);
    expect(await get("/api/v1/calendars")).toEqual({ calendars: [] });
    const { id } = await create(json);
    expect(await openMs("no-hours")).toBe(before[1] - 48 * 3_600_000);
    const removal = { ...json, given_to: ungiven, calendar_id: id };
    const undone = CalendarPreviewSchema.parse(
      (await send("POST", "/api/v1/calendar-preview", { json: removal })).body,
    );
    expect([undone.stores, undone.after.open_ms]).toEqual([0, preview.before.open_ms]);
  });
});
