#!/usr/bin/env bash
# ts-ics repeats an event by the clock of the process, not of the event's TZID
#
# Version: ts-ics 2.4.6
# Expected: a weekly 09:00 in Chicago stays at 09:00 after the spring change: 14:00Z.
# Seen: in a process on UTC it stays at 15:00Z, an hour late.
# So: weekly events move by an hour twice a year, depending on where the server runs.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes >/dev/null
npm install --silent --no-audit --no-fund ts-ics@2.4.6
cat >probe.mjs <<'CODE'
import { convertIcsCalendar, extendByRecurrenceRule } from "ts-ics";
const text = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//example//EN", "BEGIN:VEVENT", "UID:1@example.com", "DTSTAMP:20260101T000000Z", "SUMMARY:closed",
  "DTSTART;TZID=America/Chicago:20260301T090000", "DTEND;TZID=America/Chicago:20260301T100000", "RRULE:FREQ=WEEKLY;COUNT=3", "END:VEVENT", "END:VCALENDAR", ""].join("\r\n");
const [event] = convertIcsCalendar(undefined, text).events;
for (const date of extendByRecurrenceRule(event.recurrenceRule, { start: event.start.date, end: new Date("2026-04-01") })) console.log(date.toISOString());
CODE
cat >expected.txt <<'SEEN'
2026-03-01T15:00:00.000Z
2026-03-08T15:00:00.000Z
2026-03-15T15:00:00.000Z
SEEN
TZ=UTC node probe.mjs >actual.txt
diff expected.txt actual.txt || { echo "changed: ts-ics-repeats-in-process-zone" >&2; exit 1; }
cat actual.txt
