#!/usr/bin/env bash
# Intl's formatRange shows an hour of elapsed time as a single time when the clocks go back
#
# Version: node 20.20.2
# Expected: from the first to the second 1:30 AM reads as a range.
# Seen: "1:30 AM": the ends look alike, so the range collapses.
# So: write both ends, with the abbreviation where the offset differs.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes >/dev/null
npm install --silent --no-audit --no-fund node@20.20.2
cat >probe.mjs <<'CODE'
const text = new Intl.DateTimeFormat("en-US", { timeZone: "America/Chicago", hour: "numeric", minute: "2-digit" });
console.log(text.formatRange(new Date("2023-11-05T06:30Z"), new Date("2023-11-05T07:30Z")).replaceAll(/\s/g, " "));
CODE
cat >expected.txt <<'SEEN'
1:30 AM
SEEN
TZ=UTC node_modules/node/bin/node probe.mjs >actual.txt
diff expected.txt actual.txt || { echo "changed: intl-range-over-a-repeated-hour-is-one-time" >&2; exit 1; }
cat actual.txt
