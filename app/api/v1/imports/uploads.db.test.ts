import { createHash } from "node:crypto";
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { ImportSchema } from "@/lib/contract/imports";
import { header, poll, sixty, importsApi } from "./test-support/imports-api";

const { send, sent, problemOf, codeOf, work, get, ended, count } = importsApi();

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
  it("gets its response when its bytes are committed, and is imported by a worker", async () => {
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
    expect(await ended(kind, text)).toMatchObject({ state: "complete", counts: { accepted: 1 }, can_undo: true });
    expect(await count(table)).toBe(1);
  });

  it("0.1: of more than 10 MB is read to its last row", async () => {
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

  it("A17: is inflated when it is gzip, however it is labelled", async () => {
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
  ])("A18: as gzip %s stores nothing", async (_, bytes, code) => {
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
  ])("%s is rejected before it is stored", async (_, body, status, code) => {
    expect(await codeOf("polls", body)).toEqual([status, code]);
    expect(await count("imports")).toBe(0);
  });

  it("A29: that was cut off leaves only a record of the failure", async () => {
    const length = { "content-type": "text/csv", "content-length": String(sixty.length) };
    expect(await codeOf("polls", slowly(sixty.slice(0, 600)), length)).toEqual([400, "incomplete_upload"]);
    const lost = slowly(sixty.slice(0, 600), new TypeError("terminated"));
    expect(await codeOf("polls", lost)).toEqual([400, "incomplete_upload"]);
    // More than a chunk, so that one was stored by then.
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

  it("over the limit is rejected, declared or not", async () => {
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
  ])("A33: uses the name %j as a label", async (name, label) => {
    const encoded = `attachment; filename*=UTF-8''${encodeURIComponent(name)}`;
    const raw = await sent("polls", sixty, { "content-disposition": encoded });
    expect(raw.file_name).toBe(label);
    if (!name.includes("\0")) {
      const form = await sent("polls", filePart(sixty, "file", name) + close, multipart);
      expect(form.file_name).toBe(label);
    }
  });

  it("A34: may be the only part of a form", async () => {
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
  ])("A34: is rejected in a form with %s", async (_, body, code) => {
    for (const sent of [body, slowly(body.slice(0, 50), body.slice(50))]) {
      const problem = await problemOf("polls", sent, multipart);
      expect(problem).toMatchObject({ status: 400, code: "bad_multipart", errors: [{ code }] });
    }
    expect(await count("import_chunks")).toBe(0);
    await work();
    expect(await count("polls")).toBe(0);
  });

  it("A34: is rejected in a form without a boundary, or cut off", async () => {
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
  ])("is rejected with %s: %s", async (search, code) => {
    expect(await codeOf("polls", sixty, { "content-type": "text/csv" }, search)).toEqual([400, code]);
  });

  it("H2: is rejected as another type, and for another kind", async () => {
    for (const type of ["application/json", "application/x-www-form-urlencoded", "application/zip"]) {
      expect(await codeOf("polls", sixty, { "content-type": type })).toEqual([415, "unsupported_media_type"]);
    }
    expect(await codeOf("users", sixty)).toEqual([404, "not_found"]);
  });

  it("H16: is accepted once under one Idempotency-Key", async () => {
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
