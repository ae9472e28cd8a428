#!/usr/bin/env bash
# Intl's formatRange adds day numbers that were not asked for
#
# Version: node 20.20.2
# Expected: with weekday, hour and minute a range reads Sun, 10:30 AM - Sun, 1:30 PM.
# Seen: "5 Sun, 10:30 AM – 12 Sun, 1:30 PM".
# So: put a range together from two single texts.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes >/dev/null
npm install --silent --no-audit --no-fund node@20.20.2
cat >probe.mjs <<'CODE'
const text = new Intl.DateTimeFormat("en-US", { timeZone: "America/Chicago", weekday: "short", hour: "numeric", minute: "2-digit" });
console.log(text.formatRange(new Date("2023-11-05T16:30Z"), new Date("2023-11-12T19:30Z")).replaceAll(/\s/g, " "));
CODE
cat >expected.txt <<'SEEN'
5 Sun, 10:30 AM – 12 Sun, 1:30 PM
SEEN
TZ=UTC node_modules/node/bin/node probe.mjs >actual.txt
diff expected.txt actual.txt || { echo "changed: intl-range-of-weekdays-grows-day-numbers" >&2; exit 1; }
cat actual.txt
