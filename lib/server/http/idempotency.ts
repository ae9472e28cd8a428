import { createHash } from "node:crypto";
import type { Database, Db } from "@/db/client";
import { faultPoint } from "@/lib/faults/fault-point";
import { findStoredResponse, lockIdempotencyKey, storeResponse } from "@/db/queries/bulk/idempotency-lock";
import type { StoredResponse } from "@/db/queries/idempotency-keys";
import { changeAs, changeByStatement } from "@/lib/server/access/as-viewer";
import type { CurrentViewer, Viewer } from "@/lib/server/access/viewer";
import { AppError } from "@/lib/server/errors";
import { seal, unseal } from "./sealed-text";
import { readSessionCookie } from "./session-cookie";
import { TextResponse } from "./text-response";
import type { ApiRequest } from "./api-request";

/** The response to a request that creates something. */
export interface ResponseParts {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** JSON. */
  readonly body: unknown;
}

/** @throws AppError invalid_idempotency_key */
function keyOf(request: ApiRequest): string | null {
  const key = request.headers.get("idempotency-key");
  if (key === null || /^[\x20-\x7e]{1,255}$/.test(key)) return key;
  throw new AppError("invalid_idempotency_key", "An Idempotency-Key is 1 to 255 printable ASCII characters.");
}

/** Equal for two requests that ask for the same. */
function fingerprintOf(request: ApiRequest, input: unknown): string {
  const { pathname, search } = new URL(request.url);
  const content = JSON.stringify([request.method, pathname, search, input]);
  return createHash("sha256").update(content).digest("base64url");
}

function respond({ status, headers, body }: StoredResponse, replayed: boolean): Response {
  const response = new TextResponse(body, { status, headers: { "content-type": "application/json", ...headers } });
  if (replayed) response.headers.set("idempotent-replay", "true");
  return response;
}

/** The effect of a request and its response, with the viewer's rights in that transaction. */
export type Effect = (tx: Db, viewer: CurrentViewer) => Promise<ResponseParts>;

/**
 * Refuses a stored response to a viewer who may no longer see it, although they may still call the operation.
 * @param body of the stored response
 */
export type RecheckAccess = (tx: Db, viewer: CurrentViewer, body: unknown) => Promise<void>;

/** How the effect and its response are written. */
interface ResponseStorage {
  transact<T>(body: (tx: Db, viewer: CurrentViewer) => Promise<T>): Promise<T>;
  /** Encodes a response body for storage. */
  encode(body: string): string;
  /** Decodes a stored body; null when it is not for this caller. */
  decode(kept: string): string | null;
}

/** Stores bodies unchanged. */
const plain = { encode: (body: string): string => body, decode: (kept: string): string => kept } as const;

/**
 * Responds to a request that creates something, with its whole effect in one transaction. With an Idempotency-Key the
 * response is stored in that transaction: for 24 hours the same key returns it again without an effect, and a crash in
 * between leaves neither. Errors are not stored, because they had no effect. Both the effect and a stored response need
 * the rights that the viewer has now.
 * @param input what the request asks for, as JSON; a key belongs to one input
 * @param effect uses only `tx`; runs again after a serialization failure
 * @param recheckAccess for a response that not every caller of the operation may see
 * @throws AppError invalid_idempotency_key, idempotency_key_in_flight, idempotency_key_reused, unauthenticated,
 *   insufficient_scope
 */
export function withIdempotencyKey(
  database: Database,
  viewer: Viewer,
  request: ApiRequest,
  input: unknown,
  effect: Effect,
  recheckAccess?: RecheckAccess,
): Promise<Response> {
  const storage = { ...plain, transact: <T>(body: TransactionBody<T>) => changeAs(database, viewer, body) };
  return run(storage, viewer, request, input, effect, recheckAccess);
}

/**
 * Like `withIdempotencyKey`, for an effect of one statement. Without a key, and when no rights have to be checked
 * again, it runs outside a transaction and saves the round trips of one.
 * @param effect one statement of `tx`
 */
export function withIdempotencyKeyForStatement(
  database: Database,
  viewer: Viewer,
  request: ApiRequest,
  input: unknown,
  effect: Effect,
  recheckAccess?: RecheckAccess,
): Promise<Response> {
  if (keyOf(request) !== null) return withIdempotencyKey(database, viewer, request, input, effect, recheckAccess);
  const storage = { ...plain, transact: <T>(body: TransactionBody<T>) => changeByStatement(database, viewer, body) };
  return run(storage, viewer, request, input, effect);
}

/**
 * Like `withIdempotencyKey`, for a response that contains a secret. It is stored encrypted, and only the session or key
 * that got it can decrypt it. Row-level security does not cover people and keys, so `effect` runs without it.
 */
export function withIdempotencyKeyForSecret(
  database: Database,
  viewer: Viewer,
  request: ApiRequest,
  input: unknown,
  effect: Effect,
  recheckAccess?: RecheckAccess,
): Promise<Response> {
  const { headers } = request;
  const credential = readSessionCookie(headers) ?? headers.get("authorization") ?? headers.get("x-api-key") ?? "";
  const storage: ResponseStorage = {
    transact: (body) => changeAs(database, viewer, body, { underRls: false }),
    encode: (body) => seal(body, credential),
    decode: (kept) => unseal(kept, credential),
  };
  return run(storage, viewer, request, input, effect, recheckAccess);
}

type TransactionBody<T> = (tx: Db, viewer: CurrentViewer) => Promise<T>;

const reused = (): AppError =>
  new AppError("idempotency_key_reused", "This Idempotency-Key was used for another request. Choose a new one.");

async function run(
  storage: ResponseStorage,
  viewer: Viewer,
  request: ApiRequest,
  input: unknown,
  effect: Effect,
  recheckAccess?: RecheckAccess,
): Promise<Response> {
  const key = keyOf(request);
  const perform = async (tx: Db, current: CurrentViewer): Promise<StoredResponse> => {
    const { status, headers = {}, body } = await effect(tx, current);
    return { status, headers, body: JSON.stringify(body) };
  };
  if (key === null) return respond(await storage.transact(perform), false);

  const owned = { principal: viewer.principal, key };
  const fingerprint = fingerprintOf(request, input);
  return storage.transact(async (tx, current) => {
    const transaction = await lockIdempotencyKey(tx, owned);
    if (transaction === null) {
      throw new AppError("idempotency_key_in_flight", "The first request with this key is still in progress.");
    }
    const kept = await findStoredResponse(tx, owned);
    if (kept !== null) {
      const body = kept.fingerprint === fingerprint ? storage.decode(kept.body) : null;
      if (body === null) throw reused();
      await recheckAccess?.(tx, current, JSON.parse(body));
      return respond({ ...kept, body }, true);
    }
    const answer = await perform(tx, current);
    await storeResponse(tx, owned, { ...answer, body: storage.encode(answer.body), fingerprint }, transaction);
    await faultPoint("response.stored");
    return respond(answer, false);
  });
}
