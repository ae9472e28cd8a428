#!/usr/bin/env bash
# opening_hours finds no next opening for 29 February two years ahead
#
# Version: opening_hours 3.15.0
# Expected: "Feb 29 10:00-12:00" asked in June 2026 opens next on 29 February 2028.
# Seen: getNextChange is undefined, as for a place that never opens.
# So: a "never opens" from the library is not proof.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes >/dev/null
npm install --silent --no-audit --no-fund opening_hours@3.15.0
cat >probe.mjs <<'CODE'
import OpeningHours from "opening_hours";
const rule = new OpeningHours("Feb 29 10:00-12:00", { lat: 52.5, lon: 13.4, address: { country_code: "de", state: "Berlin" } });
console.log(rule.getNextChange(new Date("2026-06-01T00:00")));
console.log(rule.getNextChange(new Date("2028-02-01T00:00"))?.toISOString());
CODE
cat >expected.txt <<'SEEN'
undefined
2028-02-29T10:00:00.000Z
SEEN
TZ=UTC node probe.mjs >actual.txt
diff expected.txt actual.txt || { echo "changed: opening-hours-next-leap-day-not-found" >&2; exit 1; }
cat actual.txt
