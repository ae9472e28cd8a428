#!/usr/bin/env bash
# Luxon ignores the Z or offset of an ISO text that also names a zone
#
# Version: luxon 3.7.2
# Expected: 2023-07-01T12:00:00Z[America/Chicago] is noon UTC, shown in Chicago (07:00), as RFC 9557 and
# Temporal say.
# Seen: the Z is dropped: the result is noon in Chicago, five hours later.
# So: a bracketed zone has to be refused or parsed by RFC 9557.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes >/dev/null
npm install --silent --no-audit --no-fund luxon@3.7.2
cat >probe.mjs <<'CODE'
import { DateTime } from "luxon";
console.log(DateTime.fromISO("2023-07-01T12:00:00Z[America/Chicago]").toUTC().toISO());
CODE
cat >expected.txt <<'SEEN'
2023-07-01T17:00:00.000Z
SEEN
TZ=UTC node probe.mjs >actual.txt
diff expected.txt actual.txt || { echo "changed: luxon-bracketed-zone-replaces-offset" >&2; exit 1; }
cat actual.txt
