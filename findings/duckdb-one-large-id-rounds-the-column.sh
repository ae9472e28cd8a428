#!/usr/bin/env bash
# One id of 2^63 makes DuckDB read the whole column as DOUBLE
#
# Version: @duckdb/node-api 1.5.6-r.1
# Expected: ids that do not fit BIGINT make the column HUGEINT or text.
# Seen: the column is DOUBLE and every other 19-digit id is rounded.
# So: id columns need an explicit VARCHAR.
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
writeFileSync("stores.csv", "id\n8419537941919820732\n9223372036854775808\n");
console.log(JSON.stringify(await rows("select typeof(id) as kind, id::decimal(38, 0)::varchar as id from read_csv('stores.csv')")));
CODE
cat >expected.txt <<'SEEN'
[{"kind":"DOUBLE","id":"8419537941919820800"},{"kind":"DOUBLE","id":"9223372036854775808"}]
SEEN
TZ=UTC node probe.mjs >actual.txt
diff expected.txt actual.txt || { echo "changed: duckdb-one-large-id-rounds-the-column" >&2; exit 1; }
cat actual.txt
