import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { claimReport } from "@/db/queries/report-queue";
import { queueSnapshotIfDue } from "@/db/queries/reports";
import { testDb } from "@/db/testing/test-db";
import { expectDocumented, operationAt } from "@/lib/contract/test-support/expect-documented";
import { operations } from "@/lib/contract/operations";
import { QualityListSchema } from "@/lib/contract/data-quality";
import { FleetSchema } from "@/lib/contract/fleet";
import { StoreIncidentsSchema, StoreRangeUptimeSchema, StoreTimelineSchema } from "@/lib/contract/store-history";
import { StoreDetailSchema } from "@/lib/contract/stores";
import { StoreUptimeSchema } from "@/lib/contract/uptime";
import { produceReport } from "@/lib/server/reports/produce-report";
import { getPollingGaps } from "@/lib/server/stores/get-fleet";

const database = testDb();
const storeId = "8419537941919820732";
const store = `/api/v1/stores/${storeId}`;
const newest = "2023-01-25T18:13:22.479Z";
const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

type Handler = (request: Request, context: { params: Promise<Record<string, string>> }) => Promise<Response>;

async function loadRoutes() {
  // The settings are read once, when the first of these is loaded.
  vi.stubEnv("DATABASE_URL", database().url);
  const modules: Record<string, Partial<Record<string, unknown>>> = {
    "/api/v1/stores": await import("./stores/route"),
    "/api/v1/stores.csv": await import("./stores.csv/route"),
    "/api/v1/stores/{store_id}": await import("./stores/[storeId]/route"),
    "/api/v1/stores/{store_id}/uptime": await import("./stores/[storeId]/uptime/route"),
    "/api/v1/stores/{store_id}/timeline": await import("./stores/[storeId]/timeline/route"),
    "/api/v1/stores/{store_id}/incidents": await import("./stores/[storeId]/incidents/route"),
    "/api/v1/stores/{store_id}/heatmap": await import("./stores/[storeId]/heatmap/route"),
    "/api/v1/stores/{store_id}/exceptions": await import("./stores/[storeId]/exceptions/route"),
    "/api/v1/stores/{store_id}/exceptions/{date}": await import("./stores/[storeId]/exceptions/[date]/route"),
    "/api/v1/fleet": await import("./fleet/route"),
    "/api/v1/fleet/labels": await import("./fleet/labels/route"),
    "/api/v1/data-quality": await import("./data-quality/route"),
    "/api/v1/data-quality/{list}": await import("./data-quality/[list]/route"),
  };
  return { modules, closeDatabase: (await import("@/lib/server/database")).closeDatabase };
}
let routes: Awaited<ReturnType<typeof loadRoutes>>;

/** Sends a request like the router, and checks the response against the documentation. */
async function send(method: string, address: string, init: RequestInit & { json?: unknown } = {}) {
  const { json, ...rest } = init;
  const headers = new Headers(init.headers);
  if (json !== undefined) headers.set("content-type", "application/json");
  const body = json === undefined ? {} : { body: JSON.stringify(json) };
  const request = new Request(`http://localhost${address}`, { ...rest, method, headers, ...body });
  const { pathname } = new URL(request.url);
  const { path } = operationAt(method, pathname);
  const values = pathname.split("/");
  const named = path.split("/").flatMap((part, index) => {
    const name = /^\{(.+)\}$/.exec(part)?.[1];
    return name === undefined ? [] : [[name === "store_id" ? "storeId" : name, values[index] ?? ""] as const];
  });
  const handler = routes.modules[path]?.[method] as Handler | undefined;
  if (handler === undefined) throw new Error(`No route for ${method} ${path}.`);
  const response = await handler(request, { params: Promise.resolve(Object.fromEntries(named)) });
  return { response, body: await expectDocumented(request, response) };
}
const get = async (address: string) => (await send("GET", address)).body;

async function makeSnapshot(): Promise<void> {
  await queueSnapshotIfDue(database(), 0);
  const claim = await claimReport(database(), { worker: "test", leaseSeconds: 30, maxStores: null });
  if (claim === null) throw new Error("No snapshot was due.");
  await produceReport(database(), claim);
}

