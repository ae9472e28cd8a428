import { AppError } from "@/lib/server/errors";
import type { EpochMs } from "@/lib/uptime/types";

const earliest = Date.UTC(2000, 0, 1);
const leewayMs = 5 * 60_000;
const rfc3339 = /^(\d{4}-\d{2}-\d{2})[Tt ](\d{2}:\d{2}:\d{2})(?:\.(\d+))?([Zz]|[+-]\d{2}:\d{2})$/;

/**
 * Reads an instant that a report may be as of: RFC 3339, cut (not rounded) to the ms, from the year 2000 to five
 * minutes from now.
 * @param now the clock's ms, for the upper end
 * @throws AppError invalid_as_of
 */
export function parseAsOf(text: string, now: EpochMs): EpochMs {
  const invalid = (why: string): AppError => {
    const faults = [{ pointer: "/as_of", code: "invalid_as_of", reason: why, value: text.slice(0, 80) }];
    return new AppError("invalid_as_of", why, { faults });
  };
  const match = rfc3339.exec(text);
  const [, date = "", time = "", fraction = "", zone = ""] = match ?? [];
  const local = `${date}T${time}.${fraction.slice(0, 3).padEnd(3, "0")}`;
  const at = match === null ? NaN : Date.parse(`${local}${zone.toUpperCase()}`);
  // A date that is not in the calendar is carried into the next month by the parser.
  if (Number.isNaN(at) || new Date(Date.parse(`${local}Z`)).toISOString() !== `${local}Z`) {
    throw invalid("as_of must be an RFC 3339 instant, like 2023-01-25T18:13:22Z.");
  }
  if (at < earliest) throw invalid("as_of must not lie before the year 2000.");
  if (at > now + leewayMs) throw invalid("as_of must not lie in the future.");
  return at;
}
