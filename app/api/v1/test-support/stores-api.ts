import { afterAll, beforeAll, vi } from "vitest";
import type { Database } from "@/db/client";
import { testDb } from "@/db/testing/test-db";
import { expectDocumented, operationAt } from "@/lib/contract/test-support/expect-documented";
import { makeSnapshot } from "@/lib/server/reports/test-support/compute-next-report";

export const storeId = "8419537941919820732";
export const store = `/api/v1/stores/${storeId}`;
export const newest = "2023-01-25T18:13:22.479Z";

type Handler = (request: Request, context: { params: Promise<Record<string, string>> }) => Promise<Response>;

async function loadRoutes(url: string) {
  // The settings are read once, when the first of these is loaded.
  vi.stubEnv("DATABASE_URL", url);
  const modules: Record<string, Partial<Record<string, unknown>>> = {
    "/api/v1/stores": await import("../stores/route"),
    "/api/v1/stores.csv": await import("../stores.csv/route"),
    "/api/v1/stores/{store_id}": await import("../stores/[storeId]/route"),
    "/api/v1/stores/{store_id}/uptime": await import("../stores/[storeId]/uptime/route"),
    "/api/v1/stores/{store_id}/uptime.csv": await import("../stores/[storeId]/uptime.csv/route"),
    "/api/v1/stores/{store_id}/timeline": await import("../stores/[storeId]/timeline/route"),
    "/api/v1/stores/{store_id}/incidents": await import("../stores/[storeId]/incidents/route"),
    "/api/v1/stores/{store_id}/heatmap": await import("../stores/[storeId]/heatmap/route"),
    "/api/v1/stores/{store_id}/exceptions": await import("../stores/[storeId]/exceptions/route"),
    "/api/v1/stores/{store_id}/exceptions/{date}": await import("../stores/[storeId]/exceptions/[date]/route"),
    "/api/v1/stores/{store_id}/hours": await import("../stores/[storeId]/hours/route"),
    "/api/v1/stores/{store_id}/hours/preview": await import("../stores/[storeId]/hours/preview/route"),
    "/api/v1/stores/{store_id}/id": await import("../stores/[storeId]/id/route"),
    "/api/v1/stores/{store_id}/merge": await import("../stores/[storeId]/merge/route"),
    "/api/v1/store-merges": await import("../store-merges/route"),
    "/api/v1/store-merges/{merge_id}/undo": await import("../store-merges/[mergeId]/undo/route"),
    "/api/v1/deleted-stores": await import("../deleted-stores/route"),
    "/api/v1/deleted-stores/{deleted_store_id}/restore":
      await import("../deleted-stores/[deletedStoreId]/restore/route"),
    "/api/v1/exceptions": await import("../exceptions/route"),
    "/api/v1/calendars": await import("../calendars/route"),
    "/api/v1/calendar-preview": await import("../calendar-preview/route"),
    "/api/v1/calendars/{calendar_id}": await import("../calendars/[calendarId]/route"),
    "/api/v1/calendars/{calendar_id}/feed": await import("../calendars/[calendarId]/feed/route"),
    "/api/v1/calendars/{calendar_id}/feed/refresh": await import("../calendars/[calendarId]/feed/refresh/route"),
    "/api/v1/holidays": await import("../holidays/route"),
    "/api/v1/hours": await import("../hours/route"),
    "/api/v1/hours.csv": await import("../hours.csv/route"),
    "/api/v1/exceptions.csv": await import("../exceptions.csv/route"),
    "/api/v1/fleet": await import("../fleet/route"),
    "/api/v1/fleet/labels": await import("../fleet/labels/route"),
    "/api/v1/fleet/rollups": await import("../fleet/rollups/route"),
    "/api/v1/incidents": await import("../incidents/route"),
    "/api/v1/incidents.csv": await import("../incidents.csv/route"),
    "/api/v1/data-quality": await import("../data-quality/route"),
    "/api/v1/data-quality/{list}": await import("../data-quality/[list]/route"),
  };
  return { modules, closeDatabase: (await import("@/lib/server/database")).closeDatabase };
}
/** Names of path parameters in the folders of the routes, where they differ. */
const routeNames: Readonly<Record<string, string>> = {
  store_id: "storeId",
  merge_id: "mergeId",
  calendar_id: "calendarId",
  deleted_store_id: "deletedStoreId",
};

/** Gives the tests of a file the routes of stores, fleet and data quality on their own database. */
export function storesApi() {
  const database = testDb();
  let routes: Awaited<ReturnType<typeof loadRoutes>>;

  beforeAll(async () => {
    routes = await loadRoutes(database().url);
    await database().sql`create table polls_all partition of polls default`;
  }, 60_000);
  afterAll(async () => {
    await routes.closeDatabase();
    vi.unstubAllEnvs();
  });

  /** Sends a request as the router would, and compares the response with the API description. */
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
      return name === undefined ? [] : [[routeNames[name] ?? name, values[index] ?? ""] as const];
    });
    const handler = routes.modules[path]?.[method] as Handler | undefined;
    if (handler === undefined) throw new Error(`No route for ${method} ${path}.`);
    const response = await handler(request, { params: Promise.resolve(Object.fromEntries(named)) });
    return { response, body: await expectDocumented(request, response) };
  }
  const get = async (address: string) => (await send("GET", address)).body;
  return { database, send, get };
}

/** Four stores, one of them with hours, and three weeks of hourly polls of three of them. */
export async function plantStores(database: Database): Promise<void> {
  const { sql } = database;
  await sql`
    insert into stores (store_id, time_zone) values
      (${storeId}, 'America/New_York'), ('down', 'UTC'), ('no-hours', 'UTC'), ('nothing', null)`;
  await sql`
    insert into business_hours (store_key, day, start_second, end_second)
    select 1, day, 36000, 79200 from generate_series(0, 6) as day`;
  // Three weeks of hourly polls, with a gap of ten hours on the second-to-last day.
  await sql`
    insert into polls (store_key, at, active)
    select store, ${newest}::timestamptz - make_interval(hours => hour), store <> 2 and hour % 5 <> 0
    from generate_series(1, 3) as store, generate_series(0, 500) as hour where hour not between 20 and 29`;
  await sql`insert into poll_conflicts (store_key, at) values (1, ${newest}), (3, ${newest})`;
  await sql`update fleet_state set newest_poll_at = ${newest}, data_version = 1`;
  await makeSnapshot(database);
}
