#!/usr/bin/env bash
# Drizzle over postgres.js parses and describes a query again at every call
#
# Version: @electric-sql/pglite 0.5.14, @electric-sql/pglite-socket 0.2.17, postgres 3.4.9, drizzle-orm 0.45.4
# Expected: postgres.js prepares a statement once per connection, so Drizzle on top of it does too.
# Seen: the same query three times is parsed once by postgres.js and by a Drizzle query with .prepare(name), but three
# times by a plain Drizzle query, each time with a wait for its description before the parameters are sent.
# So: give hot queries a name with .prepare(), or set `prepare` on the calls that Drizzle makes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes >/dev/null
npm install --silent --no-audit --no-fund @electric-sql/pglite@0.5.14 @electric-sql/pglite-socket@0.2.17 postgres@3.4.9 drizzle-orm@0.45.4
cat >probe.mjs <<'CODE'
import { connect, createServer } from "node:net";
import { PGlite } from "@electric-sql/pglite";
import { PGLiteSocketServer } from "@electric-sql/pglite-socket";
import { eq, sql as raw } from "drizzle-orm";
import { integer, pgTable } from "drizzle-orm/pg-core";
import { drizzle } from "drizzle-orm/postgres-js";
import postgres from "postgres";
const pg = await PGlite.create();
await pg.exec("create table polls (id integer)");
const server = new PGLiteSocketServer({ db: pg, host: "127.0.0.1", port: 0 });
await server.start();
const port = Number(server.getServerConn().split(":")[1]);
// Counts the messages of the client by their type, the first one (which has none) left out.
let counts = {};
const proxy = createServer((client) => {
  const upstream = connect(port, "127.0.0.1");
  let rest = Buffer.alloc(0);
  let isFirst = true;
  client.on("data", (data) => {
    upstream.write(data);
    rest = Buffer.concat([rest, data]);
    for (;;) {
      const head = isFirst ? 0 : 1;
      if (rest.length < head + 4 || rest.length < head + rest.readInt32BE(head)) break;
      const type = isFirst ? "start" : String.fromCharCode(rest[0]);
      counts[type] = (counts[type] ?? 0) + 1;
      rest = rest.subarray(head + rest.readInt32BE(head));
      isFirst = false;
    }
  });
  upstream.pipe(client);
  for (const socket of [client, upstream]) socket.on("error", () => undefined).on("close", () => (client.destroy(), upstream.destroy()));
});
await new Promise((resolve) => proxy.listen(0, "127.0.0.1", resolve));
const client = postgres({ host: "127.0.0.1", port: proxy.address().port, user: "postgres", database: "postgres", password: "x", max: 1, ssl: false, fetch_types: false });
await client`select 1`;
const db = drizzle(client);
const polls = pgTable("polls", { id: integer("id") });
const named = db.select().from(polls).where(eq(polls.id, raw.placeholder("id"))).prepare("by_id");
const ways = {
  "postgres.js": (id) => client`select id from polls where id = ${id}`,
  "drizzle, named": (id) => named.execute({ id }),
  drizzle: (id) => db.select().from(polls).where(eq(polls.id, id)),
};
for (const [name, run] of Object.entries(ways)) {
  counts = {};
  for (const id of [1, 2, 3]) await run(id);
  console.log(`${name}: ${counts.P} parsed, ${counts.B} executed`);
}
await client.end();
proxy.close();
await server.stop();
await pg.close();
CODE
cat >expected.txt <<'SEEN'
postgres.js: 1 parsed, 3 executed
drizzle, named: 1 parsed, 3 executed
drizzle: 3 parsed, 3 executed
SEEN
TZ=UTC node probe.mjs >actual.txt
diff expected.txt actual.txt || { echo "changed: drizzle-parses-each-statement-again" >&2; exit 1; }
cat actual.txt
