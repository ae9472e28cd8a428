#!/usr/bin/env bash
# PostgreSQL rounds a timestamp that is stored with fewer digits
#
# Version: @electric-sql/pglite 0.5.14
# Expected: timestamptz(0) and timestamptz(3) cut digits off.
# Seen: 23:59:59.9 of 31 December becomes midnight of the next year; an epoch cast to int8 rounds as well.
# date_trunc cuts.
# So: cut instants before they reach the database.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes >/dev/null
npm install --silent --no-audit --no-fund @electric-sql/pglite@0.5.14
cat >probe.mjs <<'CODE'
import { PGlite } from "@electric-sql/pglite";
const db = await PGlite.create();
const { rows } = await db.query(`select (t::timestamptz(0))::text rounded, date_trunc('second', t)::text cut, to_char(to_timestamp(extract(epoch from t)::int8) at time zone 'UTC', 'YYYY-MM-DD') as day_of_epoch
  from (select timestamptz '2023-12-31 23:59:59.96+00' t) q`);
console.log(JSON.stringify(rows[0]));
await db.close();
CODE
cat >expected.txt <<'SEEN'
{"rounded":"2024-01-01 00:00:00+00","cut":"2023-12-31 23:59:59+00","day_of_epoch":"2024-01-01"}
SEEN
TZ=UTC node probe.mjs >actual.txt
diff expected.txt actual.txt || { echo "changed: postgresql-rounds-timestamps-into-the-future" >&2; exit 1; }
cat actual.txt
