#!/usr/bin/env bash
# rrule-temporal leaves out the night on which the time is skipped
#
# Version: rrule-temporal 2.2.8
# Expected: a daily 02:30 happens on 8 March 2026 at 03:30 -05:00, as RFC 5545 (3.3.5) reads a time that does
# not exist.
# Seen: 8 March is missing; the count of four ends a day later.
# So: a rule of local dates is better expanded by date.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes >/dev/null
npm install --silent --no-audit --no-fund rrule-temporal@2.2.8
cat >probe.mjs <<'CODE'
import { RRuleTemporal } from "rrule-temporal";
const rule = new RRuleTemporal({ rruleString: "DTSTART;TZID=America/Chicago:20260306T023000\nRRULE:FREQ=DAILY;COUNT=4" });
for (const date of rule.all()) console.log(date.toString());
CODE
cat >expected.txt <<'SEEN'
2026-03-06T02:30:00-06:00[America/Chicago]
2026-03-07T02:30:00-06:00[America/Chicago]
2026-03-09T02:30:00-05:00[America/Chicago]
2026-03-10T02:30:00-05:00[America/Chicago]
SEEN
TZ=UTC node probe.mjs >actual.txt
diff expected.txt actual.txt || { echo "changed: rrule-temporal-drops-skipped-night" >&2; exit 1; }
cat actual.txt
