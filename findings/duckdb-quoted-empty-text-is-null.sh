#!/usr/bin/env bash
# DuckDB reads "" in a CSV as NULL and the word NULL as text
#
# Version: @duckdb/node-api 1.5.6-r.1
# Expected: a quoted empty field is an empty text, as in PostgreSQL's COPY, and only an unquoted empty field is
# NULL.
# Seen: both are NULL.
# So: an empty text and a missing one cannot be told apart after a round trip.
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
writeFileSync("stores.csv", 'id,name\n1,""\n2,\n3,NULL\n');
console.log(JSON.stringify(await rows("select name from read_csv('stores.csv')")));
CODE
cat >expected.txt <<'SEEN'
[{"name":null},{"name":null},{"name":"NULL"}]
SEEN
TZ=UTC node probe.mjs >actual.txt
diff expected.txt actual.txt || { echo "changed: duckdb-quoted-empty-text-is-null" >&2; exit 1; }
cat actual.txt
