import { beforeAll, describe, expect, it } from "vitest";
import type { Database } from "@/db/client";
import { ScheduleExceptionListSchema } from "@/lib/contract/store-edit";
import { HoursListSchema } from "@/lib/contract/store-hours";
import { plantStores, storesApi } from "./test-support/stores-api";

const { database, send, get } = storesApi();

beforeAll(() => plantStores(database()), 60_000);

const week = (start: string, end: string) => [0, 1, 2, 3, 4, 5, 6].map((day) => ({ day, start, end }));
const hours = (zone: string | null, rows: unknown) => ({ time_zone: zone, business_hours: rows });

/** The targets of the audit log, oldest first, and the version of the data. */
async function changesOf({
  sql,
}: Database): Promise<{ readonly subjects: readonly string[]; readonly version: string }> {
  const entries = await sql<{ subject: string }[]>`select subject from audit_entries order by id`;
  const [state] = await sql<{ version: string }[]>`select data_version::text as version from fleet_state`;
  return { subjects: entries.map(({ subject }) => subject), version: state?.version ?? "" };
}

describe("special hours of many dates and stores", () => {
  const exceptionsOf = async (storeOf: string) =>
    ScheduleExceptionListSchema.parse(await get(`/api/v1/stores/${storeOf}/exceptions`)).exceptions;
  const season = { store_ids: ["no-hours", "down"], from: "2023-02-27", to: "2023-03-02" };
  const set = (json: object) => send("PUT", "/api/v1/exceptions", { json });
  const dates = ["2023-02-27", "2023-02-28", "2023-03-01", "2023-03-02"];

  it("are the same as those of each date and store written out", async () => {
    const hours = [
      { start: "10:00", end: "14:00" },
      { start: "20:00", end: "02:00" },
    ];
    expect((await set({ ...season, hours })).body).toEqual({ stores: 2, dates: 4 });
    const many = await exceptionsOf("no-hours");
    expect(await exceptionsOf("down")).toEqual(many);
    for (const date of dates) await send("PUT", `/api/v1/stores/nothing/exceptions/${date}`, { json: { hours } });
    expect(await exceptionsOf("nothing")).toEqual(many);
    expect((await set({ ...season, from: "2023-02-28", to: "2023-02-28", hours: [] })).body).toMatchObject({
      dates: 1,
    });
    expect((await exceptionsOf("down")).map(({ closed }) => closed)).toEqual([false, true, false, false]);
    await set({ ...season, store_ids: ["no-hours", "down", "nothing"], hours: null });
    for (const one of ["no-hours", "down", "nothing"]) expect(await exceptionsOf(one)).toEqual([]);
  });

  it("change only the stores that have others, and nothing when sent again", async () => {
    const hours = [{ start: "10:00", end: "14:00" }];
    await set({ ...season, store_ids: ["down"], hours });
    for (const json of [
      { ...season, hours },
      { ...season, hours: [] },
      { ...season, hours: null },
    ]) {
      const before = await changesOf(database());
      expect((await set(json)).body).toEqual({ stores: 2, dates: 4 });
      const once = await changesOf(database());
      expect(once.subjects.slice(before.subjects.length)).toEqual(
        json.hours === hours ? ["store:no-hours"] : ["store:no-hours", "store:down"],
      );
      expect(once.version).not.toBe(before.version);
      expect((await set(json)).body).toEqual({ stores: 2, dates: 4 });
      expect(await changesOf(database())).toEqual(once);
    }
  });

  it.each([
    ["a store that does not exist", { store_ids: ["down", "unknown"] }, "store_not_found"],
    ["a store twice", { store_ids: ["down", "down"] }, "duplicate_store"],
    ["an end before the start", { to: "2023-02-26" }, "invalid_range"],
    ["too many dates", { from: "2000-01-01", to: "2099-12-31" }, "invalid_range"],
    ["a date that does not exist", { from: "2023-02-30" }, "invalid_from"],
    ["a time that is none", { hours: [{ start: "noon", end: "14:00" }] }, "invalid_hours"],
    ["a number as an id", { store_ids: [7] }, "store_id_must_be_string"],
  ])("are not set for %s", async (_, wrong, code) => {
    expect((await set({ ...season, hours: [], ...wrong })).body).toMatchObject({ code });
    expect(await exceptionsOf("down")).toEqual([]);
  });

  it("are refused with the place of the store that does not exist", async () => {
    const { response, body } = await set({ ...season, store_ids: ["down", "unknown"], hours: [] });
    expect(response.status).toBe(404);
    expect(body).toMatchObject({ errors: [{ pointer: "/store_ids/1", code: "store_not_found" }] });
  });
});

