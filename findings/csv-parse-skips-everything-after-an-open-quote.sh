#!/usr/bin/env bash
# csv-parse returns no row and no error when a quote is never closed and bad records are skipped
#
# Version: csv-parse 7.0.3
# Expected: skip_records_with_error drops the one bad line, or the parser complains at the end of the file.
# Seen: all rows from the open quote on are gone, in silence.
# So: our reader refuses the file and names the line on which the quote opens.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes >/dev/null
npm install --silent --no-audit --no-fund csv-parse@7.0.3
cat >probe.mjs <<'CODE'
import { parse } from "csv-parse/sync";
console.log(JSON.stringify(parse('store,status\n1,"active\n2,active\n3,active\n', { columns: true, skip_records_with_error: true })));
CODE
cat >expected.txt <<'SEEN'
[]
SEEN
TZ=UTC node probe.mjs >actual.txt
diff expected.txt actual.txt || { echo "changed: csv-parse-skips-everything-after-an-open-quote" >&2; exit 1; }
cat actual.txt
