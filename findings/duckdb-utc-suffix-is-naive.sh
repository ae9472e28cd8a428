#!/usr/bin/env bash
# DuckDB reads "… UTC" as a timestamp without a zone and "… GMT" as one with
#
# Version: @duckdb/node-api 1.5.6-r.1
# Expected: UTC, GMT and Z at the end of a CSV's times mean the same.
# Seen: only UTC gives TIMESTAMP; comparing such a column with a zoned one then depends on the session's zone.
# Without seconds the column stays text.
# So: the public files write UTC; write Z instead.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes >/dev/null
npm install --silent --no-audit --no-fund @duckdb/node-api@1.5.6-r.1
cat >probe.mjs <<'CODE'
import { writeFileSync } from "node:fs";
import { DuckDBInstance } from "@duckdb/node-api";
const database = await (await DuckDBInstance.create(":memory:")).connect();
const rows = async (sql) => (await database.runAndReadAll(sql)).getRowObjectsJson();
for (const suffix of [":00 UTC", ":00 GMT", ":00Z", "Z"]) {
  writeFileSync("polls.csv", `store,seen\n1,2023-01-25 18:00${suffix}\n`);
  console.log(suffix.trim(), Object.values((await rows("select typeof(seen) from read_csv('polls.csv')"))[0])[0]);
}
CODE
cat >expected.txt <<'SEEN'
:00 UTC TIMESTAMP
:00 GMT TIMESTAMP WITH TIME ZONE
:00Z TIMESTAMP WITH TIME ZONE
Z VARCHAR
SEEN
TZ=UTC node probe.mjs >actual.txt
diff expected.txt actual.txt || { echo "changed: duckdb-utc-suffix-is-naive" >&2; exit 1; }
cat actual.txt
