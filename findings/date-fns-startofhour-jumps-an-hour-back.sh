#!/usr/bin/env bash
# date-fns startOfHour of the second 01:45 of an autumn night lands in the first 01:00
#
# Version: date-fns 4.4.0, @date-fns/tz 1.5.0
# Expected: truncating 07:45Z to its hour gives 07:00Z; even startOfMinute cannot move by an hour.
# Seen: both go back through the wall clock and end an hour early: 06:00Z and 06:45Z.
# So: cut chart buckets on instants.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes >/dev/null
npm install --silent --no-audit --no-fund date-fns@4.4.0 @date-fns/tz@1.5.0
cat >probe.mjs <<'CODE'
import { startOfHour, startOfMinute } from "date-fns";
import { TZDate } from "@date-fns/tz";
const at = new TZDate(Date.parse("2023-11-05T07:45:30Z"), "America/Chicago");
console.log(new Date(+startOfHour(at)).toISOString());
console.log(new Date(+startOfMinute(at)).toISOString());
CODE
cat >expected.txt <<'SEEN'
2023-11-05T06:00:00.000Z
2023-11-05T06:45:00.000Z
SEEN
TZ=UTC node probe.mjs >actual.txt
diff expected.txt actual.txt || { echo "changed: date-fns-startofhour-jumps-an-hour-back" >&2; exit 1; }
cat actual.txt
