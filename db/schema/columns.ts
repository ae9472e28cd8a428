import { customType } from "drizzle-orm/pg-core";
import type { EpochMs } from "@/lib/uptime/types";

/** `timestamptz(3)`, read and written as whole ms since 1970 UTC: `EpochMs` in the domain. */
export const instant = customType<{ data: EpochMs; driverData: string }>({
  dataType: () => "timestamp (3) with time zone",
  toDriver: (at) => new Date(at).toISOString(),
  fromDriver: (text) => {
    const at = new Date(text).getTime();
    if (Number.isNaN(at)) throw new Error(`Not an instant: ${text}`);
    return at;
  },
});

/** Text in byte order in any locale of the database, so that rows have the same order on every server. */
export const storeIdText = customType<{ data: string; driverData: string }>({
  dataType: () => 'text COLLATE "C"',
});

/** Bytes, as the driver returns them. */
export const bytea = customType<{ data: Uint8Array; driverData: Uint8Array }>({ dataType: () => "bytea" });
