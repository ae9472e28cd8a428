import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { failReport } from "@/db/queries/report-queue";
import { testDb } from "@/db/testing/test-db";
import { LegacyReportSchema, ReportLineSchema, ReportListSchema, ReportSchema } from "@/lib/contract/reports";
import { claimNextReport, computeNextReport } from "@/lib/server/reports/test-support/compute-next-report";

const database = testDb();
const storeId = "8419537941919820732";
const newest = "2023-01-25T18:13:22.479Z";

async function loadRoutes() {
  // The settings are read once, when the first of these is loaded.
  vi.stubEnv("DATABASE_URL", database().url);
  return {
    trigger: await import("./[storeId]/trigger_report/route"),
    legacy: await import("./get_report/route"),
    reports: await import("../api/v1/reports/route"),
    report: await import("../api/v1/reports/[reportId]/route"),
    nothing: await import("../api/[[...rest]]/route"),
    closeDatabase: (await import("@/lib/server/database")).closeDatabase,
  };
}
let routes: Awaited<ReturnType<typeof loadRoutes>>;

beforeAll(async () => {
  routes = await loadRoutes();
  const { sql } = database();
  await sql`create table polls_all partition of polls default`;
  await sql`insert into stores (store_id) values (${storeId}), ('other')`;
  await sql`
    insert into polls (store_key, at, active)
    select store, ${newest}::timestamptz - make_interval(hours => hour), (store + hour) % 4 <> 0
    from generate_series(1, 2) as store, generate_series(0, 200) as hour`;
  await sql`update fleet_state set newest_poll_at = ${newest}, data_version = 1`;
});
beforeEach(async () => {
  await database().sql`truncate reports, report_rows restart identity`;
});
afterAll(async () => {
  await routes.closeDatabase();
  vi.unstubAllEnvs();
});

/** What a worker does with the next report. */
async function work(end: "complete" | "failed" = "complete"): Promise<void> {
  if (end === "complete") await computeNextReport(database());
  else await failReport(database(), await claimNextReport(database()), { code: "internal", reason: "It failed." });
}

type Method = "GET" | "HEAD";
const trigger = (
  id: string,
  { search = "", method = "GET" }: { search?: string; method?: Method } = {},
): Promise<Response> =>
  routes.trigger[method](new Request(`http://shop.example:8000/store/${id}/trigger_report/${search}`, { method }), {
    params: Promise.resolve({ storeId: id }),
  });

const getReport = (
  body: string,
  headers: Record<string, string> = { "content-type": "application/json" },
  search = "",
): Promise<Response> =>
  routes.legacy.POST(
    new Request(`http://localhost/store/get_report/${search}`, {
      method: "POST",
      body,
      headers: { host: "shop.example:8000", ...headers },
    }),
    { params: Promise.resolve({}) },
  );

const create = (body: unknown): Promise<Response> =>
  routes.reports.POST(
    new Request("http://localhost/api/v1/reports", {
      method: "POST",
      body: JSON.stringify(body),
      headers: { "content-type": "application/json" },
    }),
    { params: Promise.resolve({}) },
  );

const read = (reportId: string, headers: Record<string, string> = {}, method: Method = "GET"): Promise<Response> =>
  routes.report[method](new Request(`http://localhost/api/v1/reports/${reportId}`, { method, headers }), {
    params: Promise.resolve({ reportId }),
  });

const count = async (): Promise<number> => {
  const [row] = await database().sql<{ count: number }[]>`select count(*)::int as count from reports`;
  return row?.count ?? 0;
};

