import { createHash, randomBytes } from "node:crypto";

/** A token with 256 random bits. */
export function makeToken(): string {
  return randomBytes(32).toString("base64url");
}

/** The stored form of a token. With this many random bits a fast hash is safe. */
export function hashToken(token: string): Buffer {
  return createHash("sha256").update(token).digest();
}
