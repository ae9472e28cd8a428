"use client";

import { useQuery } from "@tanstack/react-query";
import { RequestError } from "@/lib/client/fetch-json";
import { zoneQueries } from "@/lib/client/zone-queries";
import { readerClock, type Clock } from "@/lib/format/zoned-time";
import { useTimeStyle, useUtcClock } from "./reader";

interface ZoneClockSeen {
  /** Null until the server has sent it, and where it cannot. */
  readonly clock: Clock | null;
  /** The server's tz database has no such zone; times are then shown in UTC. */
  readonly isUnknown: boolean;
}

/** The clock of a zone by the server's rules. @param zone a tz database name; null: none is asked for */
export function useZoneClock(zone: string | null): ZoneClockSeen {
  const isAsked = zone !== null && zone !== "UTC";
  const style = useTimeStyle();
  const utcClock = useUtcClock();
  const { data, error } = useQuery({ ...zoneQueries.clock(zone ?? "UTC"), enabled: isAsked });
  if (!isAsked) return { clock: zone === null ? null : utcClock, isUnknown: false };
  return {
    clock: data ? readerClock(data, style) : null,
    isUnknown: error instanceof RequestError && error.code === "invalid_zone",
  };
}

/** Said where the browser's zone is none that the server knows. */
export function unknownZoneText(zone: string): string {
  return `Your browser’s time zone “${zone}” is unknown to the server. Times are in UTC.`;
}
