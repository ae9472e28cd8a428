import { createServer, type RequestListener, type Server } from "node:http";
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { claimFeeds, tokenOf, endFeed } from "@/db/queries/calendar-feeds";
import { CalendarFeedSchema, type CalendarFeed } from "@/lib/contract/calendar-feeds";
import { CalendarPreviewSchema, CalendarSchema } from "@/lib/contract/calendars";
import { ScheduleExceptionListSchema } from "@/lib/contract/store-edit";
import { StoreUptimeSchema } from "@/lib/contract/uptime";
import type * as work from "@/lib/server/jobs/work-on-feed";
import { plantStores, storeId, storesApi } from "./test-support/stores-api";

vi.stubEnv("WEBHOOK_ALLOW_PRIVATE", "1");
const { database, send, get } = storesApi();

interface Received {
  readonly path: string;
  readonly headers: Record<string, unknown>;
}
let received: Received[] = [];
let answer: RequestListener;
let server: Server;
let origin: string;

let readDueFeeds: typeof work.readDueFeeds;
let options: work.FeedOptions;

beforeAll(async () => {
  // It reads the settings, which the routes have by now.
  ({ readDueFeeds } = await import("@/lib/server/jobs/work-on-feed"));
  const { makeLog } = await import("@/lib/server/log");
  options = {
    allowPrivate: true,
    resolve: () => Promise.reject(new Error("no name is looked up")),
    timeoutMs: 5_000,
    leaseSeconds: 40,
    heartbeatSeconds: 10,
    stop: new AbortController().signal,
    log: makeLog("silent", { write: () => undefined }),
  };
  await plantStores(database());
}, 60_000);

beforeEach(async () => {
  await database().sql`delete from calendars`;
  received = [];
  server = createServer((request, response) => {
    received.push({ path: request.url ?? "", headers: request.headers });
    answer(request, response);
  });
  origin = await new Promise((resolve) => {
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      resolve(`http://127.0.0.1:${String(typeof address === "object" ? address?.port : 0)}`);
    });
  });
});
afterEach(() => {
  server.closeAllConnections();
  server.close();
});

const day = (date: string, title = "Closing") => [
  ...["BEGIN:VEVENT", `UID:${date}@example.com`, `SUMMARY:${title}`, `DTSTART;VALUE=DATE:${date}`, "END:VEVENT"],
];
const ics = (...lines: readonly string[]): string =>
  ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//test//EN", ...lines, "END:VCALENDAR", ""].join("\r\n");
const serve =
  (text: string, headers: Record<string, string> = {}): RequestListener =>
  (_request, response) =>
    void response.writeHead(200, { "content-type": "text/calendar", ...headers }).end(text);

async function calendar(entries: readonly unknown[] = [], valid_from = "beginning"): Promise<number> {
  const given_to = { all: false, brands: [], groups: [], store_ids: [storeId] };
  const json = { name: "Closings", entries, given_to, valid_from };
  const { body, response } = await send("POST", "/api/v1/calendars", { json });
  expect(response.status, JSON.stringify(body)).toBe(201);
  return CalendarSchema.parse(body).id;
}
const feedPath = (id: number): string => `/api/v1/calendars/${String(id)}/feed`;
const put = (id: number, json: unknown) => send("PUT", feedPath(id), { json });
const feed = async (id: number): Promise<CalendarFeed> => CalendarFeedSchema.parse(await get(feedPath(id)));
const dates = async (from = "2023-01-01", to = "2023-12-31") =>
  ScheduleExceptionListSchema.parse(
    await get(`/api/v1/stores/${storeId}/exceptions?from=${from}&to=${to}`),
  ).exceptions.map(({ date }) => date.slice(5));
