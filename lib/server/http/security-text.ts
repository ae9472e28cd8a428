import type { EpochMs } from "@/lib/uptime/types";
import { dayMs } from "@/lib/uptime/units";

/** How long a copy of the text is valid, in days. RFC 9116 recommends less than a year. */
const validDays = 180;

/**
 * The text of `/.well-known/security.txt` (RFC 9116): where to report a vulnerability.
 * @param contact a URI, such as `mailto:security@example.com`
 * @param publicUrl the origin of this service; null when unknown, then there is no `Canonical`
 * @param now the clock's ms; the text is the same all day (UTC)
 */
export function securityText(contact: string, publicUrl: string | null, now: EpochMs): string {
  const expires = new Date((Math.floor(now / dayMs) + validDays) * dayMs).toISOString();
  const canonical = publicUrl === null ? null : new URL("/.well-known/security.txt", publicUrl).href;
  const lines = [
    `Contact: ${contact}`,
    `Expires: ${expires}`,
    "Preferred-Languages: en",
    // Only an https address is allowed there.
    ...(canonical?.startsWith("https:") === true ? [`Canonical: ${canonical}`] : []),
  ];
  return `${lines.join("\r\n")}\r\n`;
}
