#!/usr/bin/env bash
# date-holidays answers for the day before when it is asked with a date
#
# Version: date-holidays 3.37.0
# Expected: isHoliday("2026-12-25") of the US asks about Christmas Day.
# Seen: the text is UTC midnight, which is still 24 December in New York: the answer is Christmas Eve.
# So: holidays have to be listed by year and matched by local date.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes >/dev/null
npm install --silent --no-audit --no-fund date-holidays@3.37.0
cat >probe.mjs <<'CODE'
import Holidays from "date-holidays";
console.log(new Holidays("US").isHoliday("2026-12-25").map(({ name }) => name).join());
CODE
cat >expected.txt <<'SEEN'
Christmas Eve
SEEN
TZ=UTC node probe.mjs >actual.txt
diff expected.txt actual.txt || { echo "changed: date-holidays-reads-dates-as-utc" >&2; exit 1; }
cat actual.txt
