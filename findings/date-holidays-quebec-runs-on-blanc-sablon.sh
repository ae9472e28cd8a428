#!/usr/bin/env bash
# date-holidays computes Quebec's holidays in a time zone that few people there use
#
# Version: date-holidays 3.37.0
# Expected: a holiday of Quebec starts at midnight in Montreal (05:00Z in December).
# Seen: it starts at 04:00Z, because the province's first zone is America/Blanc-Sablon, an hour ahead.
# So: only the local dates of the library are of use, laid on the zone of the store.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes >/dev/null
npm install --silent --no-audit --no-fund date-holidays@3.37.0
cat >probe.mjs <<'CODE'
import Holidays from "date-holidays";
const quebec = new Holidays("CA", "qc");
const christmas = quebec.getHolidays(2026).find(({ date }) => date.startsWith("2026-12-25"));
console.log(quebec.getTimezones()[0], christmas.start.toISOString());
CODE
cat >expected.txt <<'SEEN'
America/Blanc-Sablon 2026-12-25T04:00:00.000Z
SEEN
TZ=UTC node probe.mjs >actual.txt
diff expected.txt actual.txt || { echo "changed: date-holidays-quebec-runs-on-blanc-sablon" >&2; exit 1; }
cat actual.txt
