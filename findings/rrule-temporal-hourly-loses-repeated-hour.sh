#!/usr/bin/env bash
# rrule-temporal's hourly rule loses an hour when the clocks go back
#
# Version: rrule-temporal 2.2.8
# Expected: an hourly rule happens every hour of elapsed time; 01:00 comes twice.
# Seen: the second 01:00 (-06:00) is left out.
# So: hourly checks would show a gap once a year.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes >/dev/null
npm install --silent --no-audit --no-fund rrule-temporal@2.2.8
cat >probe.mjs <<'CODE'
import { RRuleTemporal } from "rrule-temporal";
const rule = new RRuleTemporal({ rruleString: "DTSTART;TZID=America/Chicago:20261101T000000\nRRULE:FREQ=HOURLY;COUNT=4" });
for (const date of rule.all()) console.log(date.toString());
CODE
cat >expected.txt <<'SEEN'
2026-11-01T00:00:00-05:00[America/Chicago]
2026-11-01T01:00:00-05:00[America/Chicago]
2026-11-01T02:00:00-06:00[America/Chicago]
2026-11-01T03:00:00-06:00[America/Chicago]
SEEN
TZ=UTC node probe.mjs >actual.txt
diff expected.txt actual.txt || { echo "changed: rrule-temporal-hourly-loses-repeated-hour" >&2; exit 1; }
cat actual.txt
