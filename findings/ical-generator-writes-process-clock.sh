#!/usr/bin/env bash
# ical-generator writes the process's wall clock under the event's zone name
#
# Version: ical-generator 11.1.2
# Expected: 12:00Z in an event with timezone America/Chicago is written as 07:00.
# Seen: it is written as 12:00 in a process on UTC: another instant.
# So: a feed of special hours would be wrong on every server that is not in the store's zone.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes >/dev/null
npm install --silent --no-audit --no-fund ical-generator@11.1.2
cat >probe.mjs <<'CODE'
import ical from "ical-generator";
const calendar = ical();
calendar.createEvent({ id: "1", summary: "closed", start: new Date("2026-07-01T12:00:00Z"), end: new Date("2026-07-01T13:00:00Z"), timezone: "America/Chicago" });
console.log(calendar.toString().split("\r\n").find((line) => line.startsWith("DTSTART")));
CODE
cat >expected.txt <<'SEEN'
DTSTART;TZID=America/Chicago:20260701T120000
SEEN
TZ=UTC node probe.mjs >actual.txt
diff expected.txt actual.txt || { echo "changed: ical-generator-writes-process-clock" >&2; exit 1; }
cat actual.txt
