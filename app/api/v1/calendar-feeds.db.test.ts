import { describe, expect, it } from "vitest";
import { CalendarFeedSchema } from "@/lib/contract/calendar-feeds";
import { CalendarPreviewSchema } from "@/lib/contract/calendars";
import { StoreUptimeSchema } from "@/lib/contract/uptime";
import { day, feedsApi, ics } from "./test-support/feeds-api";
import { storeId } from "./test-support/stores-api";

const { database, send, get, server, feedPath, work, calendar, put, dates, makeDue, readIn, audited } = feedsApi();

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
    expect((await put(id, { file: ics(), url: server.origin })).body).toMatchObject({ code: "invalid_url" });
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

  it("with hours gives the figures of the same special hours written out, nights and repeats too", async () => {
    const week = async () => StoreUptimeSchema.parse(await get(`/api/v1/stores/${storeId}/uptime?window=week`)).windows;
    const id = await calendar();
    const night = [
      ...["BEGIN:VEVENT", "UID:n", "DTSTART;TZID=America/New_York:20230120T200000", "DURATION:PT7H"],
      ...["RRULE:FREQ=DAILY;INTERVAL=2;COUNT=2", "END:VEVENT"],
    ];
    const closed = ["BEGIN:VEVENT", "UID:c", "DTSTART;VALUE=DATE:20230123", "DTEND;VALUE=DATE:20230125", "END:VEVENT"];
    const file = ics(...night, ...closed);
    const time_zone = "America/New_York";
    expect((await put(id, { file, meaning: "open", time_zone, valid_from: "beginning" })).response.status).toBe(200);
    const fed = await week();
    await send("DELETE", `/api/v1/calendars/${String(id)}`);
    expect(await week()).not.toEqual(fed);
    const written: readonly [string, readonly { start: string; end: string }[]][] = [
      ["2023-01-20", [{ start: "20:00", end: "03:00" }]],
      ["2023-01-22", [{ start: "20:00", end: "27:00" }]],
      ["2023-01-23", []],
      ["2023-01-24", []],
    ];
    for (const [date, hours] of written) {
      await send("PUT", `/api/v1/stores/${storeId}/exceptions/${date}`, { json: { hours } });
    }
    expect(await week()).toEqual(fed);
    await database().sql`delete from schedule_exceptions`;
  });

  it("is read again as time goes on", async () => {
    const id = await calendar();
    const yearly = ["BEGIN:VEVENT", "UID:3", "DTSTART;VALUE=DATE:20200704", "RRULE:FREQ=YEARLY", "END:VEVENT"];
    await put(id, { file: ics(...yearly), valid_from: "beginning" });
    expect(await dates("2022-01-01", "2025-12-31")).toHaveLength(3);
    await database().sql`update fleet_state set newest_poll_at = '2024-08-01T00:00:00Z'`;
    await makeDue();
    await work();
    await database().sql`update fleet_state set newest_poll_at = '2023-01-25T18:13:22.479Z'`;
    // 2022 to 2024 were read before, and stay; 2025 and 2026 are within two years now.
    expect(await dates("2022-01-01", "2027-12-31")).toHaveLength(5);
    expect(server.received).toEqual([]);
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
