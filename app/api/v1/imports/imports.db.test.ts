import { createHash } from "node:crypto";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { claimImport, failLostImports } from "@/db/queries/import-queue";
import type { ImportRow } from "@/db/queries/imports";
import { dropLeftChunks } from "@/db/queries/import-chunks";
import { insertWebhook } from "@/db/queries/webhooks";
import { testDb } from "@/db/testing/test-db";
import { ImportListSchema, ImportSchema, type Import } from "@/lib/contract/imports";
import { ProblemSchema, type Problem } from "@/lib/contract/problem";
import { WebhookMessageSchema } from "@/lib/contract/webhooks";
import { documented } from "@/lib/contract/test-support/documented";
import { clear } from "@/lib/server/imports/test-support/import-text";

const database = testDb();
const header = "store_id,status,timestamp_utc\n";
const poll = (store: string, minute: number, status = "active"): string =>
  `${store},${status},2023-01-24 09:${String(minute).padStart(2, "0")}:00 UTC\n`;
const sixty = header + Array.from({ length: 60 }, (_, minute) => poll("a", minute)).join("");

async function loadRoutes() {
  // The settings are read once, when the first of these is loaded.
  vi.stubEnv("DATABASE_URL", database().url);
  vi.stubEnv("IMPORT_MAX_BYTES", "20000000");
  return {
    list: await import("./route"),
    one: await import("./[importId]/route"),
    rejects: await import("./[importId]/rejects.csv/route"),
    cancel: await import("./[importId]/cancel/route"),
    undo: await import("./[importId]/undo/route"),
    closeDatabase: (await import("@/lib/server/database")).closeDatabase,
    makeLog: (await import("@/lib/server/log")).makeLog,
    workOnImport: (await import("@/lib/server/worker/work-on-import")).workOnImport,
  };
}
let routes: Awaited<ReturnType<typeof loadRoutes>>;

beforeAll(async () => {
  routes = await loadRoutes();
});
beforeEach(async () => {
  await clear(database());
  await database().sql`truncate imports restart identity cascade`;
});
afterAll(async () => {
  await routes.closeDatabase();
  vi.unstubAllEnvs();
});

type Body = string | Uint8Array | FormData | AsyncIterable<Uint8Array>;

/** What a request can take. */
function bodyOf(body: Body): BodyInit {
  if (typeof body === "string" || body instanceof FormData) return body;
  if (body instanceof Uint8Array) return new Uint8Array(body);
  const pieces = body[Symbol.asyncIterator]();
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      const next = await pieces.next();
      if (next.done === true) controller.close();
      else controller.enqueue(next.value);
    },
  });
}

/** Sends a file as a client does, and holds the answer against the documentation. */
async function send(
  kind: string,
  body: Body,
  headers: Record<string, string> = { "content-type": "text/csv" },
  search = "",
): Promise<Response> {
  const request = new Request(`http://localhost/api/v1/imports/${kind}${search}`, {
    method: "POST",
    body: bodyOf(body),
    headers,
    // @ts-expect-error: the types of the DOM do not know what a stream as a body needs
    duplex: "half",
  });
  const response = await routes.one.POST(request, { params: Promise.resolve({ importId: kind }) });
  await documented(request, response);
  return response;
}

async function sent(...given: Parameters<typeof send>): Promise<Import> {
  const response = await send(...given);
  const body: unknown = await response.json();
  if (response.status !== 202) throw new Error(`${response.status}: ${JSON.stringify(body)}`);
  return ImportSchema.parse(body);
}

async function problemOf(...given: Parameters<typeof send>): Promise<Problem> {
  return ProblemSchema.parse(await (await send(...given)).json());
}

async function codeOf(...given: Parameters<typeof send>): Promise<readonly [number, string]> {
  const { status, code } = await problemOf(...given);
  return [status, code];
}

/** What a worker does with a claim. */
function workOn(claim: ImportRow): Promise<void> {
  const timing = {
    leaseSeconds: 30,
    heartbeatSeconds: 5,
    snapshotIntervalSeconds: 60,
    snapshotDelay: { quietMs: 0, patienceMs: 0, importPatienceMs: 0 },
    pollMs: 1,
    sweepMs: 1,
    maxBackoffMs: 1,
  };
  const log = routes.makeLog("silent", { write: () => undefined });
  return routes.workOnImport({ database: database(), log, timing, stop: new AbortController().signal }, claim);
}

