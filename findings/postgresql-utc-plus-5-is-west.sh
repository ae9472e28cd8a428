#!/usr/bin/env bash
# PostgreSQL reads the zone UTC+5 as five hours west, and invents zones such as FOO+3
#
# Version: @electric-sql/pglite 0.5.14
# Expected: UTC+5 is five hours ahead, and an unknown name is an error.
# Seen: noon UTC is 07:00 in UTC+5 (POSIX signs); FOO+3 is taken; IST is two hours ahead (Israel), not India.
# So: only names of the tz database are accepted for stores.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes >/dev/null
npm install --silent --no-audit --no-fund @electric-sql/pglite@0.5.14
cat >probe.mjs <<'CODE'
import { PGlite } from "@electric-sql/pglite";
const db = await PGlite.create();
for (const zone of ["UTC+5", "FOO+3", "IST"])
  console.log(zone, (await db.query("select to_char(timestamptz '2023-07-01 12:00+00' at time zone $1, 'HH24:MI') t", [zone])).rows[0].t);
await db.close();
CODE
cat >expected.txt <<'SEEN'
UTC+5 07:00
FOO+3 09:00
IST 14:00
SEEN
TZ=UTC node probe.mjs >actual.txt
diff expected.txt actual.txt || { echo "changed: postgresql-utc-plus-5-is-west" >&2; exit 1; }
cat actual.txt
