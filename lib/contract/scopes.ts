/** Scopes of integration keys; a person's depend on their role. */
export const scopes = [
  "stores:read",
  "stores:write",
  "polls:write",
  "polls:delete",
  "reports:read",
  "reports:write",
  "admin",
] as const;
export type Scope = (typeof scopes)[number];

/** Who may call an operation: callers with the scope; `anyone`; `person`: only a signed-in person. */
export type OperationScope = Scope | "anyone" | "person";

/** The access rule of an operation: the only source for the description, the check and its test. */
export interface OperationAccess {
  readonly scope: OperationScope;
  /** Only for viewers of all stores: its effect is not limited to one store. */
  readonly wholeFleet?: true;
  /** Only with access control, which it manages. */
  readonly signedIn?: true;
  /** It is a GET with an effect: other sites must not be able to make a browser send it. */
  readonly changesByGet?: true;
}

/** Shorthand for entries of the list of operations. */
export const needs = {
  storesRead: { scope: "stores:read" },
  storesWrite: { scope: "stores:write" },
  fleetStores: { scope: "stores:write", wholeFleet: true },
  reportsRead: { scope: "reports:read" },
  reportsWrite: { scope: "reports:write" },
  pollsWrite: { scope: "polls:write" },
  pollsDelete: { scope: "polls:delete" },
  trigger: { scope: "reports:write", changesByGet: true },
  fleetFiles: { scope: "polls:write", wholeFleet: true },
  fleetRead: { scope: "stores:read", wholeFleet: true },
  fleetWrite: { scope: "stores:write", wholeFleet: true },
  fleetAdmin: { scope: "admin", wholeFleet: true },
  access: { scope: "admin", wholeFleet: true, signedIn: true },
  person: { scope: "person" },
  nothing: { scope: "anyone" },
} as const satisfies Record<string, OperationAccess>;
