#!/usr/bin/env bash
# DuckDB drops the UTC offset of times that come after its sample
#
# Version: @duckdb/node-api 1.5.6-r.1
# Expected: 18:00+05:00 in a column that was found to be TIMESTAMP is an error, or is converted to 13:00.
# Seen: after 20,480 rows without an offset, rows with +05:00 are read as 18:00.
# So: the type of the column has to be given.
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
const lines = Array.from({ length: 25_000 }, (_, i) => `2023-01-25 18:00:00${i < 24_000 ? "" : "+05:00"}`);
writeFileSync("polls.csv", ["seen", ...lines, ""].join("\n"));
console.log(JSON.stringify(await rows("select typeof(seen) as kind, seen::varchar as seen, count(*)::int as lines from read_csv('polls.csv') group by all")));
CODE
cat >expected.txt <<'SEEN'
[{"kind":"TIMESTAMP","seen":"2023-01-25 18:00:00","lines":25000}]
SEEN
TZ=UTC node probe.mjs >actual.txt
diff expected.txt actual.txt || { echo "changed: duckdb-drops-late-offsets" >&2; exit 1; }
cat actual.txt
