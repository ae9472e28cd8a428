import type { RequestListener } from "node:http";
import { describe, expect, it, vi } from "vitest";
import { claimFeeds, endFeed, tokenOf } from "@/db/queries/calendar-feeds";
import { ScheduleExceptionListSchema } from "@/lib/contract/store-edit";
import { day, feedsApi, ics, serve } from "./test-support/feeds-api";
import { storeId } from "./test-support/stores-api";

const { database, send, get, server, feedPath, work, calendar, put, feed, dates, makeDue, readIn, audited, addressOf } =
  feedsApi();

describe("an address", () => {
  it("is fetched by the worker, and asked only for changes from then on", async () => {
    const id = await calendar();
    server.answer = serve(ics(...day("20230301")), { etag: '"1"', "last-modified": "Wed, 25 Jan 2023 10:00:00 GMT" });
    expect((await put(id, addressOf())).body).toMatchObject({ source: "address", last_read_at: null, total_dates: 0 });
    expect(server.received).toEqual([]);
    expect(await work()).toBe(true);
    expect(await work()).toBe(false);
    expect(await dates()).toEqual(["03-01"]);
    const first = await feed(id);
    expect(first).toMatchObject({ total_dates: 1, last_error: null });
    expect(await readIn()).toBeGreaterThan(3_500);

    server.answer = (_request, response) => void response.writeHead(304).end();
    expect((await send("POST", `${feedPath(id)}/refresh`)).response.status).toBe(202);
    await work();
    expect(server.received.map(({ headers }) => [headers["if-none-match"], headers["if-modified-since"]])).toEqual([
      [undefined, undefined],
      ['"1"', "Wed, 25 Jan 2023 10:00:00 GMT"],
    ]);
    expect(await feed(id)).toMatchObject({ last_changed_at: first.last_changed_at, last_error: null, total_dates: 1 });

    server.answer = serve(ics(...day("20230302")));
    await makeDue();
    await work();
    expect(await dates()).toEqual(["03-02"]);
    expect((await audited(id)).filter((action) => action.startsWith("feed"))).toEqual([
      ...["feed.set", "feed.update", "feed.update"],
    ]);
  });

  it("is fetched for a preview, which stores nothing", async () => {
    const id = await calendar();
    server.answer = serve(ics(...day("20230301")));
    const given_to = { all: false, brands: [], groups: [], store_ids: [storeId] };
    const preview = (feed: object) =>
      send("POST", "/api/v1/calendar-preview", {
        json: { name: "Closings", entries: [], given_to, calendar_id: id, feed },
      });
    const { url } = addressOf();
    const { response, body } = await preview({ url });
    expect(response.status).toBe(200);
    expect(body).toMatchObject({ stores: 1, dates: [{ date: "2023-03-01", closed: true }] });
    expect((await send("GET", feedPath(id))).body).toMatchObject({ code: "feed_not_found" });
    server.answer = (_request, response) => void response.writeHead(404).end();
    expect((await preview({ url })).body).toMatchObject({
      ...{ code: "invalid_icalendar", detail: "The address could not be read. It answered 404." },
      errors: [{ pointer: "/feed/url" }],
    });
    expect((await preview({ url, file: ics() })).body).toMatchObject({ errors: [{ pointer: "/feed/url" }] });
  });

  it("leaves the past as it was when it changes, and entries of the calendar apply rather than it", async () => {
    const entry = { name: "Own", on: { kind: "date", date: "2023-03-02" }, hours: [{ start: "10:00", end: "11:00" }] };
    const id = await calendar([entry]);
    server.answer = serve(ics(...day("20230120"), ...day("20230301"), ...day("20230302")));
    await put(id, addressOf());
    await work();
    expect(await dates()).toEqual(["01-20", "03-01", "03-02"]);
    const [own] = ScheduleExceptionListSchema.parse(
      await get(`/api/v1/stores/${storeId}/exceptions?from=2023-03-02&to=2023-03-02`),
    ).exceptions;
    expect(own).toMatchObject({ closed: false, calendar: { name: "Own" } });
    server.answer = serve(ics(...day("20230121"), ...day("20230302"), ...day("20230303")));
    await makeDue();
    await work();
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
    server.answer = serve(ics(...day("20230301")), { etag: '"1"' });
    await put(id, addressOf());
    await work();
    const { last_read_at, last_changed_at } = await feed(id);
    server.answer = listener;
    for (const least of [14, 29, 59]) {
      await makeDue();
      await work({ timeoutMs: 500 });
      expect(await readIn()).toBeGreaterThan(least * 60);
    }
    expect(await dates()).toEqual(["03-01"]);
    const after = await feed(id);
    expect(after).toMatchObject({ last_read_at, last_changed_at, total_dates: 1 });
    expect(after.last_error).toEqual(typeof error === "string" ? error : expect.stringMatching(error));
    server.answer = (_request, response) => void response.writeHead(304).end();
    await makeDue();
    await work();
    expect(await feed(id)).toMatchObject({ last_error: null, last_error_at: null, total_dates: 1 });
  });

  it("is asked again no sooner than it says", async () => {
    await put(await calendar(), addressOf());
    server.answer = (_request, response) => void response.writeHead(503, { "retry-after": "7200" }).end();
    await work();
    expect(await readIn()).toBeGreaterThan(7_100);
  });

  it("follows a redirect to an address that is allowed, and not for ever", async () => {
    const id = await calendar();
    await put(id, addressOf("/old"));
    server.answer = (request, response) => {
      if (request.url === "/new") serve(ics(...day("20230301")))(request, response);
      else response.writeHead(302, { location: "/new" }).end();
    };
    await work();
    expect(server.received.map(({ path }) => path)).toEqual(["/old", "/new"]);
    expect(await dates()).toEqual(["03-01"]);
    server.answer = (request, response) => void response.writeHead(302, { location: `${request.url ?? ""}x` }).end();
    await makeDue();
    await work();
    expect(server.received).toHaveLength(8);
    expect(await feed(id)).toMatchObject({ last_error: "It redirects too often.", total_dates: 1 });
    server.answer = (_request, response) => void response.writeHead(302, { location: "file:///etc/passwd" }).end();
    await makeDue();
    await work();
    expect((await feed(id)).last_error).toBe("Calendars are only fetched by https or http.");
  });

  it("that is private is refused when it is set, fetched, and resolved to", async () => {
    const id = await calendar();
    await put(id, addressOf());
    server.answer = serve(ics(...day("20230301")));
    await work({ allowPrivate: false });
    expect([server.received, (await feed(id)).last_error]).toEqual([[], "Calendars are only fetched by https."]);
    await database().sql`update calendar_feeds set url = 'https://rebind.example:8443/'`;
    await makeDue();
    const resolve = () => Promise.resolve([{ address: "127.0.0.1", family: 4 }]);
    await work({ allowPrivate: false, resolve });
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
    server.answer = (request, response) => {
      release = () => {
        serve(ics(...day("20230301")))(request, response);
      };
    };
    const first = work();
    await vi.waitUntil(() => server.received.length === 1);
    await send("POST", `${feedPath(id)}/refresh`);
    expect(await work()).toBe(false);
    release();
    await first;
    expect([server.received.length, await dates()]).toEqual([1, ["03-01"]]);
  });

  it("drop what they fetched of an address that has been replaced, and of one whose lease has expired", async () => {
    const id = await calendar();
    await put(id, addressOf("/old"));
    const [dead] = await claimFeeds(database(), 1, 60);
    await put(id, addressOf("/new"));
    server.answer = serve(ics(...day("20230302")));
    await work();
    expect(server.received.map(({ path }) => path)).toEqual(["/new"]);
    const read = { content: "x", dates: [], warnings: [], warningCount: 0, etag: null, lastModified: null };
    expect(dead && (await endFeed(database(), tokenOf(dead), 60, { ...read, isChanged: true }))).toBe(false);
    await makeDue();
    const [lost] = await claimFeeds(database(), 1, 60);
    expect(await work()).toBe(false);
    await database().sql`update calendar_feeds set lease_until = now()`;
    await work();
    expect(lost && (await endFeed(database(), tokenOf(lost), 60, { ...read, isChanged: true }))).toBe(false);
    expect([server.received.length, await dates()]).toEqual([2, ["03-02"]]);
  });

  it("drop what they fetched for a calendar that was deleted meanwhile", async () => {
    const id = await calendar();
    await put(id, addressOf());
    server.answer = (request, response) => {
      void send("DELETE", `/api/v1/calendars/${String(id)}`).then(() => {
        serve(ics(...day("20230301")))(request, response);
      });
    };
    await work();
    expect((await send("GET", feedPath(id))).body).toMatchObject({ code: "calendar_not_found" });
  });

  it("return a feed when they are told to stop", async () => {
    const id = await calendar();
    await put(id, addressOf());
    const stop = new AbortController();
    server.answer = () => {
      stop.abort();
    };
    expect(await work({ stop: stop.signal })).toBe(false);
    expect(await feed(id)).toMatchObject({ last_error: null, last_read_at: null });
    expect(await readIn()).toBeLessThanOrEqual(0);
  });
});
