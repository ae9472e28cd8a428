#!/usr/bin/env bash
# ical.js treats a duration of PT24H as one calendar day
#
# Version: ical.js 2.2.1
# Expected: PT24H is exact time (RFC 5545, 3.3.6): noon before the spring change ends at 13:00.
# Seen: it ends at 12:00, 23 hours later.
# So: closures given with a duration are an hour off once a year.
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
const { startDate, endDate } = event("DTSTART;TZID=America/Chicago:20260307T120000", "DURATION:PT24H");
console.log(String(startDate), String(endDate));
CODE
cat >expected.txt <<'SEEN'
2026-03-07T12:00:00 2026-03-08T12:00:00
SEEN
TZ=UTC node probe.mjs >actual.txt
diff expected.txt actual.txt || { echo "changed: ical-js-duration-of-24-hours" >&2; exit 1; }
cat actual.txt
