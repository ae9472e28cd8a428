#!/usr/bin/env bash
# zod's iso.datetime takes +23:59 and refuses lower-case t and z
#
# Version: zod 4.6.7
# Expected: it takes what RFC 3339 takes (t and z in either case) and no offset beyond the +14:00 that exists.
# Seen: the opposite on both; seconds are required unless a precision is set, and thirteen digits of fraction
# pass.
# So: instants are read by one parser of ours; the schema only names it.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes >/dev/null
npm install --silent --no-audit --no-fund zod@4.6.7
cat >probe.mjs <<'CODE'
import { z } from "zod";
for (const text of ["2023-01-25T18:00:00+23:59", "2023-01-25t18:00:00z", "2023-01-25T18:00Z", "2023-01-25T18:00:00.1234567890123Z"])
  console.log(text, z.iso.datetime({ offset: true }).safeParse(text).success);
CODE
cat >expected.txt <<'SEEN'
2023-01-25T18:00:00+23:59 true
2023-01-25t18:00:00z false
2023-01-25T18:00Z false
2023-01-25T18:00:00.1234567890123Z true
SEEN
TZ=UTC node probe.mjs >actual.txt
diff expected.txt actual.txt || { echo "changed: zod-datetime-offsets" >&2; exit 1; }
cat actual.txt
