#!/usr/bin/env bash
# postgres.js cannot send an array of booleans
#
# Version: @electric-sql/pglite 0.5.14, @electric-sql/pglite-socket 0.2.17, postgres 3.4.9
# Expected: ${[true, false]}::bool[] works as ${[1, 2]}::int[] does.
# Seen: the type of the first element is taken for the parameter: cannot cast type boolean to boolean[].
# So: send integers and cast them in the statement.
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
for (const values of [[1, 2], [true, false]])
  console.log(JSON.stringify(values), await sql`select ${values}::${sql.unsafe(typeof values[0] === "number" ? "int[]" : "bool[]")} x`.then(([{ x }]) => JSON.stringify(x), (error) => error.message));
await sql.end();
await server.stop();
await db.close();
CODE
cat >expected.txt <<'SEEN'
[1,2] [1,2]
[true,false] cannot cast type boolean to boolean[]
SEEN
TZ=UTC node probe.mjs >actual.txt
diff expected.txt actual.txt || { echo "changed: postgres-js-boolean-array-parameter" >&2; exit 1; }
cat actual.txt
