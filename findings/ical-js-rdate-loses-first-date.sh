#!/usr/bin/env bash
# ical.js leaves out an event's own start when it has extra dates and no rule
#
# Version: ical.js 2.2.1
# Expected: DTSTART 1 June with RDATE 3 June happens twice (RFC 5545, 3.8.5.2).
# Seen: only 3 June is given.
# So: a calendar of closed days loses its first day.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes >/dev/null
npm install --silent --no-audit --no-fund ical.js@2.2.1
cat >probe.mjs <<'CODE'
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
console.log(first(5, "DTSTART:20260601T090000Z", "DTEND:20260601T100000Z", "RDATE:20260603T090000Z"));
CODE
cat >expected.txt <<'SEEN'
2026-06-03T09:00:00Z
SEEN
TZ=UTC node probe.mjs >actual.txt
diff expected.txt actual.txt || { echo "changed: ical-js-rdate-loses-first-date" >&2; exit 1; }
cat actual.txt
