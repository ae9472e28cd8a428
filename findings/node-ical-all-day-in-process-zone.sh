#!/usr/bin/env bash
# node-ical gives an all-day event the midnight of the process's time zone
#
# Version: node-ical 0.27.2
# Expected: a DATE value has no zone and comes out as a date, or as UTC midnight.
# Seen: with TZ=America/New_York the start is 05:00Z: the same file means another date elsewhere.
# So: such a file has to be parsed with TZ=UTC.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes >/dev/null
npm install --silent --no-audit --no-fund node-ical@0.27.2
cat >probe.mjs <<'CODE'
import ical from "node-ical";
const calendar = (...lines) =>
  ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//example//EN", "BEGIN:VEVENT", "UID:1@example.com", "DTSTAMP:20260101T000000Z"]
    .concat(lines, "END:VEVENT", "END:VCALENDAR", "")
    .join("\r\n");
const [event] = Object.values(ical.sync.parseICS(calendar("DTSTART;VALUE=DATE:20260307", "DTEND;VALUE=DATE:20260308"))).filter(({ type }) => type === "VEVENT");
console.log(event.start.toISOString());
CODE
cat >expected.txt <<'SEEN'
2026-03-07T05:00:00.000Z
SEEN
TZ=America/New_York node probe.mjs >actual.txt
diff expected.txt actual.txt || { echo "changed: node-ical-all-day-in-process-zone" >&2; exit 1; }
cat actual.txt
