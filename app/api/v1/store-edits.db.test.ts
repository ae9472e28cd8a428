import { beforeAll, describe, expect, it } from "vitest";
import { StoreDetailSchema } from "@/lib/contract/stores";
import { StoreUptimeSchema } from "@/lib/contract/uptime";
import { plantStores, store, storesApi } from "./test-support/stores-api";

const hourMs = 3_600_000;
const { database, send, get } = storesApi();

beforeAll(() => plantStores(database()), 60_000);

describe("editing a store", () => {
  it("changes what is given, strips control characters, and clears what is null", async () => {
    const json = { name: " Burger\u0000 Corner\u0007 ", brand: "B", url: "https://burger.example/" };
    const first = await send("PATCH", store, { json });
    expect(StoreDetailSchema.parse(first.body)).toMatchObject({ name: "Burger Corner", brand: "B", group: null });
    const second = await send("PATCH", store, { json: { brand: null, group: "North" } });
    expect(second.body).toMatchObject({ name: "Burger Corner", brand: null, group: "North", url: json.url });
    expect((await send("PATCH", store, { json: {} })).response.status).toBe(200);
    expect((await send("PATCH", "/api/v1/stores/unknown", { json })).body).toMatchObject({ code: "store_not_found" });
  });

  it.each([
    [{ name: "x".repeat(81) }, "invalid_name"],
    [{ name: 7 }, "invalid_name"],
    [{ url: "javascript:alert(1)" }, "invalid_url"],
    [{ url: "burger.example" }, "invalid_url"],
    [{ owner_id: 1 }, "unknown_field"],
  ])("H8, H22: rejects %j with %s", async (json, code) => {
    const { response, body } = await send("PATCH", store, { json });
    expect(response.status).toBe(400);
    expect(body).toMatchObject({ code });
  });
});

describe("exceptions", () => {
  const christmas = `${store}/exceptions/2023-01-24`;
  const version = async () =>
    (await database().sql<{ version: number }[]>`select data_version::int as version from fleet_state`)[0]?.version ??
    0;

  it("replace the weekly hours of their date, change the figures, and can be removed", async () => {
    const open = async () => StoreUptimeSchema.parse(await get(`${store}/uptime?as_of=2023-01-25T04:00:00Z`));
    const before = await open();
    const started = await version();
    const put = await send("PUT", christmas, { json: { hours: [{ start: "10:00", end: "12:30" }] } });
    expect(put.body).toEqual({ date: "2023-01-24", closed: false, hours: [{ start: "10:00:00", end: "12:30:00" }] });
    expect((await open()).windows.day.open_ms).toBe(2.5 * hourMs);
    expect((await send("PUT", christmas, { json: { hours: [] } })).body).toMatchObject({ closed: true });
    expect((await open()).windows.day.open_ms).toBe(0);
    expect(await get(`${store}/exceptions`)).toMatchObject({ exceptions: [{ date: "2023-01-24", closed: true }] });
    expect(await version()).toBe(started + 2);
    expect((await send("DELETE", christmas)).response.status).toBe(204);
    expect(await open()).toEqual(before);
    expect(await version()).toBe(started + 3);
    expect((await send("DELETE", christmas)).body).toMatchObject({ code: "exception_not_found" });
    expect(await version()).toBe(started + 3);
  });

  it("are listed in pages, from a date on", async () => {
    const dates = ["2023-12-24", "2023-12-25", "2023-12-26", "2024-01-01"];
    for (const date of dates) await send("PUT", `${store}/exceptions/${date}`, { json: { hours: [] } });
    const read = async (query: string) =>
      (await get(`${store}/exceptions?${query}`)) as {
        exceptions: { date: string }[];
        total: number;
        next_cursor: string | null;
      };
    const first = await read("from=2023-12-25&limit=2");
    expect(first).toMatchObject({ exceptions: [{ date: "2023-12-25" }, { date: "2023-12-26" }], total: 3 });
    const second = await read(`from=2023-12-25&limit=2&cursor=${first.next_cursor ?? ""}`);
    expect(second).toMatchObject({ exceptions: [{ date: "2024-01-01" }], total: 3, next_cursor: null });
    expect(await read("from=2050-01-01")).toMatchObject({ exceptions: [], total: 0, next_cursor: null });
    expect((await read("limit=500")).exceptions.map(({ date }) => date)).toEqual(dates);
    const foreign = await send("GET", `${store}/exceptions?cursor=${first.next_cursor ?? ""}`);
    expect(foreign.body).toMatchObject({ code: "invalid_cursor" });
    expect((await send("GET", `${store}/exceptions?from=tomorrow`)).body).toMatchObject({ code: "invalid_from" });
    for (const date of dates) await send("DELETE", `${store}/exceptions/${date}`);
  });

  it("written concurrently leave the hours of one writer", async () => {
    const write = (start: string) => send("PUT", christmas, { json: { hours: [{ start, end: "20:00" }] } });
    await Promise.all(["08:00", "09:00", "10:00", "11:00"].map(write));
    const list = (await get(`${store}/exceptions`)) as { exceptions: { hours: unknown[] }[] };
    expect(list.exceptions.map(({ hours }) => hours.length)).toEqual([1]);
    await send("DELETE", christmas);
  });

  it.each([
    ["2023-02-30", { hours: [] }, "invalid_date"],
    ["tomorrow", { hours: [] }, "invalid_date"],
    ["2023-01-24", { hours: [{ start: "09:00", end: "09:00" }] }, "invalid_hours"],
    ["2023-01-24", { hours: [{ start: "9am", end: "17:00" }] }, "invalid_hours"],
    ["2023-01-24", { hours: [{ start: "24:00", end: "24:00" }] }, "invalid_hours"],
    ["2023-01-24", { hours: "closed" }, "invalid_hours"],
    ["2023-01-24", { hours: [], closed: true }, "unknown_field"],
  ])("refuses %s %j with %s", async (date, json, code) => {
    const { response, body } = await send("PUT", `${store}/exceptions/${date}`, { json });
    expect(response.status).toBe(400);
    expect(body).toMatchObject({ code });
  });
});
