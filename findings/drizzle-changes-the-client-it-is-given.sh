#!/usr/bin/env bash
# drizzle() changes the parsers of the postgres.js client that is passed to it
#
# Version: drizzle-orm 0.45.4, @electric-sql/pglite 0.5.14, @electric-sql/pglite-socket 0.2.17, postgres 3.4.9
# Expected: wrapping a client leaves it as it was: its own queries give and take Dates.
# Seen: from then on the client's own queries give timestamps as text, and a Date parameter throws.
# So: raw queries and builder queries need one way of decoding instants, or two clients.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes >/dev/null
npm install --silent --no-audit --no-fund drizzle-orm@0.45.4 @electric-sql/pglite@0.5.14 @electric-sql/pglite-socket@0.2.17 postgres@3.4.9
cat >probe.mjs <<'CODE'
import { drizzle } from "drizzle-orm/postgres-js";
import { PGlite } from "@electric-sql/pglite";
import { PGLiteSocketServer } from "@electric-sql/pglite-socket";
import postgres from "postgres";
const db = await PGlite.create();
const server = new PGLiteSocketServer({ db, host: "127.0.0.1", port: 0 });
await server.start();
const connect = () =>
  postgres({ host: "127.0.0.1", port: Number(server.getServerConn().split(":")[1]), user: "postgres", database: "postgres", password: "x", max: 1 });
const sql = connect();
console.log(typeof (await sql`select timestamptz 'epoch' z`)[0].z);
await sql.end();
const other = connect();
drizzle(other);
console.log(typeof (await other`select timestamptz 'epoch' z`)[0].z);
console.log(await other`select ${new Date(0)}::timestamptz z`.then(() => "taken", (error) => error.message.split(" must")[0]));
await other.end();
await sql.end();
await server.stop();
await db.close();
CODE
cat >expected.txt <<'SEEN'
object
string
The "string" argument
SEEN
TZ=UTC node probe.mjs >actual.txt
diff expected.txt actual.txt || { echo "changed: drizzle-changes-the-client-it-is-given" >&2; exit 1; }
cat actual.txt
