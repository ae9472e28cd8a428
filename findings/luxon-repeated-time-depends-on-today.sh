#!/usr/bin/env bash
# Luxon resolves a repeated wall time by the offset that applies on the day of the call
#
# Version: luxon 3.7.2
# Expected: 01:30 on the night of an autumn clock change is always read as the first, or always as the second,
# of the two instants.
# Seen: the same call gives the first instant when it is made in summer and the second when it is made in
# winter.
# So: compute from offset periods; never turn a wall time into an instant.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes >/dev/null
npm install --silent --no-audit --no-fund luxon@3.7.2
cat >probe.mjs <<'CODE'
import { DateTime, Settings } from "luxon";
for (const today of ["2023-07-15T00:00:00Z", "2023-12-15T00:00:00Z"]) {
  Settings.now = () => Date.parse(today);
  console.log(today.slice(0, 10), DateTime.fromISO("2023-11-05T01:30", { zone: "America/Chicago" }).toISO());
}
CODE
cat >expected.txt <<'SEEN'
2023-07-15 2023-11-05T01:30:00.000-05:00
2023-12-15 2023-11-05T01:30:00.000-06:00
SEEN
TZ=UTC node probe.mjs >actual.txt
diff expected.txt actual.txt || { echo "changed: luxon-repeated-time-depends-on-today" >&2; exit 1; }
cat actual.txt
