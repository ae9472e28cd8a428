import { brotliCompressSync, deflateSync, gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { PollBatchResultSchema } from "@/lib/contract/polls";
import { ask, bodyOf, json, outcome, problemOf, raw } from "./test-support/http";

const at = "2023-01-24T09:06:42Z";
let made = 0;
const poll = (more: object = {}): object => {
  made += 1;
  return { store_id: `body-${process.pid}-${made}`, at, status: "active", ...more };
};
/** Polls of one store, a second apart. */
const batch = (count: number): object[] => {
  const first = poll();
  return Array.from({ length: count }, (_, i) => ({
    ...first,
    at: new Date(Date.parse(at) + i * 1_000).toISOString(),
  }));
};
const post = (body: string | Uint8Array, headers: Record<string, string> = {}, path = "/api/v1/polls") =>
  ask(path, { method: "POST", headers: { "content-type": "application/json", ...headers }, body: Buffer.from(body) });
const whole = (): string => JSON.stringify({ polls: batch(1) });

describe("a body", () => {
  it.each<[string, string | Uint8Array, string]>([
    ["H1 nothing", "", "400 empty_body"],
    ["H4 cut off", '{"polls":[', "400 invalid_json"],
    ["H4 a comma too many", '{"polls":[],}', "400 invalid_json"],
    ["H4 NaN", '{"polls":NaN}', "400 invalid_json"],
    ["H4 a comment", '{"polls":[]} // none', "400 invalid_json"],
    ["H4 two documents", '{"polls":[]}{"polls":[]}', "400 invalid_json"],
    ["H4 single quotes", "{'polls':[]}", "400 invalid_json"],
    ["H4 no UTF-8", Buffer.from('{"polls":["\xff"]}', "latin1"), "400 invalid_json"],
    ["H4 NULs", Buffer.alloc(20), "400 invalid_json"],
    ...["null", "[]", '"x"', "1"].map((text): [string, string, string] => [`H5 ${text}`, text, "400 invalid_type"]),
    ["H5 polls that are no list", '{"polls":{}}', "400 bad_request"],
    ["H4 two byte order marks", '\ufeff\ufeff{"polls":[]}', "400 invalid_json"],
    ["H4 a NUL in a string", '{"polls":["\0"]}', "400 invalid_json"],
    ["H4 gzip that is not said to be", gzipSync('{"polls":[]}'), "400 invalid_json"],
    ["H6 a name twice, once escaped", '{"polls":[{"store_id":"a","store\\u005fid":"b"}]}', "400 duplicate_key"],
    ["H6 a name twice, in a poll", '{"polls":[{"store_id":"a","store_id":"b"}]}', "400 duplicate_key"],
    ["H6 a name twice", '{"polls":[],"polls":[]}', "400 duplicate_key"],
    ["H7 __proto__", '{"polls":[],"__proto__":{"x":1}}', "400 unknown_field"],
    ["H7 constructor", '{"polls":[],"constructor":{"prototype":{}}}', "400 unknown_field"],
    ["H8 a role", '{"polls":[],"role":"admin"}', "400 unknown_field"],
    ["H9 100,000 levels", "[".repeat(100_000), "413 body_too_deep"],
    ["H9 2 MB", JSON.stringify({ polls: ["x".repeat(2_000_000)] }), "413 body_too_large"],
    ["H14 no poll", '{"polls":[]}', "400 empty_batch"],
    ["H14 5,001 polls", JSON.stringify({ polls: Array(5_001).fill(0) }), "413 batch_too_large"],
  ])("%s: %#", async (_, body, expected) => {
    expect(outcome(await post(body))).toBe(expected);
  });

  it("H1 without a length or a type", async () => {
    const head = "POST /api/v1/polls HTTP/1.1\r\nHost: x\r\n";
    expect(outcome(await raw(`${head}Content-Type: application/json\r\n\r\n`))).toBe("400 empty_body");
    expect(outcome(await raw(`${head}Content-Length: 0\r\n\r\n`))).toBe("400 empty_body");
    expect(outcome(await raw(`${head}Content-Length: 2\r\n\r\n{}`))).toBe("415 unsupported_media_type");
  });

  it("H4 may start with a byte order mark; an error names its position", async () => {
    expect(outcome(await post(`\ufeff${whole()}`))).toBe("200");
    expect(problemOf(await post('{"polls":[}')).detail).toContain("position 10");
    expect(problemOf(await post(Buffer.from('{"polls":["\xff"]}', "latin1"))).detail).toContain("not UTF-8 (byte 11)");
    expect(problemOf(await post(gzipSync("{}"))).detail).toContain("has no Content-Encoding");
  });

  it.each([
    ["H2", "text/plain"],
    ["H2", "application/x-www-form-urlencoded"],
    ["H2", "multipart/form-data; boundary=b"],
    ["H3", "application/json; charset=utf-16"],
    ["H3", "application/json; charset=latin1"],
    ["H20", "application/xml"],
    ["H20", "application/yaml"],
    ["H20", "application/msgpack"],
    ["H20", "application/x-protobuf"],
  ])("%s as %s: 415, and names the accepted types", async (_, type) => {
    for (const path of ["/api/v1/polls", "/api/v1/reports", "/api/v1/webhooks"]) {
      const answer = await post(whole(), { "content-type": type }, path);
      expect(outcome(answer)).toBe("415 unsupported_media_type");
      expect(answer.headers.get("accept-post")).toContain("application/json");
    }
  });

  it("H11 in chunks, or in a single chunk, is read; with a wrong length, or two, it is not", async () => {
    const text = whole();
    const head = "POST /api/v1/polls HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n";
    const chunk = (part: string): string => `${Buffer.byteLength(part).toString(16)}\r\n${part}\r\n`;
    const chunks = Array.from(text, chunk);
    expect(outcome(await raw([`${head}Transfer-Encoding: chunked\r\n\r\n`, chunks.join(""), "0\r\n\r\n"]))).toBe("200");
    // Bytes that are left over get no response: the connection ends after the first one.
    expect(outcome(await raw(`${head}Content-Length: ${text.length - 5}\r\n\r\n${text}`))).toBe("400 invalid_json");
    const cut = raw([`${head}Content-Length: ${text.length + 5}\r\n\r\n`, text], { end: true });
    expect(outcome(await cut)).toBe("400 incomplete_upload");
    for (const both of [
      `Content-Length: ${text.length}\r\nTransfer-Encoding: chunked\r\n`,
      `Content-Length: ${text.length}\r\nContent-Length: 3\r\n`,
      `Content-Length: ${text.length}\r\nContent-Length: ${text.length}\r\n`,
      "Content-Length: -1\r\n",
      "Content-Length: 0x10\r\n",
      "Transfer-Encoding: chunked, identity\r\n",
      "Transfer-Encoding: gzip, chunked\r\n",
    ]) {
      expect(outcome(await raw(`${head}${both}\r\n${text}`))).toBe("400 bad_request");
    }
    expect(outcome(await raw(`${head}Transfer-Encoding: chunked\r\n\r\nzz\r\n`))).toBe("400 bad_request");
    for (const hosts of ["", "Host: x\r\nHost: y\r\n"]) {
      expect(outcome(await raw(`GET /api/v1/stores HTTP/1.1\r\n${hosts}\r\n`))).toBe("400 bad_request");
    }
  });

  it("H11 and H9 of endless chunks is counted while it arrives", async () => {
    const head =
      "POST /api/v1/polls HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n";
    const chunk = `${(100_000).toString(16)}\r\n${" ".repeat(100_000)}\r\n`;
    expect(outcome(await raw([head, ...Array<string>(12).fill(chunk)]))).toBe("413 body_too_large");
  });

  it("H12 is inflated when it is gzip and allowed to be; anything else is rejected", async () => {
    const zip = { "content-encoding": "gzip" };
    expect(outcome(await post(gzipSync(whole()), zip))).toBe("200");
    expect(outcome(await post(gzipSync(whole()), { "content-encoding": "GZIP" }))).toBe("200");
    const [start, end] = ['{"polls":[', `${JSON.stringify(poll())}]}`];
    expect(outcome(await post(Buffer.concat([gzipSync(start), gzipSync(end)]), zip))).toBe("200");
    expect(outcome(await post(gzipSync(""), zip))).toBe("400 empty_body");
    expect(outcome(await post(gzipSync(gzipSync(whole())), { "content-encoding": "gzip, gzip" }))).toBe(
      "415 unsupported_encoding",
    );
    expect(outcome(await post(gzipSync(whole()).subarray(0, -3), zip))).toBe("400 corrupt_gzip");
    expect(outcome(await post(Buffer.concat([gzipSync(whole()), Buffer.alloc(9)]), zip))).toBe("400 corrupt_gzip");
    expect(outcome(await post(whole(), zip))).toBe("400 corrupt_gzip");
    expect(outcome(await post(gzipSync(Buffer.alloc(9_000_000, 32)), zip))).toBe("413 inflated_too_large");
    expect(outcome(await post(brotliCompressSync(whole()), { "content-encoding": "br" }))).toBe(
      "415 unsupported_encoding",
    );
    expect(outcome(await post(deflateSync(whole()), { "content-encoding": "deflate" }))).toBe(
      "415 unsupported_encoding",
    );
    expect(outcome(await post("x", { "content-encoding": "zstd" }))).toBe("415 unsupported_encoding");
    expect(outcome(await post(gzipSync('{"scope":"fleet"}'), zip, "/api/v1/reports"))).toBe("415 unsupported_encoding");
  });

  it("H13 that is announced as too large is rejected before it is sent", async () => {
    const head = "POST /api/v1/polls HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nExpect: 100-continue\r\n";
    expect(outcome(await raw(`${head}Content-Length: 2000000\r\n\r\n`))).toBe("413 body_too_large");
    const magic = head.replace("100-continue", "magic");
    expect(outcome(await raw(`${magic}Content-Length: 2\r\n\r\n`))).toBe("417 expectation_failed");
  });
});

describe("a batch of polls", () => {
  it("H10 with an id that is a number: rejected, since it is damaged already", async () => {
    const answer = await post(
      '{"polls":[{"store_id":8419537941919820732,"at":"2023-01-24T09:06:42Z","status":"active"}]}',
    );
    expect(bodyOf(answer, PollBatchResultSchema).rejected).toMatchObject([{ code: "store_id_must_be_string" }]);
    const report = await post('{"store_id":8419537941919820732}', {}, "/api/v1/reports");
    expect(outcome(report)).toBe("400 store_id_must_be_string");
  });

  it("H14 keeps the valid polls beside an invalid one, and none when atomic", async () => {
    const polls = [...batch(3), poll({ status: "actve" }), ...batch(496)];
    const refused = await ask("/api/v1/polls?atomic=1", json({ polls }));
    expect(outcome(refused)).toBe("422 polls_rejected");
    expect(problemOf(refused).errors).toMatchObject([{ pointer: "/polls/3", code: "bad_status" }]);
    const taken = bodyOf(await ask("/api/v1/polls", json({ polls })), PollBatchResultSchema);
    expect(taken).toMatchObject({
      accepted: 499,
      duplicate: 0,
      conflicting: 0,
      rejected: [{ index: 3, code: "bad_status" }],
    });
  });

  it("H15 sent again is all duplicates", async () => {
    const polls = batch(500);
    expect(bodyOf(await ask("/api/v1/polls", json({ polls })), PollBatchResultSchema).accepted).toBe(500);
    const again = bodyOf(await ask("/api/v1/polls", json({ polls })), PollBatchResultSchema);
    expect(again).toEqual({ accepted: 0, duplicate: 500, conflicting: 0, rejected: [] });
  });

  it("H14 may be JSON lines, each of which is judged by itself", async () => {
    const lines = [JSON.stringify(poll()), "", "{", '{"a":1,"a":2}', "null", JSON.stringify(poll())].join("\r\n");
    const answer = await post(lines, { "content-type": "application/x-ndjson" });
    expect(bodyOf(answer, PollBatchResultSchema)).toMatchObject({
      ...{ accepted: 2, duplicate: 0, conflicting: 0 },
      rejected: [
        { index: 1, code: "invalid_json" },
        { index: 2, code: "duplicate_key" },
        { index: 3, code: "invalid_type" },
      ],
    });
  });

  it("H14 and H4 JSON lines may have a byte order mark and blank lines, and need no final line end", async () => {
    const lines = { "content-type": "application/x-ndjson" };
    const [a, b, c] = [poll(), poll(), poll()].map((one) => JSON.stringify(one));
    const all = await post(`\ufeff${a ?? ""}\r\n\r\n \n${b ?? ""}\n${c ?? ""}`, lines);
    expect(bodyOf(all, PollBatchResultSchema)).toEqual({ accepted: 3, duplicate: 0, conflicting: 0, rejected: [] });
    expect(outcome(await post("\n \r\n", lines))).toBe("400 empty_batch");
    // In JSON a CR alone does not end a line; it is white space.
    const one = await post(`${a ?? ""}\r${b ?? ""}\r`, lines);
    expect(bodyOf(one, PollBatchResultSchema).rejected).toMatchObject([
      {
        index: 0,
        code: "invalid_json",
        detail: expect.stringMatching(/^The line is not JSON \(position \d+\)/) as string,
      },
    ]);
    expect(outcome(await post(Buffer.from(`${a ?? ""}\n"\xff"\n`, "latin1"), lines))).toBe("400 invalid_json");
  });

  it.each([
    ["null", "invalid_type"],
    ["[]", "invalid_type"],
    ["{}", "missing_store_id"],
    ['{"store_id":"a","at":"2023-01-24T09:06:42Z","status":"active","role":"admin"}', "unknown_field"],
    ['{"store_id":"a","at":"2023-01-24T09:06:42Z","status":1}', "bad_status"],
    ['{"store_id":"a","at":1674551202,"status":"active"}', "bad_timestamp"],
    ['{"store_id":1e308,"at":1e308,"status":1e308}', "store_id_must_be_string"],
    ['{"store_id":"a","at":1e999,"status":"active"}', "bad_timestamp"],
    ['{"store_id":"a","at":{},"status":"active"}', "bad_timestamp"],
    ['{"store_id":"a","at":null,"status":"active"}', "missing_timestamp"],
    ['{"store_id":"a\\u0000","at":"2023-01-24T09:06:42Z","status":"active"}', "bad_store_id"],
    ['{"store_id":"a\\ud800","at":"2023-01-24T09:06:42Z","status":"active"}', "bad_character"],
    ['{"store_id":"a","at":"2023-01-24T09:06:42Z","status":"active\\u0000"}', "bad_status"],
    [`{"store_id":"${"x".repeat(900_000)}","at":"2023-01-24T09:06:42Z","status":"active"}`, "bad_store_id"],
    ['{"store_id":{"$ne":""},"at":"2023-01-24T09:06:42Z","status":"active"}', "bad_store_id"],
  ])("H8 and H5: a poll that is %.80s is rejected: %s", async (text, code) => {
    const { rejected } = bodyOf(await post(`{"polls":[${text}]}`), PollBatchResultSchema);
    expect(rejected).toMatchObject([{ index: 0, code }]);
  });
});

describe("an Idempotency-Key", () => {
  const key = (name: string) => ({ "idempotency-key": `${name}-${process.pid}` });

  it.each(["", " ", "a".repeat(256), "a".repeat(10_000)])("H16 that is invalid: 400 (%#)", async (text) => {
    const body = whole();
    const answer = await raw(
      `POST /api/v1/polls HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nIdempotency-Key: ${text}\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
    );
    expect(outcome(answer)).toBe("400 invalid_idempotency_key");
  });

  it("H16 that is not ASCII: 400", async () => {
    const text = whole();
    const head = `POST /api/v1/polls HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nIdempotency-Key: kl\u00fc\r\n`;
    const answer = await raw(Buffer.from(`${head}Content-Length: ${text.length}\r\n\r\n${text}`, "latin1"));
    expect(outcome(answer)).toBe("400 invalid_idempotency_key");
  });

  it("H16 gets the first response again; with another body 422", async () => {
    const text = whole();
    const [first, second] = [await post(text, key("again")), await post(text, key("again"))];
    expect([first.text, second.headers.get("idempotent-replay")]).toEqual([second.text, "true"]);
    expect(first.text).toContain('"accepted":1');
    expect(outcome(await post(whole(), key("again")))).toBe("422 idempotency_key_reused");
  });

  it("H16 whose first request is in progress: one effect; the others get 409 with Retry-After, or its response", async () => {
    const text = JSON.stringify({ polls: batch(5_000) });
    const answers = await Promise.all(Array.from({ length: 6 }, () => post(text, key("flight"))));
    expect(answers.filter((one) => one.headers.get("idempotent-replay") === null && one.status === 200)).toHaveLength(
      1,
    );
    for (const answer of answers) {
      if (answer.status === 409) expect(answer.headers.get("retry-after")).toBe("1");
      else expect(answer.text).toContain('"accepted":5000');
    }
  });
});
