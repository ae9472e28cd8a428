import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from "node:crypto";

const cipher = "aes-256-gcm";
const saltBytes = 16;
const nonceBytes = 12;
const tagBytes = 16;

const keyOf = (secret: string, salt: Uint8Array): Uint8Array =>
  new Uint8Array(hkdfSync("sha256", secret, salt, "an answer that is kept", 32));

/** Encrypts a text so that only the same secret decrypts it. @param secret of 128 bits or more */
export function seal(text: string, secret: string): string {
  const salt = randomBytes(saltBytes);
  const nonce = randomBytes(nonceBytes);
  const engine = createCipheriv(cipher, keyOf(secret, salt), nonce);
  const sealed = Buffer.concat([engine.update(text, "utf8"), engine.final()]);
  return Buffer.concat([salt, nonce, engine.getAuthTag(), sealed]).toString("base64url");
}

/** @returns null when it was encrypted with another secret */
export function unseal(sealed: string, secret: string): string | null {
  const bytes = Buffer.from(sealed, "base64url");
  const salt = bytes.subarray(0, saltBytes);
  const nonce = bytes.subarray(saltBytes, saltBytes + nonceBytes);
  const tag = bytes.subarray(saltBytes + nonceBytes, saltBytes + nonceBytes + tagBytes);
  try {
    const engine = createDecipheriv(cipher, keyOf(secret, salt), nonce, { authTagLength: tagBytes });
    engine.setAuthTag(tag);
    const text = engine.update(bytes.subarray(saltBytes + nonceBytes + tagBytes));
    return Buffer.concat([text, engine.final()]).toString("utf8");
  } catch {
    return null;
  }
}
