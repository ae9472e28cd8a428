import { resolveTimeZone } from "@/lib/uptime/time-zone";
import type { TimeZone } from "@/lib/uptime/types";
import { zoneRules } from "@/lib/uptime/zone-rules";
import { suggestTimeZone } from "./suggest-time-zone";
import type { RowFaultCode } from "@/lib/server/text/row-faults";

export type ZoneReading =
  | {
      readonly zone: TimeZone | null;
      /** It was written in other letter case than in the tz database. */
      readonly respelled: boolean;
      /** Its name has one offset all year, but the intended place may change its clocks. */
      readonly isFixed: boolean;
      readonly fault?: undefined;
    }
  | { readonly fault: { readonly code: RowFaultCode; readonly reason: string } };

/** Common abbreviations that are not zone names; everything else is treated as a misspelling. */
const abbreviations = new Set(
  (
    "ACDT ACST ADT AEDT AEST AKDT AKST AST AWST BST CAT CDT CEST CST EAT ECT EDT EEST ET CT MT PT HDT HKT IST JST KST " +
    "MDT MEST MSK NDT NST NZDT NZST PDT PKT PST SAST SGT SST WAT WEST WIB WIT"
  ).split(" "),
);

/** Names with one offset all year. Those of `Etc/GMT` count hours west of Greenwich. */
const fixedNames = /^(?:Etc\/GMT[+-][1-9]\d?|EST|MST|HST)$/;

/** Longer than any name of the tz database. */
const maxCharacters = 64;

/**
 * Reads a time zone field (trimmed): a name of the tz database, in any case, or null when it is empty. Anything else is
 * rejected, suggesting the name that was probably meant.
 */
export function readZone(text: string): ZoneReading {
  if (/^(null|nan|none)?$/i.test(text)) return { zone: null, respelled: false, isFixed: false };
  const zone = text.length > maxCharacters ? null : resolveTimeZone(text);
  if (zone !== null) return { zone, respelled: zone !== text, isFixed: fixedNames.test(zone) };
  const { release } = zoneRules();
  const suggestion = suggestTimeZone(text);
  const remedy = suggestion === null ? "write one such as America/Chicago" : `did you mean ${suggestion}?`;
  if (abbreviations.has(text.toUpperCase())) {
    return refusal("ambiguous_zone", `${text} is an abbreviation that several time zones have: ${remedy}`);
  }
  if (/^GMT[+-]\d{1,2}$/i.test(text)) {
    return refusal("ambiguous_zone", `the sign of ${text} is ambiguous: ${remedy}`);
  }
  return refusal("unknown_zone", `this is not a time zone name (tz database ${release}): ${remedy}`);
}

function refusal(code: RowFaultCode, reason: string): ZoneReading {
  return { fault: { code, reason } };
}
