import { resolveTimeZone } from "@/lib/uptime/time-zone";
import type { TimeZone } from "@/lib/uptime/types";
import { rowFaultReasons, type RowFaultCode } from "./row-faults";

export type ZoneReading =
  | { readonly zone: TimeZone | null; readonly renamed: boolean; readonly fault?: undefined }
  | { readonly fault: { readonly code: RowFaultCode; readonly reason: string } };

const abbreviations = new Set(
  (
    "ACDT ACST ADT AEDT AEST AKDT AKST AST AWST BST CAT CDT CEST CET CST EAT ECT EDT EEST EET EST ET CT MT PT GMT HDT " +
    "HKT HST IST JST KST MDT MEST MET MSK MST NDT NST NZDT NZST PDT PKT PST SAST SGT SST WAT WEST WET WIB WIT"
  ).split(" "),
);

/**
 * What a time zone field (trimmed) says: an IANA zone under its present name, or null where it is empty. Abbreviations
 * and `Etc/GMT±n` are refused: the first mean several zones, the second count west of Greenwich.
 */
export function readZone(text: string): ZoneReading {
  if (/^(null|nan|none)?$/i.test(text)) return { zone: null, renamed: false };
  if (abbreviations.has(text.toUpperCase()) || /^[A-Z]{3,4}\d[A-Z]{3,4}$/i.test(text)) {
    return refusal("ambiguous_zone", `${text} can mean several things; write a zone such as America/Chicago`);
  }
  if (/^(Etc\/)?GMT[+-]?\d{1,2}$/i.test(text)) {
    return refusal("ambiguous_zone", "the sign of GMT zones is read both ways; write a zone such as America/Chicago");
  }
  const zone = text.length > 64 ? null : resolveTimeZone(text);
  if (zone !== null) return { zone, renamed: zone !== text };
  return refusal("unknown_zone", `${rowFaultReasons.unknown_zone} (tz database ${process.versions.tz ?? "unknown"})`);
}

function refusal(code: RowFaultCode, reason: string): ZoneReading {
  return { fault: { code, reason } };
}
