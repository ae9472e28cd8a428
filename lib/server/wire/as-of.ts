import { AppError } from "@/lib/server/errors";
import { instantExample, readInstant, UnreadableInstant } from "@/lib/server/text/instant";
import type { EpochMs } from "@/lib/uptime/types";
import { clockToleranceMs } from "@/lib/uptime/windows";

const earliest = Date.UTC(2000, 0, 1);
const latest = Date.UTC(2100, 0, 1);

/** Parameters and fields that are instants. */
export type InstantName = "as_of" | "from" | "to" | "expires_at";

/**
 * Parses an instant of a request with `readInstant`: of the years 2000 to 2099, and never without a zone, because
 * nothing tells which one was meant.
 * @throws AppError invalid_as_of, invalid_from, invalid_to or invalid_expires_at
 */
export function parseInstant(name: InstantName, text: string): EpochMs {
  const read = readInstant(text);
  if (read instanceof UnreadableInstant) throw invalidInstant(name, text, `${name}: ${read.reason}.`);
  if (read.zone === "none") {
    throw invalidInstant(name, text, `${name}: the zone is missing; write Z or an offset, as in ${instantExample}.`);
  }
  if (read.at < earliest) throw invalidInstant(name, text, `${name} must not be before the year 2000.`);
  if (read.at >= latest) throw invalidInstant(name, text, `${name} must not be after the year 2099.`);
  return read.at;
}

function invalidInstant(name: InstantName, text: string, why: string): AppError {
  const code = `invalid_${name}` as const;
  return new AppError(code, why, { faults: [{ pointer: `/${name}`, code, reason: why, value: text.slice(0, 80) }] });
}

/**
 * Parses an as-of instant: like `parseInstant`, up to five minutes from now.
 * @param now the clock's ms, for the upper end
 * @throws AppError invalid_as_of
 */
export function parseAsOf(text: string, now: EpochMs): EpochMs {
  const at = parseInstant("as_of", text);
  if (at > now + clockToleranceMs) throw invalidInstant("as_of", text, "as_of must not be in the future.");
  return at;
}
