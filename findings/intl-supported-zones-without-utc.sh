#!/usr/bin/env bash
# Intl.supportedValuesOf('timeZone') lists neither UTC nor today's names of many zones
#
# Version: node 20.20.2
# Expected: the list has every name that Intl accepts, at least UTC, Asia/Kolkata and Europe/Kyiv.
# Seen: 418 of about 600 names: no UTC, Asia/Calcutta and Europe/Kiev instead, and no America/Yellowknife.
# So: take the names from the tz database itself.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes >/dev/null
npm install --silent --no-audit --no-fund node@20.20.2
cat >probe.mjs <<'CODE'
const names = Intl.supportedValuesOf("timeZone");
console.log(names.length, ["UTC", "Asia/Kolkata", "Asia/Calcutta", "Europe/Kyiv", "America/Yellowknife"].map((name) => names.includes(name)).join(" "));
CODE
cat >expected.txt <<'SEEN'
418 false false true false false
SEEN
TZ=UTC node_modules/node/bin/node probe.mjs >actual.txt
diff expected.txt actual.txt || { echo "changed: intl-supported-zones-without-utc" >&2; exit 1; }
cat actual.txt
