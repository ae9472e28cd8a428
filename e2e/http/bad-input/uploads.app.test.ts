import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { ImportListSchema, type Import } from "@/lib/contract/imports";
import { fate, send, good, header, row } from "./test-support/files";
import { ask, bodyOf, outcome, problemOf, raw } from "./test-support/http";

/** Enough rows that one bad one among them does not fail the file. */

describe("an incomplete upload", () => {
  const head = (length: number): string =>
    `POST /api/v1/imports/polls HTTP/1.1\r\nHost: x\r\nContent-Type: text/csv\r\nContent-Length: ${length}\r\n\r\n`;
  const newest = async (): Promise<readonly Import[]> =>
    bodyOf(await ask("/api/v1/imports?limit=5"), ImportListSchema).imports;

  it("A29 that is cut off: incomplete_upload, and nothing of it is kept", async () => {
    const bytes = Buffer.from(header + Array.from({ length: 40_000 }, row).join(""));
    const store = bytes.toString().split("\n")[1]?.split(",")[0] ?? "";
    for (const share of [0.6, 0.01]) {
      const sent = raw([head(bytes.length), bytes.subarray(0, bytes.length * share)], { end: true });
      expect(outcome(await sent)).toBe("400 incomplete_upload");
    }
    // Enough had arrived for an import to start: it has the result.
    const isCutOff = async (): Promise<boolean> =>
      (await newest()).some(({ error }) => error?.code === "incomplete_upload");
    await expect.poll(isCutOff, { timeout: 20_000 }).toBe(true);
    expect(outcome(await ask(`/api/v1/stores/${store}`))).toBe("404 store_not_found");
  });

  it("A29 that is larger than 10 MB: all of it arrives", async () => {
    const rows = Math.ceil(11_000_000 / 62);
    const text =
      header +
      Array.from({ length: rows }, (_, i) => {
        const at = new Date(Date.UTC(2023, 0, 1) + i * 1_000).toISOString().replace("T", " ").replace("Z", " UTC");
        return `file-of-eleven-megabytes-${process.pid},active,${at}\n`;
      }).join("");
    expect(text.length).toBeGreaterThan(10 * 1024 * 1024);
    const sent = await send("polls", text);
    expect(sent.outcome).toBe("complete");
    expect(sent.import?.counts).toMatchObject({ rows, accepted: rows });
    expect(sent.import?.progress.bytes_total).toBe(text.length);
    expect(sent.import?.sha256).toBe(createHash("sha256").update(text).digest("hex"));
  });

  it("is too large by its declared length: rejected before a byte is read", async () => {
    const answer = await raw(head(2 ** 30 + 1));
    expect(outcome(answer)).toBe("413 file_too_large");
  });
});

describe("the name of a file", () => {
  it.each<[string, string, string | null]>([
    ["a path", 'filename="../../x.csv"', "x.csv"],
    ["a path of Windows", 'filename="C:\\\\x\\\\y.csv"', "y.csv"],
    ["a NUL", "filename*=UTF-8''x.csv%00.png", "x.csv.png"],
    ["300 characters", `filename="${"n".repeat(300)}"`, "n".repeat(120)],
    ["text turned round", "filename*=UTF-8''%E2%80%AEvsc.x", "vsc.x"],
    ["a device", 'filename="CON"', "CON"],
    ["nothing", 'filename=""', null],
    ["quotes", 'filename="a\\"b.csv"', 'a"b.csv'],
    ["line ends", "filename*=UTF-8''a%0D%0ASet-Cookie:%20x", "aSet-Cookie: x"],
  ])("A33 that is %s is a label", async (_, disposition, label) => {
    const sent = await send("polls", header, { headers: { "content-disposition": `attachment; ${disposition}` } });
    expect(sent.import?.file_name ?? null).toBe(label);
    const rejects = await ask(sent.import?.links.rejects ?? "");
    expect(rejects.headers.get("content-disposition")).toMatch(/^attachment; filename="import-\d+-rejects\.csv"$/);
  });
});

describe("a form", () => {
  const line = "\r\n";
  const part = (name: string, body: string, extra = ""): string =>
    `--b${line}Content-Disposition: form-data; name="${name}"${extra}${line}${line}${body}${line}`;
  const file = (name: string, body: string): string => part(name, body, '; filename="x.csv"');
  const post = (body: string, type = "multipart/form-data; boundary=b") =>
    ask("/api/v1/imports/polls", { method: "POST", headers: { "content-type": type }, body });

  it("A34 brings its single file", async () => {
    const sent = await fate(await post(`${file("file", good())}--b--${line}`));
    expect(sent).toMatchObject({ outcome: "complete", code: null });
    expect(sent.import?.file_name).toBe("x.csv");
  });

  it.each<[string, string, string?]>([
    ["no part", `--b--${line}`],
    ["no file", `${part("file", "text")}--b--${line}`],
    ["two files", `${file("file", good())}${file("other", good())}--b--${line}`],
    ["a field before", `${part("kind", "polls")}${file("file", good())}--b--${line}`],
    ["a field behind", `${file("file", good())}${part("kind", "polls")}--b--${line}`],
    ["no boundary in the type", `${file("file", good())}--b--${line}`, "multipart/form-data"],
    ["no boundary in the body", good()],
    ["another boundary", `${file("file", good())}--b--${line}`, "multipart/form-data; boundary=other"],
    [
      "a megabyte of headers",
      `${part("file", good(), `; filename="x.csv"${line}X-A: ${"a".repeat(1_000_000)}`)}--b--${line}`,
    ],
    ["10,000 parts", `${part("f", "x").repeat(10_000)}--b--${line}`],
    ["a part called __proto__", `${file("__proto__", good())}--b--${line}`],
    ["no end", file("file", good())],
  ])("A34 with %s: bad_multipart", async (_, body, type) => {
    const answer = await post(body, type);
    expect(outcome(answer)).toBe("400 bad_multipart");
    expect(problemOf(answer).errors?.[0]?.code).toMatch(/^[a-z_]+$/);
  });
});