beforeAll(async () => {
  routes = await loadRoutes();
  const { sql } = database();
  await sql`create table polls_all partition of polls default`;
  expect(FleetSchema.parse(await get("/api/v1/fleet"))).toMatchObject({
    snapshot: "none",
    newest_poll_at: null,
    as_of: null,
    windows: null,
    stores: 0,
  });
  await sql`
    insert into stores (store_id, time_zone) values
      (${storeId}, 'America/New_York'), ('down', 'UTC'), ('no-hours', 'UTC'), ('nothing', null)`;
  await sql`
    insert into business_hours (store_key, day, start_second, end_second)
    select 1, day, 36000, 79200 from generate_series(0, 6) as day`;
  // Three weeks of hourly polls, none for ten hours of the second last day.
  await sql`
    insert into polls (store_key, at, active)
    select store, ${newest}::timestamptz - make_interval(hours => hour), store <> 2 and hour % 5 <> 0
    from generate_series(1, 3) as store, generate_series(0, 500) as hour where hour not between 20 and 29`;
  await sql`insert into poll_conflicts (store_key, at) values (1, ${newest}), (3, ${newest})`;
  await sql`update fleet_state set newest_poll_at = ${newest}, data_version = 1`;
  await makeSnapshot();
}, 60_000);
afterAll(async () => {
  await routes.closeDatabase();
  vi.unstubAllEnvs();
});

describe("every operation of stores, uptime, fleet and data", () => {
  const mine = operations.filter(({ tag, path }) => {
    return (
      (["Stores", "Uptime", "Fleet"].includes(tag) || path.startsWith("/api/v1/data-quality")) && path.includes("v1")
    );
  });
  const reading = mine.filter(({ method }) => method === "GET");
  // A store may be renamed at any time, and the CSV is not read before it is sent: it has no ETag.
  const downloads = reading.filter(({ responses }) => responses.every(({ status }) => status !== 304));
  it.each(downloads.map((one) => [one.id, one.example] as const))("%s answers its example", async (_id, example) => {
    const { response } = await send("GET", example);
    expect(response.status).toBe(200);
    expect(response.headers.get("cache-control")).toBe("private, no-store");
  });
  const conditional = reading.filter((one) => !downloads.includes(one));
  it.each(conditional.map((one) => [one.id, one.example] as const))(
    "%s answers its example as documented, and 304 to who has it",
    async (_id, example) => {
      const { response } = await send("GET", example);
      expect(response.status).toBe(200);
      const etag = response.headers.get("etag") ?? "";
      expect(response.headers.get("cache-control")).toBe("private, no-store");
      const again = await send("GET", example, { headers: { "if-none-match": `"other", W/${etag}` } });
      expect(again.response.status).toBe(304);
      expect(again.response.headers.get("etag")).toBe(etag);
    },
  );
});

