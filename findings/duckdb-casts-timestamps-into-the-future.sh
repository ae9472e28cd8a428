#!/usr/bin/env bash
# DuckDB rounds a timestamp up when it is cast to milliseconds or seconds
#
# Version: @duckdb/node-api 1.5.6-r.1
# Expected: a cast to a coarser timestamp cuts digits off, as date_trunc does.
# Seen: .999999 becomes the next second in both: an instant that has not happened yet.
# So: cut with date_trunc before casting.
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
console.log(JSON.stringify((await rows("select (t::timestamp_ms)::varchar ms, (t::timestamp_s)::varchar s from (select timestamp '2023-01-25 17:59:59.999999' as t)"))[0]));
CODE
cat >expected.txt <<'SEEN'
{"ms":"2023-01-25 18:00:00","s":"2023-01-25 18:00:00"}
SEEN
TZ=UTC node probe.mjs >actual.txt
diff expected.txt actual.txt || { echo "changed: duckdb-casts-timestamps-into-the-future" >&2; exit 1; }
cat actual.txt
