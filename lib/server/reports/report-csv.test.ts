import { parse } from "csv-parse/sync";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { csvHeader, CsvLines } from "./report-csv";
import { csvText, decimal } from "@/lib/server/text/csv-field";
import type { ReportRowOut } from "@/db/queries/bulk/report-rows";
import type { Method } from "@/lib/uptime/types";
import { toCounts, toReportLine } from "./report-lines";

const asOf = "2023-01-25T18:13:22.479Z";
const hourMs = 3_600_000;

/** Open, up, down, unknown, lowest, highest and polls of hour, day and week. */
const figures = [
  ...[hourMs, 2_999_700, 300_300, 300_000, 2_000_000, 3_100_000, 4],
  ...[10 * hourMs, 9 * hourMs, hourMs - 1, 1, 8 * hourMs, 9 * hourMs, 11],
  ...[0, 0, 0, 0, 0, 0, 0],
];

function csvLine(method: Method, asOf: string, row: ReportRowOut): string {
  const lines = new CsvLines(method, asOf);
  lines.add(row);
  return new TextDecoder().decode(lines.take());
}

describe("the CSV of a report", () => {
  it("has the documented header", () => {
    expect(csvHeader).toBe(
      "store_id,uptime_last_hour(in minutes),uptime_last_day(in hours),uptime_last_week(in hours)," +
        "downtime_last_hour(in minutes),downtime_last_day(in hours),downtime_last_week(in hours)," +
        "no_data_last_hour(in minutes),no_data_last_day(in hours),no_data_last_week(in hours)," +
        "coverage_last_hour,coverage_last_day,coverage_last_week,method,as_of\r\n",
    );
  });

  it("rounds minutes, hours and coverage half-up, and leaves coverage empty where nothing was open", () => {
    expect(csvLine("interpolated", asOf, { storeId: "8419537941919820732", figures })).toBe(
      "8419537941919820732,50.00,9.00,0.00,5.01,1.00,0.00,5.00,0.00,0.00,0.92,1.00,,interpolated,2023-01-25T18:13:22.479Z\r\n",
    );
  });

  it("has counts and empty cells for what a poll count does not know", () => {
    expect(csvLine("poll_count", asOf, { storeId: "a", figures: [60, 0, 9, 2, 120, 14] })).toBe(
      "a,60.00,9.00,120.00,0.00,2.00,14.00,,,,,,,poll_count,2023-01-25T18:13:22.479Z\r\n",
    );
  });

  it("I4 has the texts of each figure, whatever is before it", () => {
    const figure = fc.integer({ min: 0, max: 2_147_483_647 });
    const stores = fc.array(
      fc.record({ storeId: fc.string(), figures: fc.array(figure, { minLength: 21, maxLength: 21 }) }),
    );
    fc.assert(
      fc.property(stores, (rows) => {
        const known = rows.map(({ storeId, figures }) => ({
          storeId,
          // The unknown time is at most the open time.
          figures: figures.map((ms, index) => (index % 7 === 3 ? Math.min(ms, figures[index - 3]!) : ms)),
        }));
        const lines = new CsvLines("interpolated", asOf);
        for (const row of known) lines.add(row);
        const expected = known.map(({ storeId, figures }) => {
          const ms = (window: number, which: number): number => figures[7 * window + which]!;
          const times = [1, 2, 3].flatMap((which) =>
            [600, 36_000, 36_000].map((unit, window) => decimal(Math.round(ms(window, which) / unit))),
          );
          const coverages = [0, 1, 2].map((window) =>
            ms(window, 0) === 0 ? "" : decimal(Math.round(((ms(window, 0) - ms(window, 3)) * 100) / ms(window, 0))),
          );
          return `${[csvText(storeId), ...times, ...coverages, "interpolated", asOf].join(",")}\r\n`;
        });
        expect(Buffer.from(lines.take())).toEqual(Buffer.from(expected.join("")));
        expect(lines.take()).toHaveLength(0);
      }),
    );
  });

  it("writes hundredths as decimals", () => {
    expect([0, 5, 10, 99, 100, 16_800, 357_913_942].map(decimal)).toEqual([
      ...["0.00", "0.05", "0.10", "0.99", "1.00", "168.00", "3579139.42"],
    ]);
  });

  it.each(["-1", "=1+1", "+1", "@SUM(1)", "\t=1", "\r=1", "＝1"])("keeps %j from being read as a formula", (text) => {
    expect(csvText(text).replace(/^"/, "")).toMatch(/^'/);
  });

  it("round-trips any other text through a CSV reader", () => {
    fc.assert(
      fc.property(
        fc.string().filter((text) => csvText(text)[0] !== "'" && !csvText(text).startsWith(`"'`)),
        (text) => {
          expect(parse(`${csvText(text)},x\r\n`, { record_delimiter: "\r\n" })).toEqual([[text, "x"]]);
        },
      ),
    );
  });
});

describe("a report's line of NDJSON", () => {
  it("has the figures in ms and the exact ratios", () => {
    const line = toReportLine({ method: "interpolated", asOf, tzRelease: "2026f" }, { storeId: "a", figures });
    expect(JSON.stringify(line)).toBe(
      '{"store_id":"a","method":"interpolated","as_of":"2023-01-25T18:13:22.479Z","tz_release":"2026f",' +
        '"hour":{"open_ms":3600000,"up_ms":2999700,"down_ms":300300,"unknown_ms":300000,"up_lowest_ms":2000000,' +
        `"up_highest_ms":3100000,"polls":4,"uptime_ratio":${2_999_700 / 3_300_000},"coverage":${3_300_000 / 3_600_000}},` +
        '"day":{"open_ms":36000000,"up_ms":32400000,"down_ms":3599999,"unknown_ms":1,"up_lowest_ms":28800000,' +
        `"up_highest_ms":32400000,"polls":11,"uptime_ratio":${32_400_000 / 35_999_999},"coverage":${35_999_999 / 36_000_000}},` +
        '"week":{"open_ms":0,"up_ms":0,"down_ms":0,"unknown_ms":0,"up_lowest_ms":0,"up_highest_ms":0,"polls":0,' +
        '"uptime_ratio":null,"coverage":null}}',
    );
  });

  it("has the poll counts in their units", () => {
    expect(
      toReportLine({ method: "poll_count", asOf, tzRelease: null }, { storeId: "a", figures: [60, 0, 9, 2, 120, 14] }),
    ).toEqual({
      store_id: "a",
      method: "poll_count",
      as_of: asOf,
      tz_release: null,
      hour: { uptime: 60, downtime: 0, unit: "minutes" },
      day: { uptime: 9, downtime: 2, unit: "hours" },
      week: { uptime: 120, downtime: 14, unit: "hours" },
    });
  });

  it("rounds half-up to two decimals when an estimate is requested in minutes and hours", () => {
    expect(toCounts("interpolated", figures)).toEqual({
      hour: { uptime: 50, downtime: 5.01, unit: "minutes" },
      day: { uptime: 9, downtime: 1, unit: "hours" },
      week: { uptime: 0, downtime: 0, unit: "hours" },
    });
  });
});