const makeDue = () => database().sql`update calendar_feeds set next_read_at = now()`;
/** Seconds until the feed is read again, by the database's clock. */
async function readIn(): Promise<number> {
  const [row] = await database().sql<{ seconds: number }[]>`
    select extract(epoch from next_read_at - now())::float8 as seconds from calendar_feeds`;
  return row?.seconds ?? NaN;
}
async function audited(id: number): Promise<readonly string[]> {
  const rows = await database().sql<{ action: string }[]>`
    select action from audit_entries where subject = ${`calendar:${String(id)}`} order by id`;
  return rows.map(({ action }) => action);
}
const addressOf = (path = "/closings.ics", of = origin) => ({ url: `${of}${path}`, valid_from: "beginning" });

describe("a file", () => {
  it("gives a calendar its dates at once, and figures follow", async () => {
    const openMs = async () =>
      StoreUptimeSchema.parse(await get(`/api/v1/stores/${storeId}/uptime?window=week`)).windows.week.open_ms;
    const id = await calendar();
    const before = await openMs();
    const timed = [
      ...["BEGIN:VEVENT", "UID:2", "SUMMARY:Short day", "DTSTART;TZID=America/New_York:20230122T200000"],
      ...["DURATION:PT2H", "END:VEVENT"],
    ];
    const file = ics("X-WR-TIMEZONE:America/New_York", ...day("20230123"), ...timed, ...day("20230226"));
    const { body } = await put(id, { file, valid_from: "beginning" });
    expect(body).toMatchObject({ source: "file", url: null, total_dates: 3, warning_count: 0, last_error: null });
    expect(CalendarFeedSchema.parse(body).dates.map(({ date }) => date)).toEqual(["2023-02-26"]);
    expect(await dates()).toEqual(["01-22", "01-23", "02-26"]);
    expect(before - (await openMs())).toBe(14 * 3_600_000);
    expect(await audited(id)).toContain("feed.set");
  });

  it("is refused with its line, and an event that cannot be read is left out with a warning", async () => {
    const id = await calendar();
    const refused = await put(id, { file: ics("BEGIN:VEVENT") });
    expect([refused.response.status, refused.body]).toMatchObject([
      422,
      { code: "invalid_icalendar", errors: [{ pointer: "/file" }] },
    ]);
    expect((await put(id, { file: "\0" })).body).toMatchObject({ code: "invalid_icalendar" });
    expect((await put(id, { file: ics(), time_zone: "Mars" })).body).toMatchObject({ code: "invalid_zone" });
    expect((await put(id, { file: ics(), url: origin })).body).toMatchObject({ code: "invalid_url" });
    expect((await put(id, {})).body).toMatchObject({ code: "invalid_url" });
    const later = await put(id, { file: ics(), valid_from: "2023-01-27" });
    expect(later.body).toMatchObject({ code: "invalid_valid_from", errors: [{ pointer: "/valid_from" }] });
    expect((await send("GET", feedPath(id))).body).toMatchObject({ code: "feed_not_found" });
    expect((await put(900, { file: ics() })).body).toMatchObject({ code: "calendar_not_found" });
    const { body } = await put(id, {
      file: ics(...day("20230301"), "BEGIN:VEVENT", "SUMMARY:x\u{1f384}", "END:VEVENT"),
    });
    expect(body).toMatchObject({ total_dates: 1, warning_count: 1, warnings: [{ title: "x\u{1f384}" }] });
  });

  it("is read again as time goes on", async () => {
    const id = await calendar();
    const yearly = ["BEGIN:VEVENT", "UID:3", "DTSTART;VALUE=DATE:20200704", "RRULE:FREQ=YEARLY", "END:VEVENT"];
    await put(id, { file: ics(...yearly), valid_from: "beginning" });
    expect(await dates("2022-01-01", "2025-12-31")).toHaveLength(3);
    await database().sql`update fleet_state set newest_poll_at = '2024-08-01T00:00:00Z'`;
    await makeDue();
    await readDueFeeds(database(), options);
    await database().sql`update fleet_state set newest_poll_at = '2023-01-25T18:13:22.479Z'`;
    // 2022 to 2024 were read before, and stay; 2025 and 2026 are within two years now.
    expect(await dates("2022-01-01", "2027-12-31")).toHaveLength(5);
    expect(received).toEqual([]);
    expect(await readIn()).toBeGreaterThan(86_000);
  });

  it("is previewed with its effect before it is set", async () => {
    const id = await calendar();
    const given_to = { all: false, brands: [], groups: [], store_ids: [storeId] };
    const json = {
      ...{ name: "Closings", entries: [], given_to, valid_from: "beginning", calendar_id: id },
      feed: { file: ics(...day("20230124", "Inventory")) },
    };
    const { body } = await send("POST", "/api/v1/calendar-preview", { json });
    const preview = CalendarPreviewSchema.parse(body);
    expect(preview.dates).toMatchObject([{ date: "2023-01-24", name: "Inventory", closed: true }]);
    expect(preview.before.open_ms - preview.after.open_ms).toBe(12 * 3_600_000);
    expect(await dates()).toEqual([]);
    const broken = await send("POST", "/api/v1/calendar-preview", { json: { ...json, feed: { file: "x" } } });
    expect(broken.body).toMatchObject({ code: "invalid_icalendar", errors: [{ pointer: "/feed/file" }] });
  });
});

