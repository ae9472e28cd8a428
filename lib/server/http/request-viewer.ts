import { timingSafeEqual } from "node:crypto";
import type { Database } from "@/db/client";
import { recordKeyExposure } from "@/db/queries/api-keys";
import { findKey, findSession, touchKey, type SessionPerson } from "@/db/queries/bulk/credentials";
import { withTransaction } from "@/db/transaction";
import type { OperationAccess } from "@/lib/contract/scopes";
import { getDatabase } from "@/lib/server/database";
import { AppError } from "@/lib/server/errors";
import { clientAddressHeader } from "./client-address";
import { decodePercent } from "./request-path";
import { crossSiteRequest, requestSite } from "./request-site";
import { readSessionCookie } from "./session-cookie";
import { findKeyIn, parseKey, type ParsedKey } from "@/lib/server/access/key-format";
import { accessMode } from "@/lib/server/access/mode";
import { keyViewer, personViewer } from "@/lib/server/access/person-viewer";
import { recordAudit } from "@/lib/server/access/record-audit";
import { requireSetUp } from "@/lib/server/access/setup-state";
import { hashToken } from "@/lib/server/access/tokens";
import { unauthenticated } from "@/lib/server/access/unauthenticated";
import { anonymousViewer, openViewer, requireAccess, type Viewer } from "@/lib/server/access/viewer";
import type { ApiRequest, RequestHeaders } from "./api-request";

/** The client address of a request, as our own server recorded it. */
export function addressOf(headers: RequestHeaders): string {
  return headers.get(clientAddressHeader) ?? "";
}

/** The key in the headers; null without one, undefined when they hold something else. */
function presentedKey(headers: RequestHeaders): ParsedKey | null | undefined {
  const authorization = headers.get("authorization");
  const legacyKey = headers.get("x-api-key");
  if (authorization === null && legacyKey === null) return null;
  if (authorization !== null && legacyKey !== null) return undefined;
  const text = authorization === null ? legacyKey : /^bearer +(\S{1,200})$/i.exec(authorization)?.[1];
  return parseKey(text ?? "") ?? undefined;
}

async function viewerOfKey(database: Database, { id, secret }: ParsedKey, address: string): Promise<Viewer> {
  const key = await findKey(database, id);
  const secretMatches = timingSafeEqual(key?.secretHash ?? Buffer.alloc(32), hashToken(secret));
  if (key === null || !secretMatches || !key.usable) throw unauthenticated();
  await touchKey(database, id);
  return keyViewer(id, key, address);
}

/** The person signed in by the cookie of these headers; null without one. */
export async function signedInPerson(headers: RequestHeaders): Promise<SessionPerson | null> {
  if (accessMode() === "open") return null;
  const token = readSessionCookie(headers);
  return token === null ? null : findSession(getDatabase(), hashToken(token));
}

/** A key in a URL may be in logs and histories by now, so the exposure is recorded and the sender is told. */
async function refuseKeyInAddress({ url, headers }: ApiRequest): Promise<void> {
  const found = findKeyIn(decodePercent(url));
  if (found === null) return;
  if (accessMode() === "required") {
    const database = getDatabase();
    const key = await findKey(database, found.id);
    if (key !== null && timingSafeEqual(key.secretHash, hashToken(found.secret))) {
      const actor = { principal: "system", address: addressOf(headers) };
      await withTransaction(database, async (tx) => {
        if (await recordKeyExposure(tx, found.id)) await recordAudit(tx, actor, "key.expose", `key:${found.id}`);
      });
    }
  }
  throw new AppError("key_in_url", "Send the key as Authorization: Bearer, and rotate this one: URLs are logged.");
}

/** The viewer of a request. @throws AppError unauthenticated, setup_required, cross_site_request */
async function viewerOf(request: ApiRequest, changes: boolean): Promise<Viewer> {
  const address = addressOf(request.headers);
  if (accessMode() === "open") {
    // In open mode everyone has access, including any page that a browser on this machine shows.
    if (changes && requestSite(request) === "foreign") throw crossSiteRequest();
    return { ...openViewer, address };
  }
  const database = getDatabase();
  await requireSetUp(database);
  const key = presentedKey(request.headers);
  if (key === undefined) throw unauthenticated();
  if (key !== null) return viewerOfKey(database, key, address);
  const person = await signedInPerson(request.headers);
  if (person === null) throw unauthenticated();
  // A browser sends the cookie with every request, whichever page caused it. Only a program that has a key sends the
  // key.
  if (changes && requestSite(request) !== "own") throw crossSiteRequest();
  return personViewer(person, address);
}

const safeMethods = new Set(["GET", "HEAD", "OPTIONS"]);

/**
 * The viewer of a request to an operation, if they have the scope.
 * @throws AppError unauthenticated, insufficient_scope, key_in_url, cross_site_request, setup_required
 */
export async function admitViewer(request: ApiRequest, access: OperationAccess): Promise<Viewer> {
  await refuseKeyInAddress(request);
  const changes = access.changesByGet === true || !safeMethods.has(request.method);
  if (access.scope === "anyone") {
    if (changes && requestSite(request) === "foreign") throw crossSiteRequest();
    return anonymousViewer;
  }
  const viewer = await viewerOf(request, changes);
  requireAccess(viewer, access);
  return { ...viewer, admittedTo: access };
}
