import { createServer, type IncomingHttpHeaders, type RequestListener, type Server } from "node:http";
import { afterEach, beforeAll, beforeEach, expect, vi } from "vitest";
import { CalendarFeedSchema, type CalendarFeed } from "@/lib/contract/calendar-feeds";
import { CalendarSchema } from "@/lib/contract/calendars";
import { ScheduleExceptionListSchema } from "@/lib/contract/store-edit";
import type * as work from "@/lib/server/jobs/work-on-feed";
import { plantStores, storeId, storesApi } from "./stores-api";

/** An all-day event on a date like 20230123. */
export const day = (date: string, title = "Closing"): readonly string[] => [
  ...["BEGIN:VEVENT", `UID:${date}@example.com`, `SUMMARY:${title}`, `DTSTART;VALUE=DATE:${date}`, "END:VEVENT"],
];

export const ics = (...lines: readonly string[]): string =>
  ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//test//EN", ...lines, "END:VCALENDAR", ""].join("\r\n");

export const serve =
  (text: string, headers: Record<string, string> = {}): RequestListener =>
  (_request, response) =>
    void response.writeHead(200, { "content-type": "text/calendar", ...headers }).end(text);

/** The server of calendars that the tests set addresses of. */
interface CalendarServer {
  answer: RequestListener;
  received: { readonly path: string; readonly headers: IncomingHttpHeaders }[];
  origin: string;
}

/** Gives the tests of a file a calendar server of their own. */
function calendarServer(): CalendarServer {
  const state: CalendarServer = { answer: serve(ics()), received: [], origin: "" };
  let server: Server;
  beforeEach(async () => {
    state.received = [];
    server = createServer((request, response) => {
      state.received.push({ path: request.url ?? "", headers: request.headers });
      state.answer(request, response);
    });
    state.origin = await new Promise((resolve) => {
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
  return state;
}

/** Gives the tests of a file the routes of stores, a calendar server, and what works on feeds. */
export function feedsApi() {
  vi.stubEnv("WEBHOOK_ALLOW_PRIVATE", "1");
  const { database, send, get } = storesApi();
  const server = calendarServer();
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
  beforeEach(() => database().sql`delete from calendars`);

  const feedPath = (id: number): string => `/api/v1/calendars/${String(id)}/feed`;
  return {
    ...{ database, send, get, server, feedPath },
    /** Reads the due feeds, as a worker does. */
    work: (changes: Partial<work.FeedOptions> = {}) => readDueFeeds(database(), { ...options, ...changes }),
    /** Creates a calendar of one store. @returns its id */
    calendar: async (entries: readonly unknown[] = []): Promise<number> => {
      const given_to = { all: false, brands: [], groups: [], store_ids: [storeId] };
      const json = { name: "Closings", entries, given_to, valid_from: "beginning" };
      const { body, response } = await send("POST", "/api/v1/calendars", { json });
      expect(response.status, JSON.stringify(body)).toBe(201);
      return CalendarSchema.parse(body).id;
    },
    put: (id: number, json: unknown) => send("PUT", feedPath(id), { json }),
    feed: async (id: number): Promise<CalendarFeed> => CalendarFeedSchema.parse(await get(feedPath(id))),
    /** Month and day of the store's dates. */
    dates: async (from = "2023-01-01", to = "2023-12-31"): Promise<readonly string[]> => {
      const address = `/api/v1/stores/${storeId}/exceptions?from=${from}&to=${to}`;
      return ScheduleExceptionListSchema.parse(await get(address)).exceptions.map(({ date }) => date.slice(5));
    },
    makeDue: () => database().sql`update calendar_feeds set next_read_at = now()`,
    /** Seconds until the feed is read again, by the database's clock. */
    readIn: async (): Promise<number> => {
      const [row] = await database().sql<{ seconds: number }[]>`
        select extract(epoch from next_read_at - now())::float8 as seconds from calendar_feeds`;
      return row?.seconds ?? NaN;
    },
    audited: async (id: number): Promise<readonly string[]> => {
      const rows = await database().sql<{ action: string }[]>`
        select action from audit_entries where subject = ${`calendar:${String(id)}`} order by id`;
      return rows.map(({ action }) => action);
    },
    addressOf: (path = "/closings.ics") => ({ url: `${server.origin}${path}`, valid_from: "beginning" }),
  };
}