/** What a worker does with everything that waits. */
async function work(): Promise<void> {
  for (;;) {
    const claim = await claimImport(database(), "test", 30);
    if (claim === null) return;
    await workOn(claim);
  }
}

async function call(
  route: "one" | "cancel" | "undo" | "rejects",
  method: "GET" | "POST" | "DELETE",
  id: number | string,
) {
  const path = route === "one" ? "" : route === "rejects" ? "/rejects.csv" : `/${route}`;
  const request = new Request(`http://localhost/api/v1/imports/${id}${path}`, { method });
  const response = await routes[route][method](request, { params: Promise.resolve({ importId: String(id) }) });
  await documented(request, response);
  return response;
}

const get = async (id: number): Promise<Import> => ImportSchema.parse(await (await call("one", "GET", id)).json());

async function ended(...given: Parameters<typeof send>): Promise<Import> {
  const { id } = await sent(...given);
  await work();
  return get(id);
}

const count = async (table: string): Promise<number> => {
  const [row] = await database().sql<{ count: string }[]>`select count(*) from ${database().sql(table)}`;
  return Number(row?.count);
};

async function* slowly(...pieces: (string | Error)[]): AsyncGenerator<Uint8Array> {
  for (const piece of pieces) {
    await new Promise((resolve) => setTimeout(resolve, 1));
    if (piece instanceof Error) throw piece;
    yield Buffer.from(piece);
  }
}

const boundary = "the-boundary";
const multipart = { "content-type": `multipart/form-data; boundary=${boundary}` };
const part = (headers: string, content: string): string => `--${boundary}\r\n${headers}\r\n\r\n${content}\r\n`;
const filePart = (content: string, name = "file", fileName = "polls.csv"): string =>
  part(`Content-Disposition: form-data; name="${name}"; filename="${fileName}"\r\nContent-Type: text/csv`, content);
const close = `--${boundary}--\r\n`;

