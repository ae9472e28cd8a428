#!/usr/bin/env bash
# postgres.js' insert helper drops columns that the first row does not have
#
# Version: @electric-sql/pglite 0.5.14, @electric-sql/pglite-socket 0.2.17, postgres 3.4.9
# Expected: inserting [{ a: 1 }, { a: 2, b: 9 }] stores 9, or throws because the rows differ.
# Seen: b is left out of the statement: the second row gets the default, without an error.
# So: name the columns: sql(rows, 'a', 'b').
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
await sql`create table t (a int, b int default 5)`;
await sql`insert into t ${sql([{ a: 1 }, { a: 2, b: 9 }])}`;
console.log(JSON.stringify(await sql`select * from t order by a`));
await sql.end();
await server.stop();
await db.close();
CODE
cat >expected.txt <<'SEEN'
[{"a":1,"b":5},{"a":2,"b":5}]
SEEN
TZ=UTC node probe.mjs >actual.txt
diff expected.txt actual.txt || { echo "changed: postgres-js-insert-takes-columns-of-first-row" >&2; exit 1; }
cat actual.txt
