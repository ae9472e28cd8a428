#!/usr/bin/env bash
# The newest Node.js does not know four zone changes of 2026
#
# Version: node 26.10.0
# Expected: the newest release of Node has the present rules of every zone.
# Seen: its tz release is 2026c: Winnipeg and Inuvik are an hour behind since 1 November 2026, Havana an hour
# behind until March 2027. Manitoba and the Northwest Territories stay at -05 and -06, Cuba at -04.
# So: offsets come from the newest tz release at hand, never from the runtime.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes >/dev/null
npm install --silent --no-audit --no-fund node@26.10.0
cat >probe.mjs <<'CODE'
console.log(process.versions.tz);
for (const timeZone of ["America/Winnipeg", "America/Inuvik", "America/Havana"]) {
  const parts = new Intl.DateTimeFormat("en-US", { timeZone, timeZoneName: "longOffset" }).formatToParts(new Date("2026-12-01T12:00:00Z"));
  console.log(timeZone, parts.find(({ type }) => type === "timeZoneName").value);
}
CODE
cat >expected.txt <<'SEEN'
2026c
America/Winnipeg GMT-06:00
America/Inuvik GMT-07:00
America/Havana GMT-05:00
SEEN
TZ=UTC node_modules/node/bin/node probe.mjs >actual.txt
diff expected.txt actual.txt || { echo "changed: node-zone-rules-behind" >&2; exit 1; }
cat actual.txt
