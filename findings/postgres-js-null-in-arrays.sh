#!/usr/bin/env bash
# postgres.js turns a NULL inside an array into NaN, false or the text NULL
#
# Version: @electric-sql/pglite 0.5.14, @electric-sql/pglite-socket 0.2.17, postgres 3.4.9
# Expected: array[1, null] is [1, null].
# Seen: numbers give NaN, booleans false, texts the text NULL; only timestamps give null.
# So: the median of a window without data reads as NaN, and JSON hides it; array parsers have to keep null.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes >/dev/null
npm install --silent --no-audit --no-fund @electric-sql/pglite@0.5.14 @electric-sql/pglite-socket@0.2.17 postgres@3.4.9
cat >probe.mjs <<'CODE'
import { PGlite } from "@electric-sql/pglite";
import { PGLiteSocketServer } from "@electric-sql/pglite-socket";
import postgres from "postgres";
const db = await PGlite.create();
const server = new PGLiteSocketServer({ db, host: "127.0.0.1", port: 0 });
await server.start();
const connect = () =>
  postgres({ host: "127.0.0.1", port: Number(server.getServerConn().split(":")[1]), user: "postgres", database: "postgres", password: "x", max: 1 });
const sql = connect();
const [row] = await sql`select array[1.5, null]::float8[] f, array[1, null]::int4[] i, array[true, null]::bool[] b, array['a', null]::text[] t, array[timestamptz 'epoch', null] z`;
for (const name of ["f", "i", "b", "t", "z"]) console.log(name, Object.is(row[name][1], NaN) ? "NaN" : JSON.stringify(row[name][1]));
await sql.end();
await server.stop();
await db.close();
CODE
cat >expected.txt <<'SEEN'
f NaN
i NaN
b false
t "NULL"
z null
SEEN
TZ=UTC node probe.mjs >actual.txt
diff expected.txt actual.txt || { echo "changed: postgres-js-null-in-arrays" >&2; exit 1; }
cat actual.txt
