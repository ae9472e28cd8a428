import { describe, expect, it } from "vitest";
import { readJson } from "./read-json";

type Body = ConstructorParameters<typeof Response>[0];

function post(body: Body, headers: Record<string, string> = { "content-type": "application/json" }): Request {
  const init: RequestInit & { duplex: "half" } = { method: "POST", headers, body: body ?? null, duplex: "half" };
  const request = new Request("http://localhost/", init);
  // For a string body the platform sets a content type itself.
  if (!("content-type" in headers)) request.headers.delete("content-type");
  return request;
}

const form = { "content-type": "application/x-www-form-urlencoded" };

describe("a JSON body", () => {
  it.each(['{"a":1}', '\ufeff{"a":1}', ' {"a" : 1}\n'])("is read from %j", async (text) => {
    expect(await readJson(post(text))).toEqual({ a: 1 });
  });

  it("may name its character set", async () => {
    expect(await readJson(post("{}", { "content-type": 'application/json; charset="UTF-8"' }))).toEqual({});
  });

  it.each<[Body, Record<string, string> | undefined, string]>([
    [null, undefined, "empty_body"],
    ["", undefined, "empty_body"],
    ["{", undefined, "invalid_json"],
    ['{"a":1,}', undefined, "invalid_json"],
    ["NaN", undefined, "invalid_json"],
    ["{}{}", undefined, "invalid_json"],
    [Uint8Array.of(0x22, 0xc3, 0x28, 0x22), undefined, "invalid_json"],
    ["{}", { "content-type": "text/plain" }, "unsupported_media_type"],
    ["{}", {}, "unsupported_media_type"],
    ["{}", form, "unsupported_media_type"],
    ["{}", { "content-type": "application/json; charset=utf-16" }, "unsupported_media_type"],
    ["{}", { "content-type": "application/json", "content-encoding": "gzip" }, "unsupported_encoding"],
    [`"${"x".repeat(1_000_000)}"`, undefined, "body_too_large"],
    ["{}", { "content-type": "application/json", "content-length": "1000001" }, "body_too_large"],
  ])("%# is rejected", async (body, headers, code) => {
    await expect(readJson(post(body, headers))).rejects.toMatchObject({ code });
  });

  it("is counted while it arrives, for any declared length", async () => {
    let sent = 0;
    const endless = new ReadableStream<Uint8Array>({
      pull(controller) {
        sent += 100_000;
        controller.enqueue(new Uint8Array(100_000).fill(0x20));
      },
    });
    await expect(readJson(post(endless))).rejects.toMatchObject({ code: "body_too_large" });
    expect(sent).toBeLessThan(2_000_000);
  });

  it("may have the type of a form, or none, where curl's defaults are accepted", async () => {
    const any = { anyMediaType: true };
    expect(await readJson(post('{"report_id": 74}', form), any)).toEqual({ report_id: 74 });
    expect(await readJson(post('{"report_id": 74}', {}), any)).toEqual({ report_id: 74 });
    await expect(readJson(post("<a/>", { "content-type": "application/xml" }), any)).rejects.toMatchObject({
      code: "unsupported_media_type",
    });
    await expect(readJson(post("report_id=74", form), any)).rejects.toMatchObject({ code: "invalid_json" });
  });
});
