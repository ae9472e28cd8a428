import type { StoreSet } from "@/db/store-set";
import { scopes, type OperationAccess, type Scope } from "@/lib/contract/scopes";
import { AppError } from "@/lib/server/errors";

/** What a request was authenticated by. It is looked up again in the transaction of whatever the request changes. */
export type Credential =
  | { readonly kind: "session"; readonly sessionId: number; readonly personId: number }
  | {
      readonly kind: "key";
      readonly keyId: string;
      /** The owner it belongs to; null: it is the fleet's. */
      readonly personId: number | null;
    };

/** Who asks. Every use case takes one, right after the database, and shows and changes nothing beyond it. */
export interface Viewer {
  /** `open`: everybody, where there is no access control. `system`: our own worker and commands. */
  readonly kind: "open" | "person" | "key" | "system" | "anonymous";
  /** Who asks, for limits, Idempotency-Keys and the audit log: `person:7`, `key:abcd2345`. */
  readonly principal: string;
  /** Where the request came from, as our own server noted it, for the audit log; empty where none did. */
  readonly address: string;
  /** Whose reports and the like are this viewer's own: a person's keys share their person's. */
  readonly account: string;
  readonly scopes: readonly Scope[];
  /** Stores whose data may be read. */
  readonly stores: StoreSet;
  /** Those of them that may be changed. */
  readonly managed: StoreSet;
  /** Null where the rights cannot change while a request is under way: they are not a person's or a key's. */
  readonly credential: Credential | null;
  /** What the operation asks that the viewer was admitted to; null: none, they look at a page. */
  readonly admittedTo: OperationAccess | null;
}

declare const current: unique symbol;

/**
 * A viewer whose rights are those of this moment, to whoever holds the open transaction: what a use case that changes
 * something takes. `changeAs` makes one of a viewer.
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

/** For `revalidate` alone, and for viewers without a credential. */
export function asCurrent(viewer: Viewer): CurrentViewer {
  return viewer as CurrentViewer;
}

/** Everybody, where no access control is set up. */
export const openViewer: CurrentViewer = everything("open");

/** The worker and the commands that are run on the server itself. */
export const systemViewer: CurrentViewer = everything("system");

/** Nobody in particular: for operations that anyone may call. */
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

/** @throws AppError insufficient_scope where the viewer sees only some of the stores */
export function requireFleet({ stores }: Viewer): void {
  if (stores !== "all") throw new AppError("insufficient_scope", "This is for those who see all stores.");
}

/** @throws AppError insufficient_scope */
export function requireScope({ scopes: given }: Viewer, scope: Scope): void {
  if (!given.includes(scope)) throw new AppError("insufficient_scope", `This needs the scope ${scope}.`);
}

/** @throws AppError insufficient_scope where the viewer may not call an operation that asks for this */
export function requireAccess(viewer: Viewer, { scope, wholeFleet, signedIn }: OperationAccess): void {
  if (scope === "anyone") return;
  if (signedIn === true && viewer.kind === "open") {
    throw new AppError("insufficient_scope", "There is no access control here; AUTH=required sets it up.");
  }
  if (scope !== "person") requireScope(viewer, scope);
  else if (viewer.kind !== "person") throw new AppError("insufficient_scope", "This is for people who have signed in.");
  if (wholeFleet === true) requireFleet(viewer);
}

/** Whether the viewer may call an operation that asks for this. */
export function isAllowed(viewer: Viewer, access: OperationAccess): boolean {
  try {
    requireAccess(viewer, access);
    return true;
  } catch (error) {
    if (error instanceof AppError && error.code === "insufficient_scope") return false;
    throw error;
  }
}

/** The session that a request was sent with. @throws AppError insufficient_scope where it was sent with none */
export function sessionOf({ credential }: Viewer): Extract<Credential, { readonly kind: "session" }> {
  if (credential?.kind === "session") return credential;
  throw new AppError("insufficient_scope", "This is for people who have signed in.");
}