describe("uptime", () => {
  it("explains a window by segments that sum to its figures, beside the window before", async () => {
    const uptime = StoreUptimeSchema.parse(await get(`${store}/uptime?window=week&explain=segments`));
    const { up_ms: up, down_ms: down, unknown_ms: unknown } = uptime.windows.week;
    const ms = (state: string) =>
      (uptime.segments ?? [])
        .filter((segment) => segment.state === state)
        .reduce((sum, { start, end }) => sum + Date.parse(end) - Date.parse(start), 0);
    expect([ms("up"), ms("down"), ms("unknown")]).toEqual([up, down, unknown]);
    expect(unknown).toBeGreaterThan(0);
    const before = `from=${new Date(Date.parse(newest) - 14 * dayMs).toISOString()}&to=${new Date(Date.parse(newest) - 7 * dayMs).toISOString()}`;
    const range = StoreRangeUptimeSchema.parse(await get(`${store}/uptime?${before}`));
    expect(uptime.previous.week).toEqual(range.estimate);
  });

  it("gives the same figures to a range as to a window, and none to compare with where nothing is known", async () => {
    const start = new Date(Date.parse(newest) - 7 * dayMs).toISOString();
    const range = StoreRangeUptimeSchema.parse(await get(`${store}/uptime?from=${start}&bucket=hour`));
    const week = StoreUptimeSchema.parse(await get(`${store}/uptime`));
    expect(range.estimate).toEqual(week.windows.week);
    expect(range.previous).toEqual(week.previous.week);
    expect(range.buckets.reduce((sum, bucket) => sum + bucket.down_ms, 0)).toBe(week.windows.week.down_ms);
    const long = StoreRangeUptimeSchema.parse(await get(`${store}/uptime?from=2022-12-20T00:00:00Z`));
    expect(long.previous).toBeNull();
    expect(long.to).toBe(newest);
  });

  it("is as of the instant that is asked for", async () => {
    const asOf = "2023-01-20T12:00:00.000Z";
    const uptime = StoreUptimeSchema.parse(await get(`${store}/uptime?window=day&as_of=${asOf}`));
    expect(uptime.as_of).toBe(asOf);
    expect(uptime.buckets.at(-1)?.end).toBe(asOf);
  });

  it.each([
    ["from=2023-01-20T00:00:00Z&to=2023-01-20T00:00:00Z", "invalid_range", "/from"],
    ["from=2023-01-20T00:00:00Z&to=2023-01-19T00:00:00Z", "invalid_range", "/from"],
    ["from=2021-01-20T00:00:00Z&to=2023-01-19T00:00:00Z", "invalid_range", "/from"],
    ["from=2023-02-20T00:00:00Z", "invalid_range", "/from"],
    ["from=yesterday", "invalid_from", "/from"],
    ["from=2023-02-30T00:00:00Z", "invalid_from", "/from"],
    ["from=2023-01-20T00:00:00Z&to=2023-01-20", "invalid_to", "/to"],
    ["to=2023-01-20T00:00:00Z", "invalid_to", "/to"],
    ["bucket=hour", "invalid_bucket", "/bucket"],
    ["from=2023-01-20T00:00:00Z&window=day", "invalid_window", "/window"],
    ["as_of=2999-01-01T00:00:00Z", "invalid_as_of", "/as_of"],
    ["explain=yes", "invalid_explain", "/explain"],
    ["form=2023-01-20T00:00:00Z", "unknown_parameter", "/form"],
  ])("G23: refuses ?%s with %s", async (query, code, pointer) => {
    const { response, body } = await send("GET", `${store}/uptime?${query}`);
    expect(response.status).toBe(400);
    expect(body).toMatchObject({ code, errors: [{ pointer }] });
  });
});

describe("incidents", () => {
  const all = async (address: string) => {
    const incidents: unknown[] = [];
    for (let next: string | null = address; next !== null;) {
      const { response, body } = await send("GET", next);
      const page = StoreIncidentsSchema.parse(body);
      incidents.push(...page.incidents);
      const link = /^<(.+)>; rel="next"$/.exec(response.headers.get("link") ?? "")?.[1] ?? null;
      expect(link === null).toBe(page.next_cursor === null);
      next = link;
    }
    return incidents;
  };

  it("pages newest first without losing or repeating one", async () => {
    const whole = StoreIncidentsSchema.parse(await get(`${store}/incidents?limit=500`));
    expect(whole.total).toBeGreaterThan(5);
    const starts = whole.incidents.map(({ start }) => start);
    expect(starts).toEqual([...starts].sort().reverse());
    expect(await all(`${store}/incidents?limit=2`)).toEqual(whole.incidents);
  });

  it("tells the true start of one that began long before the range", async () => {
    const { incidents } = StoreIncidentsSchema.parse(
      await get("/api/v1/stores/down/incidents?from=2023-01-25T12:00:00Z"),
    );
    const first = Date.parse(newest) - 500 * hourMs;
    expect(incidents).toMatchObject([
      {
        start: new Date(first - 75 * 60_000).toISOString(),
        start_earliest: null,
        start_latest: new Date(first).toISOString(),
        end: newest,
        end_latest: null,
        ongoing: true,
        polls: 491,
      },
    ]);
  });

  it("refuses a cursor of another list, and one made by hand", async () => {
    const { next_cursor: cursor } = StoreIncidentsSchema.parse(await get(`${store}/incidents?limit=1`));
    expect(await get(`/api/v1/stores/down/incidents?cursor=${cursor ?? ""}`)).toMatchObject({ code: "invalid_cursor" });
    const [list] = Buffer.from(cursor ?? "", "base64url")
      .toString()
      .split(" ");
    for (const rest of ["0 1 2 3", "1e300 1e301 1e301 1", "1674000000000 1 1674000000000 1674000000000", "a b c d"]) {
      const forged = Buffer.from(`${list ?? ""} ${rest}`).toString("base64url");
      expect(await get(`${store}/incidents?cursor=${forged}`)).toMatchObject({ code: "invalid_cursor" });
    }
  });
});

