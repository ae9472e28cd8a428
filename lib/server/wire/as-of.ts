import { AppError } from "@/lib/server/errors";
import type { EpochMs } from "@/lib/uptime/types";
import { clockToleranceMs } from "@/lib/uptime/windows";

const earliest = Date.UTC(2000, 0, 1);
const rfc3339 = /^(\d{4}-\d{2}-\d{2})[Tt ](\d{2}:\d{2}:\d{2})(?:\.(\d+))?([Zz]|[+-]\d{2}:\d{2})$/;

const latest = Date.UTC(2100, 0, 1);

/** The parameters that are instants. */
export type InstantName = "as_of" | "from" | "to";

/**
 * Reads an instant of a request: RFC 3339, cut (not rounded) to the ms, of the years 2000 to 2099.
 * @throws AppError invalid_as_of, invalid_from or invalid_to
 */
export function parseInstant(name: InstantName, text: string): EpochMs {
  const match = rfc3339.exec(text);
  const [, date = "", time = "", fraction = "", zone = ""] = match ?? [];
  const local = `${date}T${time}.${fraction.slice(0, 3).padEnd(3, "0")}`;
  const at = match === null ? NaN : Date.parse(`${local}${zone.toUpperCase()}`);
  // A date that is not in the calendar is carried into the next month by the parser.
  if (Number.isNaN(at) || new Date(Date.parse(`${local}Z`)).toISOString() !== `${local}Z`) {
    throw invalidInstant(name, text, `${name} must be an RFC 3339 instant, like 2023-01-25T18:13:22Z.`);
  }
  if (at < earliest) throw invalidInstant(name, text, `${name} must not lie before the year 2000.`);
  if (at >= latest) throw invalidInstant(name, text, `${name} must not lie after the year 2099.`);
  return at;
}

function invalidInstant(name: InstantName, text: string, why: string): AppError {
  const code = `invalid_${name}` as const;
  return new AppError(code, why, { faults: [{ pointer: `/${name}`, code, reason: why, value: text.slice(0, 80) }] });
}

/**
 * Reads an instant that figures may be as of: as `parseInstant`, to five minutes from now.
 * @param now the clock's ms, for the upper end
 * @throws AppError invalid_as_of
 */
export function parseAsOf(text: string, now: EpochMs): EpochMs {
  const at = parseInstant("as_of", text);
  if (at > now + clockToleranceMs) throw invalidInstant("as_of", text, "as_of must not lie in the future.");
  return at;
}
