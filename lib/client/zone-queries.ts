import { queryOptions } from "@tanstack/react-query";
import { fetchJson } from "./fetch-json";

const clockSchema = async () => (await import("@/lib/contract/zone-clock")).ZoneClockSchema;

/** Rules change with weeks of notice, and only when the server is restarted with a newer release. */
const refreshMs = 60 * 60_000;

export const zoneQueries = {
  /** What the clocks of a zone show, by the server's rules. @param zone a tz database name, in any case */
  clock: (zone: string) =>
    queryOptions({
      queryKey: ["zone-clock", zone] as const,
      queryFn: ({ signal }) =>
        fetchJson(`/api/v1/time-zones/clock?${new URLSearchParams({ zone }).toString()}`, clockSchema, { signal }),
      staleTime: refreshMs,
      refetchInterval: refreshMs,
    }),
};
