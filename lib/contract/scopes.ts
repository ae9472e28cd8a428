/** What an integration key may be allowed to do; a person may what their role says. */
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

/** Who may call an operation: whoever has the scope; `anyone`; `person`: only somebody who has signed in. */
export type OperationScope = Scope | "anyone" | "person";

/** What an operation asks of its caller: the one place that the description, the check and its test are made from. */
export interface OperationAccess {
  readonly scope: OperationScope;
  /** Only who sees all stores may call it: what it does is not one store's. */
  readonly wholeFleet?: true;
  /** Only where there is access control: what it manages is that. */
  readonly signedIn?: true;
  /** It changes something though it is a GET: a browser must not be brought to send it from elsewhere. */
  readonly changesByGet?: true;
}

/** Shorthand for entries of the list of operations. */
export const needs = {
  storesRead: { scope: "stores:read" },
  storesWrite: { scope: "stores:write" },
  reportsRead: { scope: "reports:read" },
  reportsWrite: { scope: "reports:write" },
  pollsWrite: { scope: "polls:write" },
  pollsDelete: { scope: "polls:delete" },
  trigger: { scope: "reports:write", changesByGet: true },
  fleetFiles: { scope: "polls:write", wholeFleet: true },
  fleetAdmin: { scope: "admin", wholeFleet: true },
  access: { scope: "admin", wholeFleet: true, signedIn: true },
  person: { scope: "person" },
  nothing: { scope: "anyone" },
} as const satisfies Record<string, OperationAccess>;
