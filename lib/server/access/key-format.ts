import { randomBytes } from "node:crypto";
import { crc32 } from "node:zlib";
import { makeToken } from "./tokens";

const alphabet = "abcdefghijklmnopqrstuvwxyz234567";
const shape = /^sm_live_([a-z2-7]{8})_([A-Za-z0-9_-]{43})_([A-Za-z0-9_-]{6})$/;

/** The parts of a key. */
export interface ParsedKey {
  /** Public: it identifies the key in lists and logs. */
  readonly id: string;
  readonly secret: string;
}

function checksum(text: string): string {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(crc32(text));
  return bytes.toString("base64url");
}

/** `sm_live_<id>_<secret>_<checksum>`: scanners recognize its prefix, and the checksum catches typing errors. */
export function formatKey({ id, secret }: ParsedKey): string {
  const key = `sm_live_${id}_${secret}`;
  return `${key}_${checksum(key)}`;
}

export function makeKey(): ParsedKey {
  const id = Array.from(randomBytes(8), (byte) => alphabet[byte % alphabet.length]).join("");
  return { id, secret: makeToken() };
}

/** @returns null for what cannot be a key, without a query */
export function parseKey(text: string): ParsedKey | null {
  const [, id, secret, check] = shape.exec(text) ?? [];
  if (id === undefined || secret === undefined) return null;
  return checksum(`sm_live_${id}_${secret}`) === check ? { id, secret } : null;
}

/** The first key anywhere in a text. */
export function findKeyIn(text: string): ParsedKey | null {
  const found = /sm_live_[a-z2-7]{8}_[A-Za-z0-9_-]{50}/.exec(text)?.[0];
  return found === undefined ? null : parseKey(found);
}
