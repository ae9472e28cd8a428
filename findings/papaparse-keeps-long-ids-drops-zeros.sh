#!/usr/bin/env bash
# Papa Parse's dynamicTyping keeps 19-digit ids as text and drops leading zeros
#
# Version: papaparse 5.7.1
# Expected: long ids are rounded to a double, as everywhere else, and 0123 is treated alike in all places.
# Seen: integers beyond 2^53 stay text; 0123 becomes 123: one column holds strings and numbers.
# So: store ids are text from the first byte to the last.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes >/dev/null
npm install --silent --no-audit --no-fund papaparse@5.7.1
cat >probe.mjs <<'CODE'
import Papa from "papaparse";
console.log(JSON.stringify(Papa.parse("id\n8419537941919820732\n0123\n1e5\n", { header: true, dynamicTyping: true, skipEmptyLines: true }).data.map(({ id }) => id)));
CODE
cat >expected.txt <<'SEEN'
["8419537941919820732",123,100000]
SEEN
TZ=UTC node probe.mjs >actual.txt
diff expected.txt actual.txt || { echo "changed: papaparse-keeps-long-ids-drops-zeros" >&2; exit 1; }
cat actual.txt
