import { beforeAll, describe, expect, it } from "vitest";
import { operations } from "@/lib/contract/operations";
import { QualityListSchema } from "@/lib/contract/data-quality";
import { FleetSchema } from "@/lib/contract/fleet";
import { StoreIncidentsSchema, StoreRangeUptimeSchema, StoreTimelineSchema } from "@/lib/contract/store-history";
import { StoreUptimeSchema } from "@/lib/contract/uptime";
import { getPollingGaps } from "@/lib/server/stores/get-fleet";
import { newest, plantStores, store, storeId, storesApi } from "./test-support/stores-api";

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

const { database, send, get } = storesApi();

beforeAll(async () => {
  expect(FleetSchema.parse(await get("/api/v1/fleet"))).toMatchObject({
    snapshot: "none",
    newest_poll_at: null,
    as_of: null,
    windows: null,
    stores: 0,
  });
  await plantStores(database());
  const { response } = await send("POST", "/api/v1/calendars", {
    json: {
      name: "Christmas",
      entries: [{ name: "Christmas", on: { kind: "yearly", month: 12, day: 25 }, hours: [] }],
      given_to: { all: true, brands: [], groups: [], store_ids: [] },
    },
  });
  expect(response.status).toBe(201);
  const file = "BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n";
  expect((await send("PUT", "/api/v1/calendars/1/feed", { json: { file } })).response.status).toBe(200);
}, 60_000);

/** A download, whose body is no JSON. */
async function fetchCsv(address: string): Promise<Response> {
  return (await send("GET", address)).response;
}