describe("a file that is sent", () => {
  it("is answered when its bytes are committed, and imported by a worker", async () => {
    const response = await send("polls", sixty, {
      "content-type": "text/csv",
      "content-disposition": 'attachment; filename="polls.csv"',
    });
    expect(response.status).toBe(202);
    const queued = ImportSchema.parse(await response.json());
    expect(response.headers.get("location")).toBe(queued.links.self);
    expect(queued).toMatchObject({
      state: "queued",
      kind: "polls",
      file_name: "polls.csv",
      sha256: createHash("sha256").update(sixty).digest("hex"),
      progress: { phase: "waiting", bytes_total: sixty.length },
      counts: null,
    });
    expect(await count("import_chunks")).toBe(1);
    await work();
    expect(await get(queued.id)).toMatchObject({
      state: "complete",
      counts: { rows: 60, accepted: 60, duplicate: 0, conflicting: 0, rejected: 0, blank: 0, discarded: 0 },
      progress: { phase: "ended", rows: 60, bytes_read: sixty.length, seconds_left: null },
      error: null,
      can_undo: true,
      attempts: 1,
    });
    expect(await count("polls")).toBe(60);
    expect(await count("import_chunks")).toBe(0);
  });

  it.each([
    ["hours", "store_id,day,start_time_local,end_time_local\na,0,09:00,17:00\n", "business_hours"],
    ["timezones", "store_id,timezone_str\na,Asia/Kathmandu\n", "stores"],
    ["stores", "store_id,name\na,Main Street\n", "stores"],
    ["exceptions", "store_id,date,start_time_local,end_time_local\na,2023-12-25,,\n", "schedule_exceptions"],
  ])("may hold %s", async (kind, text, table) => {
    expect(await ended(kind, text)).toMatchObject({ state: "complete", counts: { accepted: 1 }, can_undo: false });
    expect(await count(table)).toBe(1);
  });

  it("0.1: of more than 10 MB comes to its last row", async () => {
    const rows = 250_000;
    async function* large(): AsyncGenerator<Uint8Array> {
      yield Buffer.from(header);
      for (let minute = 0; minute < rows; minute += 1_000) {
        await Promise.resolve();
        const lines = Array.from({ length: 1_000 }, (_, i) => {
          const at = new Date(Date.UTC(2023, 0, 2) + (minute + i) * 1_000).toISOString();
          return `0123456789-${i % 100},active,${at}\n`;
        });
        yield Buffer.from(lines.join(""));
      }
    }
    const done = await ended("polls", large());
    expect(done.progress.bytes_total).toBeGreaterThan(10_485_760);
    expect(done).toMatchObject({ state: "complete", counts: { rows, accepted: rows } });
    expect(await count("polls")).toBe(rows);
  });

  it("A17: is inflated where it is gzip, however it is labelled", async () => {
    const gzip = gzipSync(sixty);
    const labels: Record<string, string>[] = [
      { "content-type": "text/csv" },
      { "content-type": "text/csv", "content-encoding": "gzip" },
      { "content-type": "application/gzip" },
    ];
    for (const headers of labels) {
      expect(await ended("polls", gzip, headers)).toMatchObject({ state: "complete", counts: { rows: 60 } });
    }
    expect(await codeOf("polls", sixty, { "content-encoding": "gzip" })).toEqual([400, "corrupt_gzip"]);
    for (const encoding of ["br", "deflate", "gzip, gzip"]) {
      expect(await codeOf("polls", sixty, { "content-encoding": encoding })).toEqual([415, "unsupported_encoding"]);
    }
  });

  it.each<[string, Uint8Array, string]>([
    ["a bomb", gzipSync(Buffer.alloc(30_000_000, "a")), "inflated_too_large"],
    ["cut off", gzipSync(sixty).subarray(0, 80), "corrupt_gzip"],
    ["inside gzip", gzipSync(gzipSync(sixty)), "compressed_not_supported"],
  ])("A18: as gzip %s keeps nothing", async (_, bytes, code) => {
    const done = await ended("polls", bytes);
    expect(done).toMatchObject({ state: "failed", error: { code }, counts: { accepted: 0 } });
    expect(await count("polls")).toBe(0);
  });

  it("A18: as several gzip members is one file", async () => {
    const members = Buffer.concat([gzipSync(header), gzipSync(poll("a", 1)), gzipSync(poll("a", 2))]);
    expect(await ended("polls", members)).toMatchObject({ state: "complete", counts: { accepted: 2 } });
  });

  it.each<[string, string | Buffer, number, string]>([
    ["A1 nothing", "", 400, "empty_file"],
    ["A11 UTF-16", Buffer.from(`\ufeff${sixty}`, "utf16le"), 415, "unsupported_encoding"],
    ["A14 NULs", Buffer.alloc(5_000), 400, "binary_file"],
    ["A15 a pointer", "version https://git-lfs.github.com/spec/v1\noid sha256:0\n", 400, "git_lfs_pointer"],
    ["A16 a web page", "<!DOCTYPE html><html></html>", 400, "not_csv"],
    ["A16 JSON", '{"status":"Running"}', 400, "not_csv"],
    ["A19 zip", Buffer.from("PK\x03\x04................"), 415, "compressed_not_supported"],
    ["A19 an empty zip", Buffer.from("PK\x05\x06................"), 415, "compressed_not_supported"],
  ])("%s is refused before it is kept", async (_, body, status, code) => {
    expect(await codeOf("polls", body)).toEqual([status, code]);
    expect(await count("imports")).toBe(0);
  });

  it("A29: that was cut off leaves nothing but word of it", async () => {
    const length = { "content-type": "text/csv", "content-length": String(sixty.length) };
    expect(await codeOf("polls", slowly(sixty.slice(0, 600)), length)).toEqual([400, "incomplete_upload"]);
    const lost = slowly(sixty.slice(0, 600), new TypeError("terminated"));
    expect(await codeOf("polls", lost)).toEqual([400, "incomplete_upload"]);
    // More than a chunk, so that one was kept by then.
    const long = slowly(header, ...Array.from({ length: 30 }, () => poll("a", 1).repeat(2_000)), new Error("reset"));
    expect(await codeOf("polls", long)).toEqual([400, "incomplete_upload"]);
    expect(await get(1)).toMatchObject({ state: "failed", error: { code: "incomplete_upload" }, sha256: null });
    expect(await count("import_chunks")).toBe(0);
    await work();
    expect(await count("polls")).toBe(0);
  });

  it("A30: is compared with its digest", async () => {
    const sha = (text: string, name = "sha256"): string => createHash(name).update(text).digest("base64");
    for (const name of ["content-digest", "repr-digest"]) {
      const digest = (value: string) => ({ "content-type": "text/csv", [name]: value });
      expect(await codeOf("polls", sixty, digest(`sha-256=:${sha("other")}:`))).toEqual([400, "digest_mismatch"]);
      expect(await codeOf("polls", sixty, digest("sha-256=abc"))).toEqual([400, "invalid_digest"]);
      expect((await send("polls", sixty, digest(`sha-256=:${sha(sixty)}:`))).status).toBe(202);
      expect((await send("polls", sixty, digest(`sha-512=:${sha(sixty, "sha512")}:`))).status).toBe(202);
    }
    expect(await count("import_chunks")).toBe(4);
  });

  it("over the limit is refused, said or not", async () => {
    const said = { "content-type": "text/csv", "content-length": "20000001" };
    expect(await codeOf("polls", "x", said)).toEqual([413, "file_too_large"]);
    const more = slowly(header, ...Array.from({ length: 21 }, () => "x".repeat(1_000_000)));
    expect(await codeOf("polls", more)).toEqual([413, "file_too_large"]);
    expect(await count("import_chunks")).toBe(0);
  });

  it.each([
    ["../../x.csv", "x.csv"],
    ["C:\\temp\\x.csv", "x.csv"],
    ["x.csv\0.png", "x.csv.png"],
    ["a\u202evsc.exe", "avsc.exe"],
    ["n".repeat(300), "n".repeat(120)],
    ["CON", "CON"],
    ["..", null],
    ["", null],
  ])("A33: takes the name %j for a label", async (name, label) => {
    const encoded = `attachment; filename*=UTF-8''${encodeURIComponent(name)}`;
    const raw = await sent("polls", sixty, { "content-disposition": encoded });
    expect(raw.file_name).toBe(label);
    if (!name.includes("\0")) {
      const form = await sent("polls", filePart(sixty, "file", name) + close, multipart);
      expect(form.file_name).toBe(label);
    }
  });

  it("A34: may be the one part of a form", async () => {
    const form = new FormData();
    form.append("file", new Blob([sixty], { type: "text/csv" }), "polls.csv");
    expect(await ended("polls", form, {})).toMatchObject({
      state: "complete",
      file_name: "polls.csv",
      progress: { bytes_total: sixty.length },
      counts: { accepted: 60 },
    });
  });

  const disposition = 'Content-Disposition: form-data; name="file"; filename="a.csv"';
  it.each<[string, string, string]>([
    ["no file part", close, "no_file_part"],
    ["a field alone", part('Content-Disposition: form-data; name="a"', "1") + close, "no_file_part"],
    [
      "a field before",
      part('Content-Disposition: form-data; name="a"', "1") + filePart(sixty) + close,
      "too_many_parts",
    ],
    [
      "a field after",
      filePart(sixty) + part('Content-Disposition: form-data; name="a"', "1") + close,
      "too_many_parts",
    ],
    ["two file parts", filePart(sixty) + filePart(sixty) + close, "too_many_parts"],
    ["10,000 parts", filePart("a").repeat(10_000) + close, "too_many_parts"],
    [
      "headers of 1 MB",
      part(`${disposition}\r\nX-A: ${"a".repeat(1_000_000)}`, sixty) + close,
      "part_header_too_large",
    ],
    ["a part named __proto__", filePart(sixty, "__proto__") + close, "bad_part_name"],
    ["no end", filePart(sixty), "cut_off"],
    ["another boundary", filePart(sixty).replaceAll(boundary, "another") + "--another--\r\n", "cut_off"],
  ])("A34: is refused in a form with %s", async (_, body, code) => {
    for (const sent of [body, slowly(body.slice(0, 50), body.slice(50))]) {
      const problem = await problemOf("polls", sent, multipart);
      expect(problem).toMatchObject({ status: 400, code: "bad_multipart", errors: [{ code }] });
    }
    expect(await count("import_chunks")).toBe(0);
    await work();
    expect(await count("polls")).toBe(0);
  });

  it("A34: is refused in a form without a boundary, or cut off", async () => {
    const none = { "content-type": "multipart/form-data" };
    const problem = await problemOf("polls", filePart(sixty) + close, none);
    expect(problem).toMatchObject({ code: "bad_multipart", errors: [{ code: "missing_boundary" }] });
    const cut = { ...multipart, "content-length": "5000" };
    expect(await codeOf("polls", slowly(filePart(sixty).slice(0, 900)), cut)).toEqual([400, "incomplete_upload"]);
  });

  it.each([
    ["?dry_rum=1", "unknown_parameter"],
    ["?dry_run=yes", "invalid_dry_run"],
    ["?on_error=stop", "invalid_on_error"],
    ["?dry_run=1&dry_run=1", "duplicate_parameter"],
  ])("is refused with %s: %s", async (search, code) => {
    expect(await codeOf("polls", sixty, { "content-type": "text/csv" }, search)).toEqual([400, code]);
  });

  it("H2: is refused as another type, and for another kind", async () => {
    for (const type of ["application/json", "application/x-www-form-urlencoded", "application/zip"]) {
      expect(await codeOf("polls", sixty, { "content-type": type })).toEqual([415, "unsupported_media_type"]);
    }
    expect(await codeOf("users", sixty)).toEqual([404, "not_found"]);
  });

  it("H16: is taken once under one Idempotency-Key", async () => {
    const key = { "content-type": "text/csv", "idempotency-key": "file-1" };
    const first = await sent("polls", sixty, key);
    const second = await send("polls", sixty, key);
    expect(second.headers.get("idempotent-replay")).toBe("true");
    expect(await second.json()).toEqual(first);
    expect(await codeOf("polls", header + poll("b", 1), key)).toEqual([422, "idempotency_key_reused"]);
    expect(await count("imports")).toBe(1);
    expect(await count("import_chunks")).toBe(1);
  });
});

