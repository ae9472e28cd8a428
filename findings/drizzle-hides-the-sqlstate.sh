#!/usr/bin/env bash
# Drizzle wraps errors of the driver, so code that looks at the SQLSTATE no longer finds it
#
# Version: @electric-sql/pglite 0.5.14, @electric-sql/pglite-socket 0.2.17, postgres 3.4.9, drizzle-orm 0.45.4
# Expected: error.code is 23505 after a duplicate key, whether the statement was written by hand or with the builder.
# Seen: the builder throws a DrizzleQueryError without a code; the driver's error is its cause. A loop that retries
# on 40001, or answers 409 on 23505, stops working when its statement moves to the builder.
# So: look for the code along the chain of causes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes >/dev/null
npm install --silent --no-audit --no-fund @electric-sql/pglite@0.5.14 @electric-sql/pglite-socket@0.2.17 postgres@3.4.9 drizzle-orm@0.45.4
cat >probe.mjs <<'CODE'
import { PGlite } from "@electric-sql/pglite";
import { PGLiteSocketServer } from "@electric-sql/pglite-socket";
import { drizzle } from "drizzle-orm/postgres-js";
import { integer, pgTable } from "drizzle-orm/pg-core";
import postgres from "postgres";
const pg = await PGlite.create();
await pg.exec("create table stores (id integer primary key); insert into stores values (1)");
const server = new PGLiteSocketServer({ db: pg, host: "127.0.0.1", port: 0 });
await server.start();
const client = postgres({ host: "127.0.0.1", port: Number(server.getServerConn().split(":")[1]), user: "postgres", database: "postgres", password: "x", max: 1 });
const stores = pgTable("stores", { id: integer("id").primaryKey() });
const show = (name) => (error) => console.log(name, error.constructor.name, "code", error.code, "code of the cause", error.cause?.code);
await client`insert into stores values (1)`.catch(show("by hand:"));
await drizzle(client).insert(stores).values({ id: 1 }).catch(show("builder:"));
await client.end();
await server.stop();
await pg.close();
CODE
cat >expected.txt <<'SEEN'
by hand: PostgresError code 23505 code of the cause undefined
builder: DrizzleQueryError code undefined code of the cause 23505
SEEN
TZ=UTC node probe.mjs >actual.txt
diff expected.txt actual.txt || { echo "changed: drizzle-hides-the-sqlstate" >&2; exit 1; }
cat actual.txt
