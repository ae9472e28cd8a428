import { type AddressInfo, createServer, type Server, type Socket } from "node:net";
import { createServer as createHttpServer } from "node:http";
import { chmodSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type BundledDatabase, acquireBundledDatabase } from "@/db/bundled";
import { canTraverse } from "@/db/bundled/run-as";
import { makeDataDir, query, removeDataDir, until } from "@/db/testing/holders";
import { makeSmallDisk } from "@/e2e/faults/harness/small-disk";
import { freePort } from "@/e2e/faults/harness/free-port";
import { type CommandOptions, Replicas } from "@/e2e/faults/harness/replicas";

const replicas = new Replicas();
const dataDir = makeDataDir();
/** Normally a few seconds; a busy machine may take longer. */
const maxMs = 60_000;
let bundled: BundledDatabase;
const servers: Server[] = [];

beforeAll(async () => {
  const folder = join(dataDir, "server");
  mkdirSync(folder, { mode: 0o755 });
  bundled = await acquireBundledDatabase({ dataDir: folder, role: "cli" });
  for (const statement of [
    "create role reader login password 'reader'",
    "create role limited login password 'limited' connection limit 0",
    "create database unwritable",
    "alter database unwritable set default_transaction_read_only = on",
    "create database latin encoding 'LATIN1' locale 'C' template template0",
    "create database closed",
    "revoke create on schema public from public",
  ]) {
    await query(bundled.url, statement);
  }
});
afterAll(async () => {
  await replicas.killAll();
  for (const server of servers) server.close();
  await bundled.release();
  await removeDataDir(join(dataDir, "server"));
  rmSync(dataDir, { recursive: true, force: true });
});

/** The server's address with parts of it replaced. */
function serverUrl(
  changes: Partial<Record<"username" | "password" | "pathname" | "search" | "port" | "hostname", string>>,
) {
  return Object.assign(new URL(bundled.url), changes).href;
}

/** A server on a free port that handles each connection as the test says. */
async function listen(server: Server): Promise<string> {
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return `postgresql://somebody:secret@127.0.0.1:${(server.address() as AddressInfo).port}/monitoring`;
}
const each = (act: (socket: Socket) => void): Server =>
  createServer((socket) => {
    socket.on("error", () => undefined);
    act(socket);
  });

/** A message of PostgreSQL's protocol: type, length and content. */
function message(letter: string, ...parts: readonly (string | number | Buffer)[]): Buffer {
  const body = Buffer.concat(
    parts.map((part) => {
      if (typeof part === "string") return Buffer.from(`${part}\0`);
      if (typeof part !== "number") return part;
      const bytes = Buffer.alloc(4);
      bytes.writeInt32BE(part);
      return bytes;
    }),
  );
  const head = Buffer.from(`${letter}\0\0\0\0`);
  head.writeInt32BE(body.length + 4, 1);
  return Buffer.concat([head, body]);
}

/** Responds like PostgreSQL 13, as far as it is asked. */
const oldServer = (): Server =>
  each((socket) => {
    const columns = ["version", "version_text", "standby", "read_only", "encoding"];
    const types = [23, 25, 16, 16, 25];
    const short = (value: number): Buffer => Buffer.from([value >> 8, value & 255]);
    const row = ["130011", "13.11", "f", "f", "UTF8"];
    socket.on("data", (bytes) => {
      if (bytes[0] === "Q".charCodeAt(0)) {
        const fields = columns.map((name, i) =>
          Buffer.concat([
            Buffer.from(`${name}\0`),
            Buffer.alloc(6),
            Buffer.from([0, 0, 0, types[i] ?? 0]),
            short(4),
            Buffer.alloc(6),
          ]),
        );
        const values = row.map((text) => Buffer.concat([Buffer.from([0, 0, 0, text.length]), Buffer.from(text)]));
        socket.write(message("T", short(columns.length), ...fields));
        socket.write(message("D", short(row.length), ...values));
        socket.write(Buffer.concat([message("C", "SELECT 1"), message("Z", Buffer.from("I"))]));
      } else if (bytes.length === 8) {
        socket.write("N");
      } else if (bytes[0] === 0) {
        socket.write(
          Buffer.concat([
            message("R", 0),
            message("S", "server_version", "13.11"),
            message("K", 1, 1),
            message("Z", Buffer.from("I")),
          ]),
        );
      }
    });
  });

/** Runs a start that must fail. @returns its output */
async function refusal(options: CommandOptions, script = "scripts/start.ts"): Promise<string> {
  const replica = replicas.command(script, options);
  await until(() => !replica.isRunning(), maxMs);
  expect(await replica.exit).toEqual({ code: 1, signal: null });
  const said = replica.said().trim();
  expect(said).not.toMatch(/^\s+at /m);
  return said;
}

/**
 * Checks that the last line is one sentence with cause and remedy, without a secret. Other steps may be printed before
 * it.
 */
function expectSentence(allSaid: string, cause: RegExp, remedy: RegExp): void {
  const said = allSaid.split("\n").at(-1) ?? "";
  expect(said).toMatch(cause);
  expect(said).toMatch(remedy);
  expect(said).toMatch(/\.$/);
  expect(allSaid).not.toContain(new URL(bundled.url).password);
}

type Row = readonly [name: string, cause: RegExp, remedy: RegExp, url: () => string | Promise<string>];

