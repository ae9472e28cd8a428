import { beforeAll, describe, expect, it } from "vitest";
import { HoursPreviewSchema, StoreHoursSchema } from "@/lib/contract/store-hours";
import { StoreDetailSchema } from "@/lib/contract/stores";
import { StoreUptimeSchema } from "@/lib/contract/uptime";
import { plantStores, store, storeId, storesApi } from "./test-support/stores-api";

const { database, send, get } = storesApi();

beforeAll(() => plantStores(database()), 60_000);

const week = (start: string, end: string) => [0, 1, 2, 3, 4, 5, 6].map((day) => ({ day, start, end }));
const hours = (zone: string | null, rows: unknown) => ({ time_zone: zone, business_hours: rows });

describe("weekly hours", () => {
  it("are read as they are sent, and change the store and its figures", async () => {
    const first = await send("GET", `${store}/hours`);
    const always = { valid_from: null, earlier: [] };
    expect(StoreHoursSchema.parse(first.body)).toEqual({
      ...{ store_id: storeId, ...always },
      ...hours("America/New_York", week("10:00:00", "22:00:00")),
    });
    const rows = [
      { day: 0, start: "18:00", end: "02:00" },
      { day: 1, closed: true },
      { day: 2, start: "00:00", end: "24:00" },
    ];
    const put = await send("PUT", `${store}/hours`, { json: hours("us/pacific", rows) });
    const before = { valid_from: null, valid_before: "2023-01-25", business_hours: week("10:00:00", "22:00:00") };
    expect(StoreHoursSchema.parse(put.body)).toEqual({
      store_id: storeId,
      time_zone: "US/Pacific",
      valid_from: "2023-01-25",
      earlier: [before],
      business_hours: [
        { day: 0, start: "18:00:00", end: "02:00:00" },
        { day: 1, closed: true },
        { day: 2, start: "00:00:00", end: "24:00:00" },
      ],
    });
    expect(put.response.headers.get("etag")).not.toBe(first.response.headers.get("etag"));
    expect(StoreDetailSchema.parse(await get(store))).toMatchObject({ time_zone: "US/Pacific", closed_days: [1] });
    const again = await send("GET", `${store}/hours`);
    expect(again.response.headers.get("etag")).toBe(put.response.headers.get("etag"));
    const { time_zone: zone, business_hours: same } = StoreHoursSchema.parse(again.body);
    expect((await send("PUT", `${store}/hours`, { json: hours(zone, same) })).body).toEqual(again.body);
    const none = await send("PUT", `${store}/hours`, { json: hours(null, null) });
    expect(none.body).toMatchObject({ ...hours(null, null), valid_from: "2023-01-25", earlier: [before] });
    const restored = { json: hours("America/New_York", week("10:00", "22:00")) };
    expect((await send("PUT", `${store}/hours`, restored)).body).toEqual(first.body);
  });

  it("are not changed by someone who has not seen the last change", async () => {
    const { response } = await send("GET", `${store}/hours`);
    const etag = response.headers.get("etag") ?? "";
    const json = hours("America/New_York", week("11:00", "22:00"));
    expect((await send("PUT", `${store}/hours`, { json, headers: { "if-match": etag } })).response.status).toBe(200);
    for (const condition of [etag, `W/${etag}`, '"other"']) {
      const late = await send("PUT", `${store}/hours`, { json, headers: { "if-match": condition } });
      expect(late.response.status).toBe(412);
      expect(late.body).toMatchObject({ code: "precondition_failed" });
    }
    const any = await send("PUT", `${store}/hours`, { json, headers: { "if-match": '"other", *' } });
    expect(any.response.status).toBe(200);
  });

  it.each([
    [hours("Mars/Olympus", null), "invalid_zone"],
    [hours(null, [{ day: 0, start: "noon", end: "17:00" }]), "invalid_hours"],
    [hours(null, []), "bad_request"],
    [{ time_zone: null }, "bad_request"],
    [{ ...hours(null, null), store_id: "x" }, "unknown_field"],
  ])("are not %j", async (json, code) => {
    for (const [method, address] of [
      ["PUT", `${store}/hours`],
      ["POST", `${store}/hours/preview`],
    ] as const) {
      const { response, body } = await send(method, address, { json });
      expect([response.status, body]).toMatchObject([400, { code }]);
    }
  });

  it("say what to write instead", async () => {
    const json = hours(null, [
      { day: 0, start: "noon", end: "9:00 PM" },
      { day: 1, start: "06:00", end: "06:00" },
      { day: 2, start: "20:00", end: "49:00" },
      { day: 3, start: " 9:00 a.m. ", end: "17:00 " },
      { day: 4, start: "", end: "" },
    ]);
    const { body } = await send("PUT", `${store}/hours`, { json });
    expect(body).toMatchObject({
      errors: [
        { pointer: "/business_hours/0/start", reason: expect.stringContaining("Write 12:00.") as string },
        { pointer: "/business_hours/1", reason: expect.stringContaining("06:00 to 24:00") as string },
        { pointer: "/business_hours/2/end", reason: expect.stringContaining("The latest end is 48:00") as string },
        { pointer: "/business_hours/3/start", reason: expect.stringContaining("24-hour clock: 09:00.") as string },
        { pointer: "/business_hours/4", reason: expect.stringContaining("closed: true") as string },
      ],
    });
  });
});

