#!/usr/bin/env bash
# In PostgreSQL 24:00 plus an interval of zero is 00:00
#
# Version: @electric-sql/pglite 0.5.14
# Expected: adding nothing changes nothing.
# Seen: time '24:00' is kept, compares greater than 23:59, and becomes 00:00 with the first arithmetic.
# So: keep hours as seconds after midnight.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes >/dev/null
npm install --silent --no-audit --no-fund @electric-sql/pglite@0.5.14
cat >probe.mjs <<'CODE'
import { PGlite } from "@electric-sql/pglite";
const db = await PGlite.create();
const { rows } = await db.query("select time '24:00'::text as kept, (time '24:00' + interval '0')::text as sum, time '23:59:60'::text as leap");
console.log(JSON.stringify(rows[0]));
await db.close();
CODE
cat >expected.txt <<'SEEN'
{"kept":"24:00:00","sum":"00:00:00","leap":"24:00:00"}
SEEN
TZ=UTC node probe.mjs >actual.txt
diff expected.txt actual.txt || { echo "changed: postgresql-24-00-plus-nothing-is-midnight" >&2; exit 1; }
cat actual.txt
