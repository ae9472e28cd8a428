#!/usr/bin/env bash
# opening_hours' odd weeks open two Mondays in a row at a long year's end
#
# Version: opening_hours 3.15.0
# Expected: "week 01-53/2" is every other week.
# Seen: 28 December 2026 (week 53) and 4 January 2027 (week 1) are both open.
# So: a fortnightly rule cannot be converted into ISO weeks.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes >/dev/null
npm install --silent --no-audit --no-fund opening_hours@3.15.0
cat >probe.mjs <<'CODE'
import OpeningHours from "opening_hours";
const rule = new OpeningHours("week 01-53/2 Mo 10:00-12:00", { lat: 52.5, lon: 13.4, address: { country_code: "de", state: "Berlin" } });
for (const day of ["2026-12-21", "2026-12-28", "2027-01-04", "2027-01-11"]) console.log(day, rule.getState(new Date(`${day}T11:00`)));
CODE
cat >expected.txt <<'SEEN'
2026-12-21 false
2026-12-28 true
2027-01-04 true
2027-01-11 false
SEEN
TZ=UTC node probe.mjs >actual.txt
diff expected.txt actual.txt || { echo "changed: opening-hours-every-other-week-twice" >&2; exit 1; }
cat actual.txt
