"use client";

import { useQuery } from "@tanstack/react-query";
import { RequestError } from "@/lib/client/fetch-json";
import { zoneQueries } from "@/lib/client/zone-queries";
import { readerClock, type Clock } from "@/lib/format/zoned-time";
import { useTimeStyle, useUtcClock } from "./reader";

interface ZoneClockSeen {
  /** Null until the server has sent it, and where it cannot. */
  readonly clock: Clock | null;
  /** Why there is no clock and none will come; times are then shown in UTC. Null where there is one, or it may come. */
  readonly fault: "unknown_zone" | "failed" | null;
}

/** Why a zone's clock could not be read: the server's tz database has no such zone, or something went wrong. */
export function zoneFaultOf(error: Error | null): ZoneClockSeen["fault"] {
  if (error === null) return null;
  return error instanceof RequestError && error.code === "invalid_zone" ? "unknown_zone" : "failed";
}

/** The clock of a zone by the server's rules. @param zone a tz database name; null: none is asked for */
export function useZoneClock(zone: string | null): ZoneClockSeen {
  const isAsked = zone !== null && zone !== "UTC";
  const style = useTimeStyle();
  const utcClock = useUtcClock();
  const { data, error } = useQuery({ ...zoneQueries.clock(zone ?? "UTC"), enabled: isAsked });
  if (!isAsked) return { clock: zone === null ? null : utcClock, fault: null };
  if (data) return { clock: readerClock(data, style), fault: null };
  return { clock: null, fault: zoneFaultOf(error) };
}

/** Said where times cannot be on the clock of the browser's zone. */
export function zoneFaultText(zone: string, fault: "unknown_zone" | "failed"): string {
  return fault === "unknown_zone"
    ? `Your browser’s time zone “${zone}” is unknown to the server. Times are in UTC.`
    : `Couldn’t load your time zone “${zone}”. Times are in UTC.`;
}