describe("the hours of several stores", () => {
  it("are set together, in the order of the request", async () => {
    const stores = [
      { store_id: "no-hours", ...hours("UTC", week("08:00", "20:00")) },
      { store_id: "down", ...hours("Asia/Tokyo", null) },
    ];
    const set = HoursListSchema.parse((await send("PUT", "/api/v1/hours", { json: { stores } })).body);
    expect(set.stores.map((one) => [one.store_id, one.time_zone])).toEqual([
      ["no-hours", "UTC"],
      ["down", "Asia/Tokyo"],
    ]);
    for (const { etag, ...one } of set.stores) {
      const { response, body } = await send("GET", `/api/v1/stores/${one.store_id}/hours`);
      expect([response.headers.get("etag"), body]).toEqual([etag, one]);
    }
  });

  it("count as a change only where they differ", async () => {
    const one = { store_id: "no-hours", ...hours("UTC", week("08:00", "20:00")) };
    const other = (end: string) => ({ store_id: "down", ...hours("UTC", week("08:00", end)) });
    const put = (stores: readonly object[]) => send("PUT", "/api/v1/hours", { json: { stores } });
    await put([one, other("20:00")]);
    const before = await changesOf(database());
    const { body } = await put([one, other("20:00")]);
    expect(await changesOf(database())).toEqual(before);
    expect(
      (await send("PUT", "/api/v1/stores/down/hours", { json: hours("UTC", week("08:00", "20:00")) })).body,
    ).toEqual(await get("/api/v1/stores/down/hours"));
    expect(await changesOf(database())).toEqual(before);
    expect((await put([one, other("21:00")])).body).not.toEqual(body);
    const after = await changesOf(database());
    expect(after.subjects.slice(before.subjects.length)).toEqual(["store:down"]);
    expect(after.version).not.toBe(before.version);
  });

  it("are answered for a store that is named by an earlier id, under its present one", async () => {
    await send("PUT", "/api/v1/stores/down/id", { json: { store_id: "a-later-id" } });
    const stores = ["no-hours", "down"].map((id) => ({ store_id: id, ...hours("UTC", week("08:00", "21:30")) }));
    const set = HoursListSchema.parse((await send("PUT", "/api/v1/hours", { json: { stores } })).body);
    expect(set.stores.map((one) => one.store_id)).toEqual(["no-hours", "a-later-id"]);
    for (const { etag, ...one } of set.stores) {
      const { response, body } = await send("GET", `/api/v1/stores/${one.store_id}/hours`);
      expect([response.headers.get("etag"), body]).toEqual([etag, one]);
    }
    await send("PUT", "/api/v1/stores/a-later-id/id", { json: { store_id: "down" } });
  });

  it("are refused when a store is listed under two of its ids", async () => {
    await send("PUT", "/api/v1/stores/nothing/id", { json: { store_id: "renamed" } });
    const before = await get("/api/v1/stores/renamed/hours");
    const json = {
      stores: [
        { store_id: "renamed", ...hours("UTC", week("01:00", "02:00")) },
        { store_id: "nothing", ...hours("UTC", week("03:00", "04:00")) },
      ],
    };
    const { body } = await send("PUT", "/api/v1/hours", { json });
    expect(body).toMatchObject({
      code: "duplicate_store",
      detail: "renamed and nothing are the same store.",
      errors: [{ pointer: "/stores/1/store_id" }],
    });
    expect(await get("/api/v1/stores/renamed/hours")).toEqual(before);
    await send("PUT", "/api/v1/stores/renamed/id", { json: { store_id: "nothing" } });
  });

  it("are refused with the place of the store that does not exist", async () => {
    const stores = ["down", "unknown"].map((id) => ({ store_id: id, ...hours(null, null) }));
    const { response, body } = await send("PUT", "/api/v1/hours", { json: { stores } });
    expect(response.status).toBe(404);
    expect(body).toMatchObject({ errors: [{ pointer: "/stores/1/store_id", code: "store_not_found" }] });
  });

  it.each([
    ["a store that does not exist", { store_id: "unknown", ...hours(null, null) }, "store_not_found"],
    ["a store twice", { store_id: "down", ...hours(null, null) }, "duplicate_store"],
    ["wrong hours", { store_id: "nothing", ...hours(null, [{ day: 0, start: "9", end: "17:00" }]) }, "invalid_hours"],
    ["another ETag", { store_id: "nothing", ...hours(null, null), etag: '"other"' }, "precondition_failed"],
    ["a number as an id", { store_id: 7, ...hours(null, null) }, "store_id_must_be_string"],
  ])("are all as before after a request with %s", async (_, wrong, code) => {
    const before = await get("/api/v1/stores/down/hours");
    const json = { stores: [{ store_id: "down", ...hours("UTC", week("01:00", "02:00")) }, wrong] };
    const { body } = await send("PUT", "/api/v1/hours", { json });
    expect(body).toMatchObject({ code });
    expect(await get("/api/v1/stores/down/hours")).toEqual(before);
  });
});