describe("GET /store/{store_id}/trigger_report/", () => {
  it("queues a report by the original rule and returns its id as a number", async () => {
    const response = await trigger(storeId);
    expect([response.status, response.headers.get("cache-control")]).toEqual([200, "private, no-store"]);
    expect(await response.text()).toBe('{"report_id":1}');
    expect(await (await read("1")).json()).toMatchObject({ store_id: storeId, method: "poll_count", as_of: newest });
  });

  it("joins the same report while it is in progress, but not one by the other method", async () => {
    const ids = await Promise.all(Array.from({ length: 20 }, async () => (await trigger(storeId)).text()));
    expect(new Set(ids).size).toBe(1);
    expect(await (await trigger(storeId, { search: "?method=interpolated" })).text()).not.toEqual(ids[0]);
    expect(await count()).toBe(2);
  });

  it("does not join a report of older data", async () => {
    const first = await (await trigger(storeId)).text();
    await database().sql`update fleet_state set data_version = data_version + 1`;
    expect(await (await trigger(storeId)).text()).not.toEqual(first);
  });

  it("creates nothing for a HEAD request", async () => {
    expect((await trigger(storeId, { method: "HEAD" })).status).toBe(200);
    expect((await trigger("nobody", { method: "HEAD" })).status).toBe(404);
    expect(await count()).toBe(0);
  });

  it("rejects unknown stores, invalid ids, and unknown parameters", async () => {
    const problems = await Promise.all(
      [
        trigger("nobody"),
        trigger("a b"),
        trigger(storeId, { search: "?methd=x" }),
        trigger(storeId, { search: "?method=x" }),
      ].map(async (response): Promise<unknown> => (await response).json()),
    );
    expect(problems).toMatchObject([
      { status: 404, code: "store_not_found" },
      { status: 400, code: "invalid_store_id" },
      { status: 400, code: "unknown_parameter" },
      { status: 400, code: "invalid_method" },
    ]);
    expect(await count()).toBe(0);
  });
});

describe("POST /store/get_report/", () => {
  it("says Running until the report has ended", async () => {
    await trigger(storeId);
    const response = await getReport('{"report_id": 1}');
    expect([response.status, response.headers.get("retry-after"), response.headers.get("cache-control")]).toEqual([
      200,
      "2",
      "private, no-store",
    ]);
    expect(await response.text()).toBe('{"status":"Running"}');
  });

  it("returns figures and the address of the CSV, at the requested host", async () => {
    await trigger(storeId);
    await work();
    const body: unknown = await (await getReport('{"report_id": "1"}')).json();
    expect(LegacyReportSchema.parse(body)).toEqual({
      status: "Complete",
      report_url: "http://shop.example:8000/api/v1/reports/1.csv",
      last_one_hour_data: { uptime: 60, downtime: 0, unit: "minutes" },
      last_one_day_data: { uptime: 19, downtime: 6, unit: "hours" },
      last_one_week_data: { uptime: 127, downtime: 42, unit: "hours" },
      method: "poll_count",
      as_of: newest,
    });
  });

  it("accepts the method that the report was triggered with, and rejects another", async () => {
    await trigger(storeId, { search: "?method=interpolated" });
    const ask = async (search: string): Promise<unknown> =>
      (await getReport('{"report_id": 1}', undefined, search)).json();
    expect(await ask("?method=interpolated")).toEqual({ status: "Running" });
    expect(await ask("?method=poll_count")).toMatchObject({ status: 400, code: "invalid_method" });
    expect(await ask("?method=guess")).toMatchObject({ status: 400, code: "invalid_method" });
    expect(await ask("?methd=interpolated")).toMatchObject({ status: 400, code: "unknown_parameter" });
  });

  it("returns why a report failed, with status 200", async () => {
    await trigger(storeId);
    await work("failed");
    const response = await getReport('{"report_id": 1}');
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({ status: "Failed", code: "internal", reason: "It failed." });
  });

  it("accepts what curl -d sends without a content type", async () => {
    await trigger(storeId);
    const form = { "content-type": "application/x-www-form-urlencoded" };
    expect(await (await getReport('{"report_id": 1}', form)).json()).toEqual({ status: "Running" });
  });

  it.each([
    ["{}", 400, "missing_report_id"],
    ['{"report_id": null}', 400, "invalid_report_id"],
    ['{"report_id": 99999999999999999999}', 400, "invalid_report_id"],
    ['{"report_id": "999999999999999999"}', 404, "report_not_found"],
    ['{"report_id": 9007199254740991}', 404, "report_not_found"],
    ['{"report_id": 2147483648}', 404, "report_not_found"],
    ['{"report_id": 12}', 404, "report_not_found"],
    ["{", 400, "invalid_json"],
    ["[]", 400, "invalid_type"],
  ])("%s is %i %s", async (body, status, code) => {
    expect(await (await getReport(body)).json()).toMatchObject({ status, code });
  });
});

