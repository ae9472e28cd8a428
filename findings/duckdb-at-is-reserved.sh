#!/usr/bin/env bash
# A column called "at" is a syntax error in DuckDB
#
# Version: @duckdb/node-api 1.5.6-r.1
# Expected: at is an ordinary name, as in PostgreSQL and SQLite.
# Seen: select at fails: AT starts the clause of time travel. Quoted it works.
# So: an export for analysts should not call its column at.
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
for (const name of ["at", '"at"']) console.log(name, await rows(`select ${name} from (select 1 as "at")`).then(() => "works", (error) => error.message.split("\n")[0]));
CODE
cat >expected.txt <<'SEEN'
at Parser Error: syntax error at or near "from"
"at" works
SEEN
TZ=UTC node probe.mjs >actual.txt
diff expected.txt actual.txt || { echo "changed: duckdb-at-is-reserved" >&2; exit 1; }
cat actual.txt
