import type { StoreSet } from "@/db/store-set";
import { scopes, type OperationAccess, type Scope } from "@/lib/contract/scopes";
import { AppError } from "@/lib/server/errors";

/** How a request was authenticated. It is looked up again in the transaction of any change. */
export type Credential =
  | { readonly kind: "session"; readonly sessionId: number; readonly personId: number }
  | {
      readonly kind: "key";
      readonly keyId: string;
      /** The owner of a key; null for a fleet key. */
      readonly personId: number | null;
    };

/** Who sends a request. Every use case takes one right after the database, and shows and changes nothing beyond it. */
export interface Viewer {
  /** `open`: everyone, without access control. `system`: our own worker and commands. */
  readonly kind: "open" | "person" | "key" | "system" | "anonymous";
  /** Identifies the sender for limits, Idempotency-Keys and the audit log: `person:7`, `key:abcd2345`. */
  readonly principal: string;
  /** Client address as our own server recorded it, for the audit log; empty without one. */
  readonly address: string;
  /** Owner of this viewer's reports and the like: a person's keys share their person's account. */
  readonly account: string;
  readonly scopes: readonly Scope[];
  /** Stores whose data may be read. */
  readonly stores: StoreSet;
  /** Those of them that may be changed. */
  readonly managed: StoreSet;
  /** Null when the rights cannot change during a request, because they do not belong to a person or a key. */
  readonly credential: Credential | null;
  /** The scope with which the viewer was admitted; null for a page. */
  readonly admittedTo: OperationAccess | null;
}

declare const current: unique symbol;

/**
 * A viewer whose rights are current within the open transaction, as required by use cases that change something.
 * `changeAs` makes one from a viewer.
 */
export type CurrentViewer = Viewer & { readonly [current]: true };

function everything(kind: "open" | "system"): CurrentViewer {
  const rights = { scopes, stores: "all", managed: "all" } as const;
  return asCurrent({
    kind,
    principal: kind,
    address: "",
    account: kind,
    ...rights,
    credential: null,
    admittedTo: null,
  });
}

/** Only for `revalidate`, and for viewers without a credential. */
export function asCurrent(viewer: Viewer): CurrentViewer {
  return viewer as CurrentViewer;
}

/** Everyone, in open mode. */
export const openViewer: CurrentViewer = everything("open");

/** The worker and the commands that are run on the server itself. */
export const systemViewer: CurrentViewer = everything("system");

/** An anonymous viewer, for operations that anyone may call. */
export const anonymousViewer: Viewer = {
  kind: "anonymous",
  principal: "anonymous",
  address: "",
  account: "anonymous",
  scopes: [],
  stores: [],
  managed: [],
  credential: null,
  admittedTo: null,
};

/** @throws AppError insufficient_scope when the viewer sees only some of the stores */
export function requireFleet({ stores }: Viewer): void {
  if (stores !== "all") throw new AppError("insufficient_scope", "This requires access to all stores.");
}

/** @throws AppError insufficient_scope */
export function requireScope({ scopes: given }: Viewer, scope: Scope): void {
  if (!given.includes(scope)) throw new AppError("insufficient_scope", `This requires the scope ${scope}.`);
}

/** @throws AppError insufficient_scope when the viewer lacks the scope of the operation */
export function requireAccess(viewer: Viewer, { scope, wholeFleet, signedIn }: OperationAccess): void {
  if (scope === "anyone") return;
  if (signedIn === true && viewer.kind === "open") {
    throw new AppError("insufficient_scope", "There is no access control; AUTH=required enables it.");
  }
  if (scope !== "person") requireScope(viewer, scope);
  else if (viewer.kind !== "person") throw new AppError("insufficient_scope", "This requires a signed-in person.");
  if (wholeFleet === true) requireFleet(viewer);
}

/** Whether the viewer has the scope of an operation. */
export function isAllowed(viewer: Viewer, access: OperationAccess): boolean {
  try {
    requireAccess(viewer, access);
    return true;
  } catch (error) {
    if (error instanceof AppError && error.code === "insufficient_scope") return false;
    throw error;
  }
}

/** The session of a request. @throws AppError insufficient_scope without one */
export function sessionOf({ credential }: Viewer): Extract<Credential, { readonly kind: "session" }> {
  if (credential?.kind === "session") return credential;
  throw new AppError("insufficient_scope", "This requires a signed-in person.");
}