describe("an address", () => {
  it("is fetched by the worker, and asked only for changes from then on", async () => {
    const id = await calendar();
    answer = serve(ics(...day("20230301")), { etag: '"1"', "last-modified": "Wed, 25 Jan 2023 10:00:00 GMT" });
    expect((await put(id, addressOf())).body).toMatchObject({ source: "address", last_read_at: null, total_dates: 0 });
    expect(received).toEqual([]);
    expect(await readDueFeeds(database(), options)).toBe(true);
    expect(await readDueFeeds(database(), options)).toBe(false);
    expect(await dates()).toEqual(["03-01"]);
    const first = await feed(id);
    expect(first).toMatchObject({ total_dates: 1, last_error: null });
    expect(await readIn()).toBeGreaterThan(3_500);

    answer = (_request, response) => void response.writeHead(304).end();
    expect((await send("POST", `${feedPath(id)}/refresh`)).response.status).toBe(202);
    await readDueFeeds(database(), options);
    expect(received.map(({ headers }) => [headers["if-none-match"], headers["if-modified-since"]])).toEqual([
      [undefined, undefined],
      ['"1"', "Wed, 25 Jan 2023 10:00:00 GMT"],
    ]);
    expect(await feed(id)).toMatchObject({ last_changed_at: first.last_changed_at, last_error: null, total_dates: 1 });

    answer = serve(ics(...day("20230302")));
    await makeDue();
    await readDueFeeds(database(), options);
    expect(await dates()).toEqual(["03-02"]);
    expect((await audited(id)).filter((action) => action.startsWith("feed"))).toEqual([
      ...["feed.set", "feed.update", "feed.update"],
    ]);
  });

  it("leaves the past as it was when it changes, and entries of the calendar apply rather than it", async () => {
    const entry = { name: "Own", on: { kind: "date", date: "2023-03-02" }, hours: [{ start: "10:00", end: "11:00" }] };
    const id = await calendar([entry]);
    answer = serve(ics(...day("20230120"), ...day("20230301"), ...day("20230302")));
    await put(id, addressOf());
    await readDueFeeds(database(), options);
    expect(await dates()).toEqual(["01-20", "03-01", "03-02"]);
    const [own] = ScheduleExceptionListSchema.parse(
      await get(`/api/v1/stores/${storeId}/exceptions?from=2023-03-02&to=2023-03-02`),
    ).exceptions;
    expect(own).toMatchObject({ closed: false, calendar: { name: "Own" } });
    answer = serve(ics(...day("20230121"), ...day("20230302"), ...day("20230303")));
    await makeDue();
    await readDueFeeds(database(), options);
    expect(await dates()).toEqual(["01-20", "03-02", "03-03"]);
    // A change of the calendar keeps what the feed gives.
    const given_to = { all: false, brands: [], groups: [], store_ids: [storeId] };
    await send("PUT", `/api/v1/calendars/${String(id)}`, { json: { name: "Closings", entries: [], given_to } });
    expect(await dates()).toEqual(["01-20", "03-02", "03-03"]);
    expect((await send("DELETE", feedPath(id))).response.status).toBe(204);
    expect(await dates()).toEqual(["01-20"]);
    expect((await send("DELETE", feedPath(id))).body).toMatchObject({ code: "feed_not_found" });
    expect(await audited(id)).toContain("feed.remove");
  });

  const broken: readonly [string, RequestListener, string | RegExp][] = [
    ["that is gone", (_request, response) => void response.writeHead(404).end(), "It answered 404."],
    ["that is a web page", serve("<!doctype html>Sign in"), /^Line 1: this is a web page/],
    ["that was cut off", serve("BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n"), /was cut off/],
    ["that is not UTF-8", (_request, response) => void response.writeHead(200).end(Buffer.from([0xff])), /not UTF-8/],
    ["that is compressed", serve("x", { "content-encoding": "gzip" }), /encoding gzip/],
    ["that is too large", serve(ics(`X-A:${"x".repeat(5_000_001)}`)), /larger than 5 MB/],
    ["that does not answer", () => undefined, "There was no response in time."],
    ["that is empty", serve(""), /the calendar is empty/],
    [
      "that breaks off",
      (_request, response) => {
        response.writeHead(200, { "content-length": "1000" }).write("BEGIN:VCALENDAR");
        response.destroy();
      },
      "The connection failed.",
    ],
  ];
  it.each(broken)("%s keeps the dates that were read", async (_name, listener, error) => {
    const id = await calendar();
    answer = serve(ics(...day("20230301")), { etag: '"1"' });
    await put(id, addressOf());
    await readDueFeeds(database(), options);
    const { last_read_at, last_changed_at } = await feed(id);
    answer = listener;
    for (const least of [14, 29, 59]) {
      await makeDue();
      await readDueFeeds(database(), { ...options, timeoutMs: 500 });
      expect(await readIn()).toBeGreaterThan(least * 60);
    }
    expect(await dates()).toEqual(["03-01"]);
    const after = await feed(id);
    expect(after).toMatchObject({ last_read_at, last_changed_at, total_dates: 1 });
    expect(after.last_error).toEqual(typeof error === "string" ? error : expect.stringMatching(error));
    answer = (_request, response) => void response.writeHead(304).end();
    await makeDue();
    await readDueFeeds(database(), options);
    expect(await feed(id)).toMatchObject({ last_error: null, last_error_at: null, total_dates: 1 });
  });

  it("is asked again no sooner than it says", async () => {
    await put(await calendar(), addressOf());
    answer = (_request, response) => void response.writeHead(503, { "retry-after": "7200" }).end();
    await readDueFeeds(database(), options);
    expect(await readIn()).toBeGreaterThan(7_100);
  });

  it("follows a redirect to an address that is allowed, and not for ever", async () => {
    const id = await calendar();
    await put(id, addressOf("/old"));
    answer = (request, response) => {
      if (request.url === "/new") serve(ics(...day("20230301")))(request, response);
      else response.writeHead(302, { location: "/new" }).end();
    };
    await readDueFeeds(database(), options);
    expect(received.map(({ path }) => path)).toEqual(["/old", "/new"]);
    expect(await dates()).toEqual(["03-01"]);
    answer = (request, response) => void response.writeHead(302, { location: `${request.url ?? ""}x` }).end();
    await makeDue();
    await readDueFeeds(database(), options);
    expect(received).toHaveLength(8);
    expect(await feed(id)).toMatchObject({ last_error: "It redirects too often.", total_dates: 1 });
    answer = (_request, response) => void response.writeHead(302, { location: "file:///etc/passwd" }).end();
    await makeDue();
    await readDueFeeds(database(), options);
    expect((await feed(id)).last_error).toBe("Calendars are only fetched by https or http.");
  });

  it("that is private is refused when it is set, fetched, and resolved to", async () => {
    const id = await calendar();
    await put(id, addressOf());
    answer = serve(ics(...day("20230301")));
    await readDueFeeds(database(), { ...options, allowPrivate: false });
    expect([received, (await feed(id)).last_error]).toEqual([[], "Calendars are only fetched by https."]);
    await database().sql`update calendar_feeds set url = 'https://rebind.example:8443/'`;
    await makeDue();
    const resolve = () => Promise.resolve([{ address: "127.0.0.1", family: 4 }]);
    await readDueFeeds(database(), { ...options, allowPrivate: false, resolve });
    expect((await feed(id)).last_error).toBe(
      "The host name resolves to an address that is not on the public internet.",
    );
    expect((await put(id, { url: "ftp://example.com/x.ics" })).body).toMatchObject({
      code: "feed_url_not_allowed",
      errors: [{ pointer: "/url" }],
    });
    expect((await put(id, { url: "https://me:secret@example.com/x.ics" })).body).toMatchObject({
      code: "feed_url_not_allowed",
    });
  });
});

