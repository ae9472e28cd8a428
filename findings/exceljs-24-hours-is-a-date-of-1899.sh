#!/usr/bin/env bash
# exceljs reads the duration 24:00:00 as a date at the end of 1899
#
# Version: exceljs 4.4.0
# Expected: a cell of value 1 formatted [h]:mm:ss comes out as 1, as a text or as a duration.
# Seen: it is the Date 1899-12-31T00:00:00.000Z, the same as midnight: closing at 24:00 and at 00:00 cannot be
# told apart.
# So: hours from a workbook must be exported as CSV text.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes >/dev/null
npm install --silent --no-audit --no-fund exceljs@4.4.0
cat >probe.mjs <<'CODE'
import ExcelJS from "exceljs";
const written = new ExcelJS.Workbook();
const cell = written.addWorksheet("hours").getCell("A1");
cell.value = 1;
cell.numFmt = "[h]:mm:ss";
const read = new ExcelJS.Workbook();
await read.xlsx.load(await written.xlsx.writeBuffer());
console.log(read.getWorksheet("hours").getCell("A1").value.toISOString());
CODE
cat >expected.txt <<'SEEN'
1899-12-31T00:00:00.000Z
SEEN
TZ=UTC node probe.mjs >actual.txt
diff expected.txt actual.txt || { echo "changed: exceljs-24-hours-is-a-date-of-1899" >&2; exit 1; }
cat actual.txt
