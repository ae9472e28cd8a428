#!/usr/bin/env bash
# SheetJS reads a date cell in the time zone of the process
#
# Version: xlsx 0.18.5, exceljs 4.4.0
# Expected: a cell that shows 2023-01-25 18:00 becomes 18:00Z (exceljs writes and reads it so), wherever the
# program runs.
# Seen: in a process in Chicago cellDates gives 00:00Z of the next day, while the formatted text is right.
# So: poll times from a workbook must be taken from the text.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes >/dev/null
npm install --silent --no-audit --no-fund xlsx@0.18.5 exceljs@4.4.0
cat >probe.mjs <<'CODE'
import ExcelJS from "exceljs";
import XLSX from "xlsx";
const workbook = new ExcelJS.Workbook();
const sheet = workbook.addWorksheet("polls");
sheet.addRow([new Date(Date.UTC(2023, 0, 25, 18))]);
sheet.getCell("A1").numFmt = "yyyy-mm-dd hh:mm:ss";
const cell = XLSX.read(Buffer.from(await workbook.xlsx.writeBuffer()), { cellDates: true }).Sheets.polls.A1;
console.log(cell.w, cell.v.toISOString());
CODE
cat >expected.txt <<'SEEN'
2023-01-25 18:00:00 2023-01-26T00:00:00.000Z
SEEN
TZ=America/Chicago node probe.mjs >actual.txt
diff expected.txt actual.txt || { echo "changed: sheetjs-dates-in-process-zone" >&2; exit 1; }
cat actual.txt