describe("/api/v1/reports", () => {
  it("queues, shows the state and lists, newest first, a page at a time", async () => {
    const response = await create({ scope: "fleet", as_of: "2023-01-24T00:00:00.1239Z" });
    expect([response.status, response.headers.get("location")]).toEqual([202, "/api/v1/reports/1"]);
    expect(response.headers.get("retry-after")).toMatch(/^\d+$/);
    expect(ReportSchema.parse(await response.json())).toMatchObject({
      id: 1,
      state: "queued",
      scope: "fleet",
      method: "interpolated",
      as_of: "2023-01-24T00:00:00.123Z",
    });
    await create({ store_id: storeId });
    await create({ store_ids: [storeId, "other", storeId] });
    const list = async (search: string) => {
      const request = new Request(`http://localhost/api/v1/reports${search}`);
      return ReportListSchema.parse(await (await routes.reports.GET(request, { params: Promise.resolve({}) })).json());
    };
    const first = await list("?limit=2");
    const second = await list(`?limit=2&cursor=${first.next_cursor ?? ""}`);
    expect([...first.reports, ...second.reports].map(({ id, scope }) => [id, scope])).toEqual([
      [3, "stores"],
      [2, "store"],
      [1, "fleet"],
    ]);
    expect(second.next_cursor).toBeNull();
  });

  it("names unknown stores", async () => {
    const response = await create({ store_ids: ["ghost", storeId, "spook"] });
    expect(await response.json()).toMatchObject({
      status: 404,
      code: "store_not_found",
      errors: [{ value: "ghost" }, { value: "spook" }],
    });
  });

  it.each(["1999-12-31T00:00:00Z", "9999-01-01T00:00:00Z", "yesterday"])("is not as of %s", async (as_of) => {
    expect(await (await create({ scope: "fleet", as_of })).json()).toMatchObject({
      status: 400,
      code: "invalid_as_of",
    });
  });

  it("serves the download only when it is complete, and then unchanged", async () => {
    await create({ scope: "fleet" });
    const early = await read("1.csv");
    expect([early.status, early.headers.get("retry-after")]).toEqual([409, "2"]);
    expect(await early.json()).toMatchObject({ code: "report_not_ready" });
    await work();

    const csv = await read("1.csv");
    const text = await csv.text();
    expect(csv.headers.get("content-type")).toBe("text/csv; charset=utf-8; header=present");
    expect(csv.headers.get("content-disposition")).toMatch(
      /^attachment; filename="report-1-2023-01-25T[0-9.Z-]+\.csv"$/,
    );
    expect(csv.headers.get("cache-control")).toBe("private, no-store");
    expect(text.split("\r\n").map((line) => line.split(",")[0])).toEqual(["store_id", storeId, "other", ""]);
    expect(await (await read("1.csv")).text()).toBe(text);

    const etag = csv.headers.get("etag") ?? "";
    expect(etag).toMatch(/^"[^"]+"$/);
    const again = await read("1.csv", { "if-none-match": `"x", W/${etag}` });
    expect([again.status, await again.text(), again.headers.get("etag")]).toEqual([304, "", etag]);
    const head = await read("1.csv", {}, "HEAD");
    expect([head.status, head.headers.get("etag"), await head.text()]).toEqual([200, etag, ""]);

    const ndjson = await read("1.ndjson");
    expect(ndjson.headers.get("etag")).not.toBe(etag);
    const lines = (await ndjson.text()).split("\n");
    expect(lines.pop()).toBe("");
    expect(lines.map((line) => ReportLineSchema.parse(JSON.parse(line)).store_id)).toEqual([storeId, "other"]);
  });

  it.each(["1.pdf", "01", "1.csv.csv", "x", "-1"])("has no report %s", async (id) => {
    expect(await (await read(id)).json()).toMatchObject({ status: 400, code: "invalid_report_id" });
  });
});

it("responds to an unknown address with a problem, for every method", async () => {
  const request = new Request("http://localhost/api/nope", { method: "DELETE" });
  const response = await routes.nothing.DELETE(request, { params: Promise.resolve({}) });
  expect(await response.json()).toMatchObject({ status: 404, code: "not_found" });
});
