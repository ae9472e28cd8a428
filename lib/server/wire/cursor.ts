import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import type { Database } from "@/db/client";
import { getOrCreateSigningKey } from "@/db/queries/signing-keys";
import { AppError } from "@/lib/server/errors";

const keys = new WeakMap<Database, Promise<Uint8Array>>();

function keyOf(database: Database): Promise<Uint8Array> {
  let key = keys.get(database);
  if (key === undefined) {
    key = getOrCreateSigningKey(database, "cursor", randomBytes(32));
    keys.set(database, key);
    // After a database failure the key is read again.
    key.catch(() => keys.delete(database));
  }
  return key;
}

/**
 * A paged list: its name and everything that its rows depend on except the page. A cursor is valid only for the same
 * list and viewer.
 */
export type CursorList = readonly [name: string, ...parameters: unknown[]];

/** The owner of a cursor: no one else can use it. */
export interface CursorOwner {
  readonly account: string;
}

function signatureOf(key: Uint8Array, { account }: CursorOwner, list: CursorList, position: string): Buffer {
  const signed = JSON.stringify([account, list.map((one) => one ?? null), position]);
  return createHmac("sha256", key).update(signed).digest().subarray(0, 16);
}

/** A signed cursor. @param position where the page ends, as JSON */
export async function sealCursor(
  database: Database,
  owner: CursorOwner,
  list: CursorList,
  position: unknown,
): Promise<string> {
  const text = Buffer.from(JSON.stringify(position)).toString("base64url");
  return `${text}.${signatureOf(await keyOf(database), owner, list, text).toString("base64url")}`;
}

/**
 * The position in a cursor of the same list.
 * @param isPosition whether it has the form that this version of the program writes
 * @throws AppError invalid_cursor
 */
export async function openCursor<T>(
  database: Database,
  owner: CursorOwner,
  list: CursorList,
  cursor: string,
  isPosition: (value: unknown) => value is T,
): Promise<T> {
  const [text = "", signature = ""] = cursor.split(".", 2);
  const given = Buffer.from(signature, "base64url");
  const ours = signatureOf(await keyOf(database), owner, list, text);
  if (given.length === ours.length && timingSafeEqual(given, ours)) {
    const position: unknown = JSON.parse(Buffer.from(text, "base64url").toString());
    if (isPosition(position)) return position;
  }
  const remedy = "Take the cursor from next_cursor of a page with the same other parameters.";
  throw new AppError("invalid_cursor", remedy, {
    faults: [{ pointer: "/cursor", code: "invalid_cursor", reason: remedy }],
  });
}

function isId(value: unknown): value is number {
  return typeof value === "number" && Number.isSafeInteger(value) && value > 0;
}

/**
 * One page of a list in descending order of ids.
 * @param read at most `limit` rows with ids smaller than `before`; null: from the greatest on
 * @throws AppError invalid_cursor
 */
export async function pageById<Row extends { readonly id: number }>(
  database: Database,
  owner: CursorOwner,
  list: CursorList,
  { cursor, limit }: { readonly cursor?: string | undefined; readonly limit: number },
  read: (before: number | null, limit: number) => Promise<readonly Row[]>,
): Promise<{ readonly rows: readonly Row[]; readonly nextCursor: string | null }> {
  const before = cursor === undefined ? null : await openCursor(database, owner, list, cursor, isId);
  const rows = await read(before, limit + 1);
  const page = rows.slice(0, limit);
  const last = rows.length > limit ? page.at(-1) : undefined;
  return { rows: page, nextCursor: last === undefined ? null : await sealCursor(database, owner, list, last.id) };
}
