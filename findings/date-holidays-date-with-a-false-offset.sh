#!/usr/bin/env bash
# The "-0600" in date-holidays' Hebrew and Islamic dates is no UTC offset
#
# Version: date-holidays 3.37.0
# Expected: a date such as "2026-02-02 00:00:00 -0600" is an instant with an offset of six hours west.
# Seen: the start is 16:00Z on the day before: the suffix says that the day begins six hours before midnight,
# local time of Jerusalem.
# So: only the first ten characters are a date.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes >/dev/null
npm install --silent --no-audit --no-fund date-holidays@3.37.0
cat >probe.mjs <<'CODE'
import Holidays from "date-holidays";
const [first] = new Holidays("IL").getHolidays(2026);
console.log(first.date, "starts", first.start.toISOString(), "instead of", new Date(first.date).toISOString());
CODE
cat >expected.txt <<'SEEN'
2026-02-02 00:00:00 -0600 starts 2026-02-01T16:00:00.000Z instead of 2026-02-02T06:00:00.000Z
SEEN
TZ=UTC node probe.mjs >actual.txt
diff expected.txt actual.txt || { echo "changed: date-holidays-date-with-a-false-offset" >&2; exit 1; }
cat actual.txt