describe("npm start refuses DATABASE_URL in a sentence with the remedy", () => {
  it.each<Row>([
    [
      "a wrong password",
      /refuses the user "reader"/,
      /correct user and password/,
      () => serverUrl({ username: "reader", password: "wrong" }),
    ],
    [
      "an unknown user",
      /refuses the user "nobody"/,
      /correct user and password/,
      () => serverUrl({ username: "nobody" }),
    ],
    ["an unknown database", /no database "none"/, /CREATE DATABASE "none"/, () => serverUrl({ pathname: "/none" })],
    [
      "a user without CREATE",
      /"reader" may not create/,
      /GRANT CREATE ON DATABASE "closed" TO "reader"/,
      () => serverUrl({ username: "reader", password: "reader", pathname: "/closed" }),
    ],
    [
      "no connection left",
      /no connection free/,
      /max_connections/,
      () => serverUrl({ username: "limited", password: "limited" }),
    ],
    [
      "a database that takes no writes",
      /takes no writes/,
      /turn that off/,
      () => serverUrl({ pathname: "/unwritable" }),
    ],
    ["another encoding", /encoding LATIN1/, /TEMPLATE template0/, () => serverUrl({ pathname: "/latin" })],
    [
      "TLS that the server does not have",
      /does not offer TLS/,
      /leave sslmode out/,
      () => serverUrl({ search: "?sslmode=require" }),
    ],
    [
      "a port where nothing listens",
      /Nothing listens at 127\.0\.0\.1/,
      /start PostgreSQL there/,
      async () => serverUrl({ port: String(await freePort()) }),
    ],
    [
      "a host that does not exist",
      /host name no-such-host\.invalid does not resolve/,
      /correct it in DATABASE_URL/,
      () => serverUrl({ hostname: "no-such-host.invalid" }),
    ],
    [
      "a web server",
      /is not a PostgreSQL server/,
      /correct host and port/,
      () => listen(createHttpServer((_request, response) => response.end())),
    ],
    [
      "a server that hangs up",
      /is not a PostgreSQL server/,
      /correct host and port/,
      () => listen(each((socket) => socket.end())),
    ],
    [
      "a server that says nothing",
      /is not a PostgreSQL server/,
      /correct host and port/,
      () => listen(each(() => undefined)),
    ],
    ["an old PostgreSQL", /is PostgreSQL 13\.11, but 15 or newer is required/, /upgrade it/, () => listen(oldServer())],
  ])("%s", async (_name, cause, remedy, url) => {
    expectSentence(await refusal({ databaseUrl: await url() }), cause, remedy);
  });

  it("and so do the commands", async () => {
    const options = { databaseUrl: serverUrl({ pathname: "/none" }) };
    for (const script of ["scripts/backup.ts", "scripts/report.ts"]) {
      expectSentence(await refusal(options, script), /no database "none"/, /CREATE DATABASE "none"/);
    }
  });
});

describe("npm start refuses settings and folders in a sentence with the remedy", () => {
  type SettingRow = readonly [name: string, cause: RegExp, remedy: RegExp, env: () => Record<string, string>];
  const file = (): string => {
    const path = join(dataDir, "a-file");
    writeFileSync(path, "");
    return path;
  };
  it.each<SettingRow>([
    [
      "DATA_DIR that is a file",
      /a-file is a file where a folder is needed/,
      /set DATA_DIR/,
      () => ({ DATA_DIR: file() }),
    ],
    [
      "DATA_DIR below a file",
      /a-file.* is a file where a folder is needed/,
      /set DATA_DIR/,
      () => ({ DATA_DIR: join(file(), "below") }),
    ],
    ["DATA_DIR with too long a name", /too long/, /set DATA_DIR/, () => ({ DATA_DIR: join(dataDir, "n".repeat(300)) })],
    [
      "HOST of another machine",
      /192\.0\.2\.1 is not an address of this machine/,
      /set HOST/,
      () => ({ HOST: "192.0.2.1", AUTH: "open" }),
    ],
    [
      "HOST that is no name",
      /no-such-host\.invalid is not an address of this machine/,
      /set HOST/,
      () => ({ HOST: "no-such-host.invalid", AUTH: "open" }),
    ],
    ["PORT of another program", /is taken by another program/, /set PORT/, () => ({ PORT: new URL(bundled.url).port })],
    ["DATABASE_DIRECT_URL alone", /without DATABASE_URL/, /set both/, () => ({ DATABASE_DIRECT_URL: bundled.url })],
  ])("%s", async (name, cause, remedy, env) => {
    const folder = join(dataDir, `of-${name.replaceAll(" ", "-")}`);
    mkdirSync(folder, { mode: 0o755 });
    expectSentence(await refusal({ env: { DATA_DIR: folder, ...env() } }), cause, remedy);
  });

  it.each(["abc", "70000", "-1", "80.5"])("PORT=%s", async (port) => {
    const said = await refusal({ env: { DATA_DIR: dataDir, PORT: port } });
    expect(said).toContain("PORT: must be a whole number from 0 to 65535");
  });

  it.runIf(process.getuid?.() === 0)("a folder that only others may write to", async (context) => {
    const user = { name: "somebody", uid: 64_123, gid: 64_123 };
    if (!canTraverse(join(import.meta.dirname, "..", ".."), user)) {
      context.skip("root alone can enter the folder of this program, so nobody else can start it");
    }
    const theirs = join(dataDir, "theirs");
    mkdirSync(theirs, { mode: 0o755 });
    expectSentence(await refusal({ user, env: { DATA_DIR: theirs } }), /cannot be written to/, /set DATA_DIR/);
    expectSentence(
      await refusal({ user, env: { DATA_DIR: join(theirs, "below") } }),
      /cannot be written to/,
      /set DATA_DIR/,
    );
  });

  it.each([1, 20])("a disk with %i MB left at the first start", async (mb) => {
    const disk = makeSmallDisk(mb);
    if (typeof disk === "string") return;
    try {
      chmodSync(disk.folder, 0o755);
      expectSentence(await refusal({ env: { DATA_DIR: disk.folder } }), /The disk is full/, /free some space/);
    } finally {
      disk.remove();
    }
  });
});
