#!/usr/bin/env bash
# Luxon's isInDST is a comparison with January and May, not the flag of the tz database
#
# Version: luxon 3.7.2
# Expected: Istanbul is on standard time (+03, isdst 0) since September 2016.
# Seen: isInDST is true in December 2016, because January of that year was an hour behind.
# So: zones that stopped changing their clocks in 2026 would be labelled daylight time; labels use the
# abbreviation of the tz database.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes >/dev/null
npm install --silent --no-audit --no-fund luxon@3.7.2
cat >probe.mjs <<'CODE'
import { DateTime } from "luxon";
for (const date of ["2016-12-01", "2017-12-01"]) console.log(date, DateTime.fromISO(date, { zone: "Europe/Istanbul" }).isInDST);
CODE
cat >expected.txt <<'SEEN'
2016-12-01 true
2017-12-01 false
SEEN
TZ=UTC node probe.mjs >actual.txt
diff expected.txt actual.txt || { echo "changed: luxon-isindst-after-permanent-change" >&2; exit 1; }
cat actual.txt
