#!/usr/bin/env bash
# A sum of integers written by DuckDB to Parquet is a DOUBLE
#
# Version: @duckdb/node-api 1.5.6-r.1
# Expected: sum of INTEGER stays an integer in the file.
# Seen: sum is HUGEINT, which Parquet does not have, so the file holds DOUBLE.
# So: sums of milliseconds have to be cast before they are exported.
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
await database.run("copy (select sum(x) as total from (values (1), (2)) as t (x)) to 'total.parquet'");
console.log(Object.values((await rows("select typeof(sum(x)) from (values (1), (2)) as t (x)"))[0])[0], Object.values((await rows("select typeof(total) from 'total.parquet'"))[0])[0]);
CODE
cat >expected.txt <<'SEEN'
HUGEINT DOUBLE
SEEN
TZ=UTC node probe.mjs >actual.txt
diff expected.txt actual.txt || { echo "changed: duckdb-sum-becomes-double-in-parquet" >&2; exit 1; }
cat actual.txt
