import { createHash } from "node:crypto";
import type { Database } from "@/db/client";
import { faultPoint } from "@/lib/faults/fault-point";
import type { Session } from "@/db/transaction";
import { findStoredResponse, storeResponse, lockIdempotencyKey, type StoredResponse } from "@/db/queries/idempotency-keys";
import { changeAs, changeByStatement } from "@/lib/server/access/as-viewer";
import type { CurrentViewer, Viewer } from "@/lib/server/access/viewer";
import { AppError } from "@/lib/server/errors";
import { seal, unseal } from "./sealed-text";
import { readSessionCookie } from "./session-cookie";

/** What a request that creates something is answered. */
export interface ResponseParts {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** JSON. */
  readonly body: unknown;
}

/** @throws AppError invalid_idempotency_key */
function keyOf(request: Request): string | null {
  const key = request.headers.get("idempotency-key");
  if (key === null || /^[\x20-\x7e]{1,255}$/.test(key)) return key;
  throw new AppError("invalid_idempotency_key", "An Idempotency-Key is 1 to 255 printable ASCII characters.");
}

/** Of two requests that ask for the same. */
function fingerprintOf(request: Request, input: unknown): string {
  const { pathname, search } = new URL(request.url);
  const asked = JSON.stringify([request.method, pathname, search, input]);
  return createHash("sha256").update(asked).digest("base64url");
}

function respond({ status, headers, body }: StoredResponse, replayed: boolean): Response {
  const response = new Response(body, { status, headers: { "content-type": "application/json", ...headers } });
  if (replayed) response.headers.set("idempotent-replay", "true");
  return response;
}

/** The effect of a request and its answer, with the rights that the viewer has in that transaction. */
export type Effect = (tx: Session, viewer: CurrentViewer) => Promise<ResponseParts>;

/**
 * Refuses a stored answer to a viewer who may not see it any more, though they may still call the operation.
 * @param body of the stored answer
 */
export type RecheckAccess = (tx: Session, viewer: CurrentViewer, body: unknown) => Promise<void>;

/** How the effect and its answer are written. */
interface ResponseStorage {
  transact<T>(body: (tx: Session, viewer: CurrentViewer) => Promise<T>): Promise<T>;
  /** The answer's body as it is kept. */
  encode(body: string): string;
  /** The body again; null where it is not for this caller. */
  decode(kept: string): string | null;
}

/** Kept as it is. */
const plain = { encode: (body: string): string => body, decode: (kept: string): string => kept } as const;

/**
 * Answers a request that creates something, with its whole effect in one transaction. With an Idempotency-Key the
 * answer is kept in that transaction too: for 24 hours the same key gets it again without an effect, and a process that
 * dies between leaves neither. What is thrown is not kept, since it had no effect. Effect and stored answer alike need
 * the rights that the viewer has at that moment.
 * @param input what the request asks for, as JSON can say it; a key stands for one input
 * @param effect the effect, by statements of `tx` alone; begun anew where it lost against another transaction
 * @param recheckAccess where the answer is not for everybody who may call the operation
 * @throws AppError invalid_idempotency_key, idempotency_key_in_flight, idempotency_key_reused, unauthenticated,
 *   insufficient_scope
 */
export function withIdempotencyKey(
  database: Pick<Database, "sql">,
  viewer: Viewer,
  request: Request,
  input: unknown,
  effect: Effect,
  recheckAccess?: RecheckAccess,
): Promise<Response> {
  const storage = { ...plain, transact: <T>(body: TransactionBody<T>) => changeAs(database, viewer, body) };
  return run(storage, viewer, request, input, effect, recheckAccess);
}

/**
 * As `withIdempotencyKey`, for an effect that is one statement: without a key, and where no rights need to be looked up again,
 * nothing else belongs to its transaction, and it is spared the round trips of one.
 * @param effect by one statement of `session`
 */
export function withIdempotencyKeyForStatement(
  database: Database,
  viewer: Viewer,
  request: Request,
  input: unknown,
  effect: Effect,
  recheckAccess?: RecheckAccess,
): Promise<Response> {
  if (keyOf(request) !== null) return withIdempotencyKey(database, viewer, request, input, effect, recheckAccess);
  const storage = { ...plain, transact: <T>(body: TransactionBody<T>) => changeByStatement(database, viewer, body) };
  return run(storage, viewer, request, input, effect);
}

/**
 * As `withIdempotencyKey`, for an answer that shows a secret once: it is kept sealed, and opened for the session or key alone
 * that got it. People and keys stand behind no wall, so neither does `effect`.
 */
export function withIdempotencyKeyForSecret(
  database: Pick<Database, "sql">,
  viewer: Viewer,
  request: Request,
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

type TransactionBody<T> = (tx: Session, viewer: CurrentViewer) => Promise<T>;

const reused = (): AppError =>
  new AppError("idempotency_key_reused", "This Idempotency-Key came with another request. Take a new one.");

async function run(
  storage: ResponseStorage,
  viewer: Viewer,
  request: Request,
  input: unknown,
  effect: Effect,
  recheckAccess?: RecheckAccess,
): Promise<Response> {
  const key = keyOf(request);
  const perform = async (tx: Session, current: CurrentViewer): Promise<StoredResponse> => {
    const { status, headers = {}, body } = await effect(tx, current);
    return { status, headers, body: JSON.stringify(body) };
  };
  if (key === null) return respond(await storage.transact(perform), false);

  const owned = { principal: viewer.principal, key };
  const fingerprint = fingerprintOf(request, input);
  return storage.transact(async (tx, current) => {
    const transaction = await lockIdempotencyKey(tx.sql, owned);
    if (transaction === null) {
      throw new AppError("idempotency_key_in_flight", "The first request with this key has not been answered yet.");
    }
    const kept = await findStoredResponse(tx.sql, owned);
    if (kept !== null) {
      const body = kept.fingerprint === fingerprint ? storage.decode(kept.body) : null;
      if (body === null) throw reused();
      await recheckAccess?.(tx, current, JSON.parse(body));
      return respond({ ...kept, body }, true);
    }
    const answer = await perform(tx, current);
    await storeResponse(tx.sql, owned, { ...answer, body: storage.encode(answer.body), fingerprint }, transaction);
    await faultPoint("response.stored");
    return respond(answer, false);
  });
}