describe("every operation of stores, uptime, fleet and data", () => {
  const mine = operations.filter(({ tag, path }) => {
    return (
      (["Stores", "Uptime", "Fleet"].includes(tag) || path.startsWith("/api/v1/data-quality")) && path.includes("v1")
    );
  });
  const reading = mine.filter(({ method }) => method === "GET");
  // A store may be renamed at any time, and the CSV is not read before it is sent: it has no ETag.
  const downloads = reading.filter(({ responses }) => responses.every(({ status }) => status !== 304));
  it.each(downloads.map((one) => [one.id, one.example] as const))("%s returns its example", async (_id, example) => {
    const { response } = await send("GET", example);
    expect(response.status).toBe(200);
    expect(response.headers.get("cache-control")).toBe("private, no-store");
  });
  const conditional = reading.filter((one) => !downloads.includes(one));
  it.each(conditional.map((one) => [one.id, one.example] as const))(
    "%s returns its example as documented, and 304 for a current copy",
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
  it("explains a window by segments that sum to its figures, with the window before", async () => {
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

  it("gives the same figures for a range as for a window, and none to compare with when nothing is known", async () => {
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

  it("uses the requested as-of instant", async () => {
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
    ["period=this_year", "invalid_period", "/period"],
    ["period=last_month&from=2023-01-20T00:00:00Z", "invalid_period", "/period"],
    ["period=last_month&window=day", "invalid_window", "/window"],
    ["to_date=2023-01-20", "invalid_to_date", "/to_date"],
    ["from_date=2023-01-20&to_date=2023-01-19", "invalid_to_date", "/to_date"],
    ["from_date=2023-02-30", "invalid_from_date", "/from_date"],
    ["from_date=2023-01-20&period=last_month", "invalid_from_date", "/from_date"],
    ["from_date=2023-02-20", "invalid_range", "/from_date"],
    ["from_date=2021-12-01&to_date=2023-01-05", "invalid_range", "/from_date"],
    ["form=2023-01-20T00:00:00Z", "unknown_parameter", "/form"],
  ])("G23: rejects ?%s with %s", async (query, code, pointer) => {
    const { response, body } = await send("GET", `${store}/uptime?${query}`);
    expect(response.status).toBe(400);
    expect(body).toMatchObject({ code, errors: [{ pointer }] });
  });
});

describe("periods of the store's calendar", () => {
  const range = async (query: string) => StoreRangeUptimeSchema.parse(await get(`${store}/uptime?${query}`));

  it("are the same figures as the instants that they start and end at", async () => {
    const month = await range("period=this_month&bucket=week");
    // Midnight in New York.
    expect([month.from, month.to, month.period]).toEqual(["2023-01-01T05:00:00.000Z", newest, "this_month"]);
    expect([month.previous_from, month.previous_to]).toEqual(["2022-12-01T05:00:00.000Z", month.from]);
    const same = await range(`from=${month.from}&to=${month.to}`);
    expect(month.estimate).toEqual(same.estimate);
    expect(month.buckets.reduce((sum, { up_ms: up }) => sum + up, 0)).toBe(month.estimate.up_ms);
    const week = await range("period=last_7_days");
    const window = StoreUptimeSchema.parse(await get(`${store}/uptime`));
    expect([week.estimate, week.previous]).toEqual([window.windows.week, window.previous.week]);
  });

  it("of dates are compared with as many dates before, each from midnight to midnight", async () => {
    const dates = await range("from_date=2023-01-20&to_date=2023-01-22&bucket=hour");
    expect([dates.from, dates.to]).toEqual(["2023-01-20T05:00:00.000Z", "2023-01-23T05:00:00.000Z"]);
    expect(dates.previous_from).toBe("2023-01-17T05:00:00.000Z");
    const before = await range("from_date=2023-01-17&to_date=2023-01-19");
    expect(dates.previous).toEqual(before.estimate);
  });

  it("explain themselves page by page", async () => {
    const explained = await range("period=last_month&as_of=2023-02-01T12:00:00Z&explain=segments");
    const up = (explained.segments ?? []).filter(({ state }) => state === "up");
    expect(up.reduce((sum, { start, end }) => sum + Date.parse(end) - Date.parse(start), 0)).toBe(
      explained.estimate.up_ms,
    );
  });

  it("have incidents, a timeline and a CSV", async () => {
    const day = "from_date=2023-01-24&to_date=2023-01-24";
    const ends = { from: "2023-01-24T05:00:00.000Z", to: "2023-01-25T05:00:00.000Z" };
    expect(await get(`${store}/timeline?${day}`)).toMatchObject(ends);
    expect(await get(`${store}/incidents?${day}`)).toMatchObject(ends);
    expect(await get(`${store}/timeline?from_date=2022-12-01`)).toMatchObject({ code: "invalid_range" });
    const response = await fetchCsv(`${store}/uptime.csv?${day}&bucket=hour&bom=1`);
    expect(response.headers.get("content-disposition")).toBe(
      `attachment; filename="uptime-${storeId}-2023-01-24-to-2023-01-24.csv"`,
    );
    // A decoder takes the byte order mark away.
    const lines = (await response.text()).split("\r\n");
    expect(lines[0]).toBe(
      "store_id,start,end,time_zone,open_minutes,up_minutes,down_minutes,no_data_minutes,uptime_percent",
    );
    expect(lines).toHaveLength(1 + 24 + 1);
    expect(lines[1]).toBe(
      `${storeId},2023-01-24T00:00:00-05:00,2023-01-24T01:00:00-05:00,America/New_York,0.00,0.00,0.00,0.00,`,
    );
    const figures = await range(`${day}&bucket=hour`);
    const sum = (column: number) => lines.slice(1, -1).reduce((all, one) => all + Number(one.split(",")[column]), 0);
    expect(sum(5)).toBeCloseTo(figures.estimate.up_ms / 60_000, 1);
    expect(sum(6)).toBeCloseTo(figures.estimate.down_ms / 60_000, 1);
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

  it("has the true start of one that began long before the range", async () => {
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

  it("rejects a cursor of another list, and a forged one", async () => {
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
  it("distinguishes closed time and polls outside hours", async () => {
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

  it("accepts at most 35 days", async () => {
    expect(await get(`${store}/timeline?from=2022-12-01T00:00:00Z`)).toMatchObject({ code: "invalid_range" });
  });
});

describe("fleet", () => {
  it("sums its hours to its week, and names the gap without polls", async () => {
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
  it("counts the entries of each list, page by page", async () => {
    const counts = (await get("/api/v1/data-quality")) as { counts: Record<string, number> };
    expect(counts.counts).toEqual({
      without_hours: 3,
      without_zone: 1,
      without_polls: 1,
      only_in_polls: 0,
      overlapping_nights: 0,
      missing_day: 0,
      single_full_day: 0,
      kept_hours: 0,
      shifted_days: 0,
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
