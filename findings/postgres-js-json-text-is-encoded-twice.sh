#!/usr/bin/env bash
# postgres.js encodes a JSON text that is cast to jsonb a second time
#
# Version: @electric-sql/pglite 0.5.14, @electric-sql/pglite-socket 0.2.17, postgres 3.4.9
# Expected: ${'{"a":1}'}::jsonb stores an object, as it does with other drivers.
# Seen: it stores a JSON string; objects go in as objects.
# So: cast a JSON text through text: ::text::jsonb.
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
const text = '{"a":1}';
const [row] = await sql`select jsonb_typeof(${text}::jsonb) direct, jsonb_typeof(${text}::text::jsonb) through_text, jsonb_typeof(${{ a: 1 }}::jsonb) object`;
console.log(JSON.stringify(row));
await sql.end();
await server.stop();
await db.close();
CODE
cat >expected.txt <<'SEEN'
{"direct":"string","through_text":"object","object":"object"}
SEEN
TZ=UTC node probe.mjs >actual.txt
diff expected.txt actual.txt || { echo "changed: postgres-js-json-text-is-encoded-twice" >&2; exit 1; }
cat actual.txt
