import type { StoreSet } from "@/db/store-set";
import { scopes, type Scope } from "@/lib/contract/scopes";
import { AppError } from "@/lib/server/errors";

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
}

function everything(kind: "open" | "system"): Viewer {
  return { kind, principal: kind, address: "", account: kind, scopes, stores: "all", managed: "all" };
}

/** Everybody, where no access control is set up. */
export const openViewer: Viewer = everything("open");

/** The worker and the commands that are run on the server itself. */
export const systemViewer: Viewer = everything("system");

/** Nobody in particular: for operations that anyone may call. */
export const anonymousViewer: Viewer = {
  kind: "anonymous",
  principal: "anonymous",
  address: "",
  account: "anonymous",
  scopes: [],
  stores: [],
  managed: [],
};

/** @throws AppError insufficient_scope where the viewer sees only some of the stores */
export function requireFleet({ stores }: Viewer): void {
  if (stores !== "all") throw new AppError("insufficient_scope", "This is for those who see all stores.");
}

/** @throws AppError insufficient_scope */
export function requireScope({ scopes: given }: Viewer, scope: Scope): void {
  if (!given.includes(scope)) throw new AppError("insufficient_scope", `This needs the scope ${scope}.`);
}
