#!/usr/bin/env bash
# hyparquet-writer writes a JavaScript Date as a timestamp without a zone
#
# Version: hyparquet-writer 0.17.0, @duckdb/node-api 1.5.6-r.1
# Expected: a Date is an instant and becomes isAdjustedToUTC.
# Seen: readers get TIMESTAMP, not TIMESTAMP WITH TIME ZONE, and may shift it by their own zone.
# So: instants in Parquet need the logical type set by hand.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes >/dev/null
npm install --silent --no-audit --no-fund hyparquet-writer@0.17.0 @duckdb/node-api@1.5.6-r.1
cat >probe.mjs <<'CODE'
import { writeFileSync } from "node:fs";
import { parquetWriteBuffer } from "hyparquet-writer";
import { DuckDBInstance } from "@duckdb/node-api";
const file = parquetWriteBuffer({ columnData: [{ name: "seen", type: "TIMESTAMP", data: [new Date("2023-01-25T18:00:00Z")] }] });
writeFileSync("polls.parquet", Buffer.from(file));
const database = await (await DuckDBInstance.create(":memory:")).connect();
console.log(Object.values((await database.runAndReadAll("select typeof(seen) from 'polls.parquet'")).getRowObjectsJson()[0])[0]);
CODE
cat >expected.txt <<'SEEN'
TIMESTAMP
SEEN
TZ=UTC node probe.mjs >actual.txt
diff expected.txt actual.txt || { echo "changed: hyparquet-writer-dates-are-naive" >&2; exit 1; }
cat actual.txt
