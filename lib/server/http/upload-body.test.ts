import { createHash } from "node:crypto";
import { expect, it } from "vitest";
import { uploadBytes } from "./upload-body";

const content = "store_id,status\n";
const digestOf = (text: string): string => `sha-256=:${createHash("sha256").update(text).digest("base64")}:`;

async function upload(digest: string): Promise<string> {
  const headers = { "content-digest": digest };
  const request = new Request("http://localhost/", { method: "POST", headers, body: content });
  const parts: Uint8Array[] = [];
  for await (const part of uploadBytes(request, 1_000)) parts.push(part);
  return Buffer.concat(parts).toString();
}

it("computes one digest of each kind, the last that is given, however many are sent", async () => {
  const wrong = Array.from({ length: 200 }, (_, i) => digestOf(String(i)));
  expect(await upload([...wrong, digestOf(content)].join(", "))).toBe(content);
  await expect(upload([digestOf(content), ...wrong].join(", "))).rejects.toMatchObject({ code: "digest_mismatch" });
});
