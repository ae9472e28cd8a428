#!/usr/bin/env bash
# hyparquet reads decimal(20,0) as a rounded number
#
# Version: hyparquet 1.33.0, @duckdb/node-api 1.5.6-r.1
# Expected: a decimal column comes back as a BigInt or a text, as int64 does.
# Seen: 8419537941919820732 becomes 8419537941919821000.
# So: ids belong in a text column.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes >/dev/null
npm install --silent --no-audit --no-fund hyparquet@1.33.0 @duckdb/node-api@1.5.6-r.1
cat >probe.mjs <<'CODE'
import { readFileSync } from "node:fs";
import { parquetReadObjects } from "hyparquet";
import { DuckDBInstance } from "@duckdb/node-api";
const database = await (await DuckDBInstance.create(":memory:")).connect();
await database.run("copy (select 8419537941919820732::decimal(20, 0) as id) to 'ids.parquet'");
const { buffer, byteOffset, byteLength } = readFileSync("ids.parquet");
const [{ id }] = await parquetReadObjects({ file: buffer.slice(byteOffset, byteOffset + byteLength) });
console.log(typeof id, id);
CODE
cat >expected.txt <<'SEEN'
number 8419537941919821000
SEEN
TZ=UTC node probe.mjs >actual.txt
diff expected.txt actual.txt || { echo "changed: hyparquet-rounds-decimal-ids" >&2; exit 1; }
cat actual.txt
