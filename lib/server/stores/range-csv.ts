import type { Database } from "@/db/client";
import type { StoreUptimeCsvQuery } from "@/lib/contract/store-history";
import type { Bucket } from "@/lib/contract/uptime";
import type { Viewer } from "@/lib/server/access/viewer";
import { csvText, decimal } from "@/lib/server/text/csv-field";
import type { Download } from "@/lib/server/wire/download";
import { percentText } from "@/lib/server/wire/percent-text";
import { offsetPeriods } from "@/lib/uptime/time-zone";
import type { TimeZone } from "@/lib/uptime/types";
import { minuteMs } from "@/lib/uptime/units";
import { getRangeUptime } from "./get-range-uptime";

const header = [
  ...["store_id", "start", "end", "time_zone", "open_minutes", "up_minutes", "down_minutes", "no_data_minutes"],
  "uptime_percent",
].join(",");

/** An instant on a zone's clock, with its offset: "2023-11-05T00:00:00-05:00". Offsets are cut to minutes. */
function localInstant(instant: string, zone: TimeZone): string {
  const at = Date.parse(instant);
  const offsetMs = offsetPeriods(zone, { start: at, end: at + 1 })[0]?.offsetMs ?? 0;
  const minutes = Math.trunc(offsetMs / minuteMs);
  const twoDigits = (value: number): string => String(value).padStart(2, "0");
  const offset = `${minutes < 0 ? "-" : "+"}${twoDigits(Math.trunc(Math.abs(minutes) / 60))}:${twoDigits(Math.abs(minutes) % 60)}`;
  return `${new Date(at + minutes * minuteMs).toISOString().slice(0, 19)}${offset}`;
}

function line(storeId: string, zone: TimeZone, bucket: Bucket): string {
  const { open_ms: open, up_ms: up, down_ms: down, unknown_ms: unknown } = bucket;
  const minutes = (ms: number): string => decimal(Math.round((ms / minuteMs) * 100));
  const cells = [
    ...[csvText(storeId), localInstant(bucket.start, zone), localInstant(bucket.end, zone), csvText(zone)],
    ...[open, up, down, unknown].map(minutes),
    percentText(up + down === 0 ? null : up / (up + down)),
  ];
  return `${cells.join(",")}\r\n`;
}

/**
 * A store's uptime in a range as CSV: a row for each part of it, in the store's local time.
 * @throws AppError as `getRangeUptime`
 */
export async function downloadRangeCsv(
  database: Database,
  viewer: Viewer,
  storeId: string,
  { bom, ...query }: StoreUptimeCsvQuery,
  signal?: AbortSignal,
): Promise<Download> {
  const range = await getRangeUptime(database, viewer, storeId, query, signal);
  const zone = range.time_zone as TimeZone;
  const rows = range.buckets.map((bucket) => line(storeId, zone, bucket));
  const text = `${bom === "1" ? "\uFEFF" : ""}${header}\r\n${rows.join("")}`;
  const lastMs = new Date(Date.parse(range.to) - 1).toISOString();
  const dates = [range.from, lastMs].map((at) => localInstant(at, zone).slice(0, 10)).join("-to-");
  return {
    etag: null,
    mediaType: "text/csv; charset=utf-8; header=present",
    fileName: `uptime-${storeId}-${dates}.csv`,
    open: () => new Blob([text]).stream(),
  };
}
