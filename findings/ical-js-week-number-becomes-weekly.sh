#!/usr/bin/env bash
# ical.js turns a yearly rule by week number into every Monday
#
# Version: ical.js 2.2.1
# Expected: FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO is one Monday in May each year.
# Seen: BYWEEKNO is ignored without an error: every Monday from the start on.
# So: a rule that a library does not know has to be refused before it reaches the library.
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
console.log(first(4, "DTSTART;VALUE=DATE:20260105", "RRULE:FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO"));
CODE
cat >expected.txt <<'SEEN'
2026-01-05 2026-01-12 2026-01-19 2026-01-26
SEEN
TZ=UTC node probe.mjs >actual.txt
diff expected.txt actual.txt || { echo "changed: ical-js-week-number-becomes-weekly" >&2; exit 1; }
cat actual.txt
