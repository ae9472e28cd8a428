#!/usr/bin/env bash
# node-ical reads Outlook's Pacific Time as a fixed -08:00, in summer too
#
# Version: node-ical 0.27.2
# Expected: "(UTC-08:00) Pacific Time (US & Canada)" is Los Angeles: noon on 7 July is 19:00Z.
# Seen: 20:00Z: the offset in the display name is taken as the zone.
# So: time zones are resolved by name; display names are refused with the name that was meant.
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
const zone = 'TZID="(UTC-08:00) Pacific Time (US & Canada)"';
const [event] = Object.values(ical.sync.parseICS(calendar(`DTSTART;${zone}:20260707T120000`, `DTEND;${zone}:20260707T130000`))).filter(({ type }) => type === "VEVENT");
console.log(event.start.toISOString());
CODE
cat >expected.txt <<'SEEN'
2026-07-07T20:00:00.000Z
SEEN
TZ=UTC node probe.mjs >actual.txt
diff expected.txt actual.txt || { echo "changed: node-ical-outlook-zone-name" >&2; exit 1; }
cat actual.txt