describe("an import", () => {
  it("keeps good rows and lists the others, safe for a spreadsheet", async () => {
    const bad = "=cmd|' /C calc'!A0,active,2023-01-24 10:00:00 UTC\n\"b,c\",up,2023-01-24 10:00:00 UTC\n";
    const done = await ended("polls", sixty + bad);
    expect(done).toMatchObject({ state: "complete_with_rejects", counts: { rows: 62, accepted: 60, rejected: 2 } });
    const response = await call("rejects", "GET", done.id);
    expect(response.headers.get("content-disposition")).toBe(`attachment; filename="import-${done.id}-rejects.csv"`);
    const lines = (await response.text()).split("\r\n");
    expect(lines[0]).toBe("line,byte_offset,column,code,reason,raw");
    expect(lines[1]).toMatch(/^62,\d+,store_id,bad_store_id,.*,"?'=cmd/);
    expect(lines[2]).toMatch(/^63,\d+,store_id,bad_store_id,/);
    expect(lines[3]).toBe("");
  });

  it("lists a row with a NUL, which text of the database cannot hold", async () => {
    // Near the start of a file a NUL says that the file is no text.
    const rows = Array.from({ length: 3 }, (_, i) => sixty.slice(header.length).replaceAll("a,", `a${i},`)).join("");
    const done = await ended("polls", `${header}${rows}a\0b,active,2023-01-24 10:00:00 UTC\n`);
    expect(done).toMatchObject({ state: "complete_with_rejects", counts: { accepted: 180, rejected: 1 } });
    expect(await (await call("rejects", "GET", done.id)).text()).toContain("nul_byte");
  });

  it("with on_error=abort keeps nothing where a row cannot be taken", async () => {
    const text = `${sixty}a,up,2023-01-24 10:00:00 UTC\n`;
    const done = await ended("polls", text, { "content-type": "text/csv" }, "?on_error=abort");
    expect(done).toMatchObject({
      state: "failed",
      on_error: "abort",
      error: { code: "rows_rejected" },
      counts: { rows: 61, accepted: 0, rejected: 1, discarded: 60 },
    });
    expect(await (await call("rejects", "GET", done.id)).text()).toContain("62,");
    expect(await count("polls")).toBe(0);
  });

  it("with dry_run=1 judges the file and leaves every table as it was", async () => {
    const before = await database().sql`select * from fleet_state`;
    const text = `${sixty}a,up,2023-01-24 10:00:00 UTC\n`;
    const done = await ended("polls", text, { "content-type": "text/csv" }, "?dry_run=1");
    expect(done).toMatchObject({
      state: "complete_with_rejects",
      dry_run: true,
      can_undo: false,
      counts: { rows: 61, accepted: 0, rejected: 1, discarded: 60 },
    });
    for (const table of ["polls", "stores", "import_poll_changes", "poll_conflicts"])
      expect(await count(table)).toBe(0);
    expect(await database().sql`select * from fleet_state`).toEqual(before);
    expect((await call("undo", "POST", done.id)).status).toBe(409);
  });

  it("A32 and F36: of the same file twice at once takes each row once", async () => {
    const [first, second] = await Promise.all([sent("polls", sixty), sent("polls", sixty)]);
    await Promise.all([work(), work()]);
    const counts = [await get(first.id), await get(second.id)].map((one) => one.counts);
    expect(counts.map((one) => one?.accepted).sort()).toEqual([0, 60]);
    expect(counts.map((one) => one?.duplicate).sort()).toEqual([0, 60]);
    expect(await count("polls")).toBe(60);
  });

  it("is told to webhooks when it ends, whichever way", async () => {
    const { db, sql } = database();
    await insertWebhook(db, { url: "https://a.example/", events: ["import.completed"], secret: "" });
    const good = await ended("polls", sixty);
    const bad = await ended("polls", "store_id,name\na,b\n");
    const rows = await sql<{ payload: string }[]>`select payload from webhook_deliveries order by id`;
    const told = rows.map(({ payload }) => WebhookMessageSchema.parse(JSON.parse(payload)));
    expect(told).toMatchObject([
      { type: "import.completed", data: { import_id: good.id, state: "complete", counts: { accepted: 60 } } },
      { type: "import.completed", data: { import_id: bad.id, state: "failed", error: { code: "wrong_file_kind" } } },
    ]);
    await sql`truncate webhooks, webhook_deliveries cascade`;
  });

  it("can be cancelled until it ends, and keeps nothing then", async () => {
    const { id } = await sent("polls", sixty);
    const cancelled = await call("one", "DELETE", id);
    expect(await cancelled.json()).toMatchObject({ state: "cancelled" });
    expect((await call("cancel", "POST", id)).status).toBe(200);
    await work();
    expect(await get(id)).toMatchObject({ state: "cancelled", counts: null });
    expect(await count("polls")).toBe(0);
    expect(await count("import_chunks")).toBe(0);
    const done = await ended("polls", sixty);
    expect(ProblemSchema.parse(await (await call("cancel", "POST", done.id)).json()).code).toBe("import_ended");
  });

  it("that was cancelled while a worker had it is rolled back", async () => {
    const { id } = await sent("polls", sixty);
    const claim = await claimImport(database(), "test", 30);
    if (claim === null) throw new Error("There is nothing to work on.");
    const chunks = await database().sql`select * from import_chunks`;
    await call("cancel", "POST", id);
    // The worker had read them by then.
    for (const { bytes } of chunks) {
      await database().sql`insert into import_chunks (import_id, seq, bytes) values (${id}, 0, ${bytes as Buffer})`;
    }
    await workOn(claim);
    expect(await get(id)).toMatchObject({ state: "cancelled", counts: null });
    expect(await count("polls")).toBe(0);
    expect(await count("import_rejects")).toBe(0);
    expect(await dropLeftChunks(database().sql)).toBe(1);
  });

  it("F42: whose upload nobody receives any more is ended", async () => {
    await database().sql`
      insert into imports (kind, state, dry_run, abort_on_reject, lease_until)
      values ('polls', 'receiving', false, false, now() - interval '1 second')`;
    await database().sql`insert into import_chunks (import_id, seq, bytes) values (1, 0, 'a')`;
    const { id } = await sent("polls", sixty);
    expect(await failLostImports(database().sql)).toMatchObject([{ error: { code: "incomplete_upload" } }]);
    expect(await dropLeftChunks(database().sql)).toBe(1);
    expect(await get(1)).toMatchObject({ state: "failed", error: { code: "incomplete_upload" } });
    expect(await get(id)).toMatchObject({ state: "queued" });
    expect(await count("import_chunks")).toBe(1);
  });

  it("is found, listed newest first, and 404 otherwise", async () => {
    for (let i = 0; i < 3; i++) await sent("polls", sixty);
    const page = async (search: string) => {
      const request = new Request(`http://localhost/api/v1/imports${search}`);
      const response = await routes.list.GET(request, { params: Promise.resolve({}) });
      await documented(request, response);
      return response;
    };
    const first = ImportListSchema.parse(await (await page("?limit=2")).json());
    expect(first.imports.map(({ id }) => id)).toEqual([3, 2]);
    const second = ImportListSchema.parse(await (await page(`?limit=2&cursor=${first.next_cursor ?? ""}`)).json());
    expect(second.imports.map(({ id }) => id)).toEqual([1]);
    expect(second.next_cursor).toBeNull();
    expect((await page("?cursor=x")).status).toBe(400);
    expect((await call("one", "GET", 99)).status).toBe(404);
    expect((await call("one", "GET", "9".repeat(18))).status).toBe(404);
    expect((await call("one", "GET", "x")).status).toBe(400);
  });
});

describe("undoing an import of polls", () => {
  const polls = async () =>
    database().sql<{ poll: string }[]>`
      select concat_ws(' ', store_id, to_char(at, 'HH24:MI'), active) as poll
      from polls join stores using (store_key) order by 1`.then((rows) => rows.map((row) => row.poll));
  const fleet = async () => {
    const [row] = await database().sql<{ newest: string | null; version: string }[]>`
      select to_char(newest_poll_at, 'HH24:MI') as newest, data_version as version from fleet_state`;
    return { newest: row?.newest, version: Number(row?.version) };
  };

  it("takes out exactly what it added, and puts back what it overruled", async () => {
    await ended("polls", header + poll("a", 1) + poll("a", 2) + poll("a", 3, "inactive"));
    const before = { polls: await polls(), conflicts: await count("poll_conflicts"), newest: (await fleet()).newest };
    const second = header + poll("a", 1) + poll("a", 2, "inactive") + poll("a", 3) + poll("a", 30) + poll("b", 40);
    const done = await ended("polls", second);
    expect(done.counts).toMatchObject({ accepted: 2, duplicate: 1, conflicting: 2 });
    expect(await polls()).toEqual(["a 09:01 t", "a 09:02 f", "a 09:03 f", "a 09:30 t", "b 09:40 t"]);
    const { version, newest } = await fleet();
    expect(newest).toBe("09:40");

    const asked = await call("undo", "POST", done.id);
    expect(asked.status).toBe(202);
    expect(await asked.json()).toMatchObject({ state: "undoing", progress: { phase: "undoing" }, can_undo: false });
    await work();
    expect(await get(done.id)).toMatchObject({
      state: "undone",
      undone: { polls_removed: 2, polls_restored: 1 },
      counts: { accepted: 2 },
    });
    expect({ polls: await polls(), conflicts: await count("poll_conflicts"), newest: (await fleet()).newest }).toEqual(
      before,
    );
    expect((await fleet()).version).toBe(version + 1);
    expect((await call("undo", "POST", done.id)).status).toBe(202);
    await work();
    expect((await fleet()).version).toBe(version + 1);
  });

  it("leaves no newest poll where none is left, and the file can come again", async () => {
    const first = await ended("polls", sixty);
    await call("undo", "POST", first.id);
    await work();
    expect(await fleet()).toMatchObject({ newest: null });
    expect(await count("polls")).toBe(0);
    expect(await ended("polls", sixty)).toMatchObject({ counts: { accepted: 60 } });
    expect(await fleet()).toMatchObject({ newest: "09:59" });
  });

  it("is refused for other files and for what was not imported", async () => {
    const zones = await ended("timezones", "store_id,timezone_str\na,Asia/Kathmandu\n");
    const { id } = await sent("polls", sixty);
    for (const one of [zones.id, id]) {
      const refused = await call("undo", "POST", one);
      expect(refused.status).toBe(409);
      expect(ProblemSchema.parse(await refused.json()).code).toBe("import_not_undoable");
    }
  });
});
