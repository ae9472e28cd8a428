import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { CalendarSchema, type PutCalendar } from "@/lib/contract/calendars";
import { StoreMergeSchema } from "@/lib/contract/store-record";
import { ScheduleExceptionListSchema } from "@/lib/contract/store-edit";
import { runHeavyRead } from "@/lib/server/stores/heavy-reads";
import { plantStores, storeId, storesApi } from "./test-support/stores-api";

const { database, send, get } = storesApi();

beforeAll(() => plantStores(database()), 60_000);

beforeEach(async () => {
  await database().sql`delete from calendars`;
  await database().sql`update stores set brand = 'b' where store_key <= 2`;
});

const ungiven = { all: false, brands: [], groups: [], store_ids: [] };
const bodyOf = (given: Partial<PutCalendar>): PutCalendar => ({
  name: "Season",
  entries: [{ name: "x", on: { kind: "range", from: "2023-02-01", to: "2023-02-04" }, hours: [] }],
  given_to: ungiven,
  ...given,
});

async function save(method: "POST" | "PUT", address: string, given: Partial<PutCalendar>) {
  const { body, response } = await send(method, address, { json: bodyOf(given) });
  expect(response.ok, JSON.stringify(body)).toBe(true);
  return CalendarSchema.parse(body);
}
const create = (given: Partial<PutCalendar>) => save("POST", "/api/v1/calendars", given);
const at = (id: number): string => `/api/v1/calendars/${String(id)}`;
const put = (id: number, given: Partial<PutCalendar>) => save("PUT", at(id), given);

const daysOf = async (of: string) =>
  ScheduleExceptionListSchema.parse(
    await get(`/api/v1/stores/${of}/exceptions?from=2023-02-01&to=2023-02-28`),
  ).exceptions.map(({ date }) => date.slice(8));

describe("the stores of a calendar", () => {
  it.each([
    ["a store", { ...ungiven, store_ids: [storeId] }],
    ["a brand", { ...ungiven, brands: ["b"] }],
    ["all stores", { ...ungiven, all: true }],
  ])("have it again when a planned end is taken back: %s", async (_, given_to) => {
    const { id } = await create({ given_to });
    await put(id, { valid_from: "2023-02-03" });
    expect(await daysOf(storeId)).toEqual(["01", "02"]);
    expect((await put(id, { given_to })).given_to).toEqual(given_to);
    expect(await daysOf(storeId)).toEqual(["01", "02", "03", "04"]);
    expect((await put(id, { valid_from: "2023-02-02" })).given_to).toEqual(ungiven);
    expect(await daysOf(storeId)).toEqual(["01"]);
  });

  it("do not include a deleted one, which has the calendar again once it is restored", async () => {
    const { id, given_to } = await create({ given_to: { ...ungiven, store_ids: ["down", storeId] } });
    expect(given_to.store_ids).toHaveLength(2);
    await send("DELETE", "/api/v1/stores/down?confirm=down");
    const read = CalendarSchema.parse(await get(at(id)));
    expect(read.given_to.store_ids).toEqual([storeId]);
    // As read.
    expect((await put(id, { given_to: read.given_to })).given_to).toEqual(read.given_to);
    await send("POST", "/api/v1/deleted-stores/down/restore");
    expect(CalendarSchema.parse(await get(at(id))).given_to.store_ids.toSorted()).toEqual([storeId, "down"]);
    expect(await daysOf("down")).toHaveLength(4);
  });

  it("are the merged store instead of its earlier id, and each its own again after an undo", async () => {
    const source = { ...ungiven, store_ids: ["nothing"] };
    const { id } = await create({ given_to: source });
    const both = await create({ name: "Both", given_to: { ...ungiven, store_ids: ["no-hours", "nothing"] } });
    const merge = { json: { source_id: "nothing", dry_run: false } };
    const merged = StoreMergeSchema.parse((await send("POST", "/api/v1/stores/no-hours/merge", merge)).body);
    const storesOf = async (one: number) => CalendarSchema.parse(await get(at(one))).given_to.store_ids;
    expect([await storesOf(id), await storesOf(both.id)]).toEqual([["no-hours"], ["no-hours"]]);
    expect(await daysOf("no-hours")).toEqual(["01", "02", "03", "04"]);
    // What was read is saved without a change.
    await put(id, { given_to: { ...ungiven, store_ids: await storesOf(id) } });
    expect(await daysOf("no-hours")).toEqual(["01", "02", "03", "04"]);
    await send("POST", `/api/v1/store-merges/${String(merged.id)}/undo`);
    expect([await storesOf(id), await storesOf(both.id)]).toEqual([["nothing"], ["no-hours", "nothing"]]);
    await send("DELETE", at(both.id));
    expect([await daysOf("no-hours"), await daysOf("nothing")]).toEqual([[], ["01", "02", "03", "04"]]);
  });
});

describe("the preview of a calendar", () => {
  it("takes turns with the reads of very many polls, and is refused when too many wait", async () => {
    let finish = (): void => undefined;
    const held = new Promise<void>((resolve) => {
      finish = resolve;
    });
    const others = Array.from({ length: 31 }, () => runHeavyRead(() => held, "another"));
    const ask = () =>
      send("POST", "/api/v1/calendar-preview", { json: bodyOf({ given_to: { ...ungiven, all: true } }) });
    expect((await ask()).body).toMatchObject({ code: "overloaded" });
    finish();
    await Promise.all(others);
    expect((await ask()).response.status).toBe(200);
  });
});