describe("weekly hours from a date on", () => {
  const weekOf = async (asOf: string) =>
    StoreUptimeSchema.parse(await get(`${store}/uptime?as_of=${asOf}`)).windows.week;
  const past = "2023-01-20T00:00:00Z";
  const restored = { ...hours("America/New_York", week("10:00", "22:00")), valid_from: "beginning" };

  it("leave the figures of earlier days as they are, or change them from the beginning", async () => {
    await send("PUT", `${store}/hours`, { json: restored });
    const before = await weekOf(past);
    const json = hours("America/New_York", week("12:00", "13:00"));
    await send("PUT", `${store}/hours`, { json });
    expect(await weekOf(past)).toEqual(before);
    await send("PATCH", store, { json: { business_hours: json.business_hours, valid_from: "beginning" } });
    expect((await weekOf(past)).open_ms).toBe(7 * 3_600_000);
    await send("PUT", `${store}/hours`, { json: restored });
    expect(await weekOf(past)).toEqual(before);
  });

  it("may apply later: until then the store keeps its hours", async () => {
    await send("PUT", `${store}/hours`, {
      json: { ...hours("America/New_York", week("12:00", "13:00")), valid_from: "2023-02-01" },
    });
    const detail = StoreDetailSchema.parse(await get(store));
    expect(detail).toMatchObject({ hours_valid_from: null, hours_valid_before: "2023-02-01" });
    expect(detail.business_hours[0]).toMatchObject({ start: "10:00:00" });
    expect(StoreHoursSchema.parse(await get(`${store}/hours`))).toMatchObject({ valid_from: "2023-02-01" });
    await send("PUT", `${store}/hours`, { json: restored });
    expect(StoreDetailSchema.parse(await get(store)).hours_valid_before).toBeNull();
  });

  it("stay when hours without a date are sent: those apply until then", async () => {
    await send("PUT", `${store}/hours`, { json: restored });
    const later = { ...hours("America/New_York", week("12:00", "13:00")), valid_from: "2023-02-01" };
    const planned = (await send("PUT", `${store}/hours`, { json: later })).body;
    const same = hours("America/New_York", week("10:00", "22:00"));
    expect((await send("PUT", `${store}/hours`, { json: same })).body).toEqual(planned);
    const json = hours("America/New_York", week("15:00", "16:00"));
    const { after } = HoursPreviewSchema.parse((await send("POST", `${store}/hours/preview`, { json })).body);
    const put = StoreHoursSchema.parse((await send("PUT", `${store}/hours`, { json })).body);
    expect(put).toMatchObject({
      valid_from: "2023-02-01",
      business_hours: week("12:00:00", "13:00:00"),
      earlier: [
        { valid_before: "2023-01-25", business_hours: week("10:00:00", "22:00:00") },
        { valid_from: "2023-01-25", valid_before: "2023-02-01", business_hours: week("15:00:00", "16:00:00") },
      ],
    });
    expect(StoreUptimeSchema.parse(await get(`${store}/uptime`)).windows.week).toEqual(after);
    await send("PUT", `${store}/hours`, { json: restored });
  });

  it("are refused when the store's hours have changed on too many dates", async () => {
    await database().sql`
      insert into earlier_hours (store_key, valid_before, hours)
      select store_key, date '2022-01-01' + n, decode(lpad(to_hex(n % 7), 4, '0') || '0000000000000001', 'hex')
      from stores cross join generate_series(1, 200) as n where store_id = ${storeId}`;
    const before = StoreHoursSchema.parse(await get(`${store}/hours`));
    expect(StoreDetailSchema.parse(await get(store)).hours_valid_from).toBe("2022-07-20");
    const json = hours("America/New_York", week("15:00", "16:00"));
    for (const [method, address, sent] of [
      ["PUT", `${store}/hours`, json],
      ["PUT", "/api/v1/hours", { stores: [{ store_id: storeId, ...json }] }],
      ["PATCH", store, { business_hours: json.business_hours }],
    ] as const) {
      const { response, body } = await send(method, address, { json: sent });
      expect([response.status, body]).toMatchObject([409, { code: "too_many_hours_changes" }]);
    }
    expect(await get(`${store}/hours`)).toEqual(before);
    await send("PUT", `${store}/hours`, { json: restored });
    expect(await get(`${store}/hours`)).toMatchObject({ earlier: [] });
  });

  it.each([
    ["PUT", `${store}/hours`, { ...hours(null, null), valid_from: "tomorrow" }],
    ["PUT", `${store}/hours`, { ...hours(null, null), valid_from: "2023-02-30" }],
    ["PATCH", store, { name: "x", valid_from: "2023-02-01" }],
  ])("are refused by %s %s of %j", async (method, address, json) => {
    const { response, body } = await send(method, address, { json });
    expect([response.status, body]).toMatchObject([400, { code: "invalid_valid_from" }]);
  });
});

describe("the preview of weekly hours", () => {
  it("shows the figures of the last 7 days before and after, and those are the figures after the change", async () => {
    const weekOf = async () => StoreUptimeSchema.parse(await get(`${store}/uptime`)).windows.week;
    const json = hours("America/Denver", week("18:00", "02:00"));
    const kept = StoreHoursSchema.parse(await get(`${store}/hours`));
    const preview = HoursPreviewSchema.parse((await send("POST", `${store}/hours/preview`, { json })).body);
    expect(preview.before).toEqual(await weekOf());
    expect(StoreHoursSchema.parse(await get(`${store}/hours`))).toEqual(kept);
    expect(preview.after).not.toEqual(preview.before);
    await send("PUT", `${store}/hours`, { json });
    expect(await weekOf()).toEqual(preview.after);
    await send("PUT", `${store}/hours`, { json: hours(kept.time_zone, kept.business_hours) });
    expect(await weekOf()).toEqual(preview.before);
  });

  it("needs a store", async () => {
    const { body } = await send("POST", "/api/v1/stores/unknown/hours/preview", { json: hours(null, null) });
    expect(body).toMatchObject({ code: "store_not_found" });
  });
});
