#!/usr/bin/env bash
# node-ical treats a duration of P1D as 24 hours
#
# Version: node-ical 0.27.2
# Expected: P1D is a calendar day (RFC 5545, 3.3.6): from noon to noon, 23 hours over the spring change, which
# is 17:00Z.
# Seen: the event ends at 18:00Z, which is 13:00 on the wall.
# So: the opposite mistake of ical.js: neither can be trusted with durations over a clock change.
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
const [event] = Object.values(ical.sync.parseICS(calendar("DTSTART;TZID=America/Chicago:20260307T120000", "DURATION:P1D"))).filter(({ type }) => type === "VEVENT");
console.log(event.start.toISOString(), event.end.toISOString());
CODE
cat >expected.txt <<'SEEN'
2026-03-07T18:00:00.000Z 2026-03-08T18:00:00.000Z
SEEN
TZ=UTC node probe.mjs >actual.txt
diff expected.txt actual.txt || { echo "changed: node-ical-duration-of-one-day" >&2; exit 1; }
cat actual.txt