describe("timeline and heatmap", () => {
  it("tells closed time and polls outside hours apart", async () => {
    const timeline = StoreTimelineSchema.parse(
      await get(`${store}/timeline?from=2023-01-24T00:00:00Z&to=2023-01-25T00:00:00Z`),
    );
    expect(timeline.segments[0]?.start).toBe("2023-01-24T00:00:00.000Z");
    expect(timeline.segments.at(-1)?.end).toBe("2023-01-25T00:00:00.000Z");
    // Ten to ten in New York.
    expect(timeline.segments).toContainEqual({
      start: "2023-01-24T03:00:00.000Z",
      end: "2023-01-24T15:00:00.000Z",
      state: "closed",
    });
    expect(timeline.polls.length).toBe(14);
    expect(timeline.polls.filter((poll) => !poll.in_hours).every(({ at }) => at < "2023-01-24T15")).toBe(true);
  });

  it("takes at most 35 days", async () => {
    expect(await get(`${store}/timeline?from=2022-12-01T00:00:00Z`)).toMatchObject({ code: "invalid_range" });
  });
});

describe("fleet", () => {
  it("adds up its hours to its week, and names the stretch without polls", async () => {
    const fleet = FleetSchema.parse(await get("/api/v1/fleet"));
    expect(fleet.hours.reduce((sum, hour) => sum + hour.down_ms, 0)).toBe(fleet.windows?.week.down_ms);
    expect(fleet.hours.reduce((sum, hour) => sum + hour.open_ms, 0)).toBe(fleet.windows?.week.open_ms);
    const before = (hours: number) => new Date(Date.parse(newest) - hours * hourMs).toISOString();
    expect(fleet.polling_gaps).toEqual([{ start: before(30), end: before(19) }]);
    expect(await getPollingGaps(database())).toEqual(fleet.polling_gaps);
    expect(fleet.stores).toBe(4);
    const ratios = (
      await Promise.all(
        [storeId, "down", "no-hours"].map(async (id) =>
          StoreUptimeSchema.parse(await get(`/api/v1/stores/${id}/uptime`)),
        ),
      )
    ).map(({ windows }) => windows.week.uptime_ratio ?? NaN);
    expect(fleet.median_uptime_ratio.week).toBe([...ratios].sort((a, b) => a - b)[1]);
  });
});

describe("data quality", () => {
  it("counts what each of its lists holds, page by page", async () => {
    const counts = (await get("/api/v1/data-quality")) as { counts: Record<string, number> };
    expect(counts.counts).toEqual({
      without_hours: 3,
      without_zone: 1,
      without_polls: 1,
      only_in_polls: 0,
      conflicts: 2,
      future_polls: 0,
    });
    for (const [list, count] of Object.entries(counts.counts)) {
      const ids: string[] = [];
      let query: string | null = "?limit=1";
      while (query !== null) {
        const page = QualityListSchema.parse(await get(`/api/v1/data-quality/${list}${query}`));
        ids.push(...page.entries.map((entry) => entry.store_id));
        query = page.next_cursor === null ? null : `?limit=1&cursor=${page.next_cursor}`;
      }
      expect(ids.length).toBe(count);
      expect(ids).toEqual([...ids].sort());
    }
    expect(await get("/api/v1/data-quality/nonsense")).toMatchObject({ code: "invalid_list" });
  });
});

describe("editing a store", () => {
  it("changes what is given, strips what is no text, and takes away what is null", async () => {
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
  ])("H8, H22: refuses %j with %s", async (json, code) => {
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

  it("replace the weekly hours of their date, change the figures, and go away again", async () => {
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

  it("written at once by two leave the hours of one of them", async () => {
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
