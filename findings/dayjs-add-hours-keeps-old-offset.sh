#!/usr/bin/env bash
# Day.js shows the offset from before the clock change after adding 24 hours
#
# Version: dayjs 1.11.23
# Expected: 24 hours after noon on the eve of the spring change it is 13:00 -05:00.
# Seen: format() says 12:00 -06:00: the right instant with an offset that no longer applies.
# So: convert to the zone again after adding hours.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes >/dev/null
npm install --silent --no-audit --no-fund dayjs@1.11.23
cat >probe.mjs <<'CODE'
import dayjs from "dayjs";
import utc from "dayjs/plugin/utc.js";
import timezone from "dayjs/plugin/timezone.js";
dayjs.extend(utc);
dayjs.extend(timezone);
console.log(dayjs.tz("2023-03-11 12:00", "America/Chicago").add(24, "hour").format());
CODE
cat >expected.txt <<'SEEN'
2023-03-12T12:00:00-06:00
SEEN
TZ=UTC node probe.mjs >actual.txt
diff expected.txt actual.txt || { echo "changed: dayjs-add-hours-keeps-old-offset" >&2; exit 1; }
cat actual.txt
