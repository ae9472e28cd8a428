import { createHash, randomBytes } from "node:crypto";

/** A token with 256 random bits. */
export function makeToken(): string {
  return randomBytes(32).toString("base64url");
}

/** What is kept of a token: with so many random bits a fast hash tells nothing. */
export function hashToken(token: string): Buffer {
  return createHash("sha256").update(token).digest();
}
