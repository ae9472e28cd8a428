#!/usr/bin/env bash
# postgres.js reads 'infinity' as an Invalid Date
#
# Version: @electric-sql/pglite 0.5.14, @electric-sql/pglite-socket 0.2.17, postgres 3.4.9
# Expected: an infinite timestamp comes as Infinity (as node-postgres gives it), null or a text.
# Seen: a Date whose time is NaN, which fails only where it is formatted.
# So: an open end is better stored as null.
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
const [{ until }] = await sql`select timestamptz 'infinity' until`;
console.log(until instanceof Date, until.getTime());
await sql.end();
await server.stop();
await db.close();
CODE
cat >expected.txt <<'SEEN'
true NaN
SEEN
TZ=UTC node probe.mjs >actual.txt
diff expected.txt actual.txt || { echo "changed: postgres-js-infinity-is-invalid-date" >&2; exit 1; }
cat actual.txt
