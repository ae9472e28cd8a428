#!/usr/bin/env bash
# ical.js moves a yearly 29 February to 1 March in common years, rrule leaves it out
#
# Version: ical.js 2.2.1, rrule 2.8.1
# Expected: RFC 5545 (3.3.10) ignores dates that do not exist, so both go from 2024 to 2028.
# Seen: ical.js gives 1 March 2025 and 2026; rrule gives 2028 and 2032.
# So: a yearly special day on 29 February must be tested with the library that reads it.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes >/dev/null
npm install --silent --no-audit --no-fund ical.js@2.2.1 rrule@2.8.1
cat >probe.mjs <<'CODE'
import rrule from "rrule";
import ICAL from "ical.js";
const calendar = (...lines) =>
  ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//example//EN", "BEGIN:VEVENT", "UID:1@example.com", "DTSTAMP:20260101T000000Z"]
    .concat(lines, "END:VEVENT", "END:VCALENDAR", "")
    .join("\r\n");
const event = (...lines) => new ICAL.Event(new ICAL.Component(ICAL.parse(calendar(...lines))).getFirstSubcomponent("vevent"));
function first(count, ...lines) {
  const dates = event(...lines).iterator();
  const found = [];
  for (let next = dates.next(); next && found.length < count; next = dates.next()) found.push(next.toString());
  return found.join(" ");
}
console.log("ical.js", first(3, "DTSTART;VALUE=DATE:20240229", "RRULE:FREQ=YEARLY;COUNT=3"));
const dates = rrule.RRule.fromString("DTSTART:20240229T000000Z\nRRULE:FREQ=YEARLY;COUNT=3").all();
console.log("rrule", dates.map((date) => date.toISOString().slice(0, 10)).join(" "));
CODE
cat >expected.txt <<'SEEN'
ical.js 2024-02-29 2025-03-01 2026-03-01
rrule 2024-02-29 2028-02-29 2032-02-29
SEEN
TZ=UTC node probe.mjs >actual.txt
diff expected.txt actual.txt || { echo "changed: ical-js-leap-day-moves-to-march" >&2; exit 1; }
cat actual.txt
