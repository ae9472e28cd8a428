#!/usr/bin/env bash
# date-holidays lists substitute days for the US and England, none for Canada
#
# Version: date-holidays 3.37.0
# Expected: 25 December 2027, a Saturday, has its observed day in British Columbia as in the US and England.
# Seen: the US has Friday 24 (and 31 for New Year), England Monday 27 and Tuesday 28; British Columbia has
# Saturday alone.
# So: observed days have to be added where the library has none.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes >/dev/null
npm install --silent --no-audit --no-fund date-holidays@3.37.0
cat >probe.mjs <<'CODE'
import Holidays from "date-holidays";
for (const place of [["US"], ["GB", "eng"], ["CA", "bc"]]) {
  const days = new Holidays(...place).getHolidays(2027).filter(({ type, date }) => type === "public" && date.startsWith("2027-12"));
  console.log(place.join("-"), days.map(({ date }) => date.slice(0, 10)).join(" "));
}
CODE
cat >expected.txt <<'SEEN'
US 2027-12-24 2027-12-25 2027-12-31
GB-eng 2027-12-25 2027-12-26 2027-12-27 2027-12-28
CA-bc 2027-12-25
SEEN
TZ=UTC node probe.mjs >actual.txt
diff expected.txt actual.txt || { echo "changed: date-holidays-observed-days-only-in-some-countries" >&2; exit 1; }
cat actual.txt