describe("several workers", () => {
  it("fetch an address once, also when it is asked for again meanwhile", async () => {
    const id = await calendar();
    await put(id, addressOf());
    let release = (): void => undefined;
    answer = (request, response) => {
      release = () => {
        serve(ics(...day("20230301")))(request, response);
      };
    };
    const first = readDueFeeds(database(), options);
    await vi.waitUntil(() => received.length === 1);
    await send("POST", `${feedPath(id)}/refresh`);
    expect(await readDueFeeds(database(), options)).toBe(false);
    release();
    await first;
    expect([received.length, await dates()]).toEqual([1, ["03-01"]]);
  });

  it("drop what they fetched of an address that has been replaced, and of one whose lease has expired", async () => {
    const id = await calendar();
    await put(id, addressOf("/old"));
    const [dead] = await claimFeeds(database(), 1, 60);
    await put(id, addressOf("/new"));
    answer = serve(ics(...day("20230302")));
    await readDueFeeds(database(), options);
    expect(received.map(({ path }) => path)).toEqual(["/new"]);
    const read = { content: "x", dates: [], warnings: [], warningCount: 0, etag: null, lastModified: null };
    expect(dead && (await endFeed(database(), tokenOf(dead), 60, { ...read, isChanged: true }))).toBe(false);
    await makeDue();
    const [lost] = await claimFeeds(database(), 1, 60);
    expect(await readDueFeeds(database(), options)).toBe(false);
    await database().sql`update calendar_feeds set lease_until = now()`;
    await readDueFeeds(database(), options);
    expect(lost && (await endFeed(database(), tokenOf(lost), 60, { ...read, isChanged: true }))).toBe(false);
    expect([received.length, await dates()]).toEqual([2, ["03-02"]]);
  });

  it("drop what they fetched for a calendar that was deleted meanwhile", async () => {
    const id = await calendar();
    await put(id, addressOf());
    answer = (request, response) => {
      void send("DELETE", `/api/v1/calendars/${String(id)}`).then(() => {
        serve(ics(...day("20230301")))(request, response);
      });
    };
    await readDueFeeds(database(), options);
    expect((await send("GET", feedPath(id))).body).toMatchObject({ code: "calendar_not_found" });
  });

  it("return a feed when they are told to stop", async () => {
    const id = await calendar();
    await put(id, addressOf());
    const stop = new AbortController();
    answer = () => {
      stop.abort();
    };
    expect(await readDueFeeds(database(), { ...options, stop: stop.signal })).toBe(false);
    expect(await feed(id)).toMatchObject({ last_error: null, last_read_at: null });
    expect(await readIn()).toBeLessThanOrEqual(0);
  });
});
