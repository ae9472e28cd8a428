import { csvText } from "@/lib/server/text/csv-field";
import type { Method, PerWindow, PollCount, UptimeEstimate } from "@/lib/uptime/types";
import type { ReportRowOut } from "@/db/queries/bulk/report-rows";
import { estimatesOf, hundredthsOf, pollCountsOf } from "@/lib/server/figures/figures";

const lineEnd = "\r\n";

export const csvHeader =
  [
    "store_id",
    "uptime_last_hour(in minutes)",
    "uptime_last_day(in hours)",
    "uptime_last_week(in hours)",
    "downtime_last_hour(in minutes)",
    "downtime_last_day(in hours)",
    "downtime_last_week(in hours)",
    "no_data_last_hour(in minutes)",
    "no_data_last_day(in hours)",
    "no_data_last_week(in hours)",
    "coverage_last_hour",
    "coverage_last_day",
    "coverage_last_week",
    "method",
    "as_of",
  ].join(",") + lineEnd;

const comma = 44;
const point = 46;
const zero = 48;

/** More than the figures of a line can take: twelve of at most 13 bytes. */
const figuresBytes = 160;

/** Lines of a report's CSV, written as bytes. Building one string per cell was most of the cost of a download. */
export class CsvLines {
  readonly #method: Method;
  readonly #tail: Buffer;
  #bytes = Buffer.allocUnsafe(4 * 1024);
  #used = 0;

  /** @param asOf ISO 8601 */
  constructor(method: Method, asOf: string) {
    this.#method = method;
    this.#tail = Buffer.from(`${method},${asOf}${lineEnd}`);
  }

  add({ storeId, figures }: ReportRowOut): void {
    const id = csvText(storeId);
    this.#reserve(3 * id.length + figuresBytes + this.#tail.length);
    this.#used += this.#bytes.write(id, this.#used);
    this.#byte(comma);
    if (this.#method === "interpolated") this.#estimates(estimatesOf(figures));
    else this.#counts(pollCountsOf(figures));
    this.#used += this.#tail.copy(this.#bytes, this.#used);
  }

  /** The lines added since the last call. */
  take(): Uint8Array {
    const taken = this.#bytes.subarray(0, this.#used);
    this.#bytes = Buffer.allocUnsafe(this.#bytes.length);
    this.#used = 0;
    return taken;
  }

  #estimates({ hour, day, week }: PerWindow<UptimeEstimate>): void {
    this.#decimal(hundredthsOf("hour", hour.upMs));
    this.#decimal(hundredthsOf("day", day.upMs));
    this.#decimal(hundredthsOf("week", week.upMs));
    this.#decimal(hundredthsOf("hour", hour.downMs));
    this.#decimal(hundredthsOf("day", day.downMs));
    this.#decimal(hundredthsOf("week", week.downMs));
    this.#decimal(hundredthsOf("hour", hour.unknownMs));
    this.#decimal(hundredthsOf("day", day.unknownMs));
    this.#decimal(hundredthsOf("week", week.unknownMs));
    this.#coverage(hour);
    this.#coverage(day);
    this.#coverage(week);
  }

  #counts({ hour, day, week }: PerWindow<PollCount>): void {
    for (const { uptime } of [hour, day, week]) this.#decimal(uptime * 100);
    for (const { downtime } of [hour, day, week]) this.#decimal(downtime * 100);
    // Without no-data time and coverage, which the poll count method does not have.
    for (let cell = 0; cell < 6; cell++) this.#byte(comma);
  }

  /** The known share of the open time; empty when the store was not open. */
  #coverage({ openMs, unknownMs }: UptimeEstimate): void {
    if (openMs === 0) this.#byte(comma);
    else this.#decimal(Math.round(((openMs - unknownMs) * 100) / openMs));
  }

  /** Writes the same as `decimal`, and a comma. */
  #decimal(hundredths: number): void {
    const rest = hundredths % 100;
    const whole = (hundredths - rest) / 100;
    if (whole >= 1000) {
      this.#used += this.#bytes.write(String(whole), this.#used);
    } else {
      if (whole >= 100) this.#byte(zero + Math.trunc(whole / 100));
      if (whole >= 10) this.#byte(zero + (Math.trunc(whole / 10) % 10));
      this.#byte(zero + (whole % 10));
    }
    this.#byte(point);
    this.#byte(zero + Math.trunc(rest / 10));
    this.#byte(zero + (rest % 10));
    this.#byte(comma);
  }

  #byte(value: number): void {
    this.#bytes[this.#used++] = value;
  }

  #reserve(bytes: number): void {
    if (this.#used + bytes <= this.#bytes.length) return;
    const larger = Buffer.allocUnsafe(Math.max(this.#bytes.length * 2, this.#used + bytes));
    this.#bytes.copy(larger, 0, 0, this.#used);
    this.#bytes = larger;
  }
}
