import type { Grant, GrantedStores, Key, Role } from "@/lib/contract/access";
import type { Scope } from "@/lib/contract/scopes";

export const roleText: Record<Role, { readonly name: string; readonly may: string }> = {
  operator: { name: "Operator", may: "Can see every store, import data, and manage people and keys." },
  owner: { name: "Owner", may: "Can only see the stores below." },
};

export const scopeText: Record<Scope, string> = {
  "stores:read": "View stores and uptime",
  "stores:write": "Edit stores and their hours",
  "polls:write": "Send checks and upload files",
  "polls:delete": "Remove and restore checks",
  "reports:read": "View and download reports",
  "reports:write": "Create reports",
  admin: "Manage people, keys, webhooks and the audit log",
};

/** Names of stores by their ids. */
export type StoreNames = ReadonlyMap<string, string>;

export function storeNamesOf(stores: GrantedStores): StoreNames {
  return new Map(stores.map(({ store_id: storeId, name }) => [storeId, name]));
}

/** What is granted: "store Main Street", "store 8419…", "group Taco Town". */
export function grantedText(grant: Grant, names: StoreNames): string {
  return "store_id" in grant ? `store ${names.get(grant.store_id) ?? grant.store_id}` : `group ${grant.group}`;
}

/** "store Main Street (view)", "group Taco Town (edit)". */
export function grantText(grant: Grant, names: StoreNames): string {
  return `${grantedText(grant, names)} (${grant.manage ? "edit" : "view"})`;
}

/** What of a person's stores fits into a line; the rest is counted. */
export function grantsText(role: Role, grants: readonly Grant[], names: StoreNames): string {
  if (role === "operator") return "Every store";
  if (grants.length === 0) return "No stores yet";
  const shown = grants
    .slice(0, 3)
    .map((grant) => grantText(grant, names))
    .join("; ");
  return grants.length > 3 ? `${shown}; and ${String(grants.length - 3)} more` : shown;
}

export function keyStoresText({ store_ids: ids }: Pick<Key, "store_ids">): string {
  if (ids === null) return "All stores visible to its creator";
  if (ids.length === 1) return `Store ${ids[0] ?? ""}`;
  return `${String(ids.length)} stores`;
}

export const keyStateText: Record<Key["state"], string> = { active: "Active", expired: "Expired", revoked: "Revoked" };

/** One grant from a line as people write it: `store 84191185…` or `group Taco Town`. Null for an empty name. */
export function grantOf(kind: "store" | "group", name: string, manage: boolean): Grant | null {
  const text = name.trim();
  if (text === "") return null;
  return kind === "store" ? { store_id: text, manage } : { group: text, manage };
}

/** Ids of stores from free text: between spaces, commas or lines. */
export function idsOf(text: string): readonly string[] {
  return [...new Set(text.split(/[\s,;]+/).filter((id) => id !== ""))];
}

/** What a browser says of itself, shortened to what tells one's devices apart: "Firefox on Windows". */
export function browserText(userAgent: string): string {
  const browsers = [/\b(Edg)(?:e|A|iOS)?\//, /\b(Firefox|FxiOS)\//, /\b(OPR)\//, /(Chrome|CriOS)\//, /\b(Safari)\//];
  const systems = [/\b(Android)\b/, /\b(iPhone|iPad)\b/, /\b(Windows)\b/, /\b(Mac OS X)\b/, /\b(Linux)\b/];
  const names: Record<string, string> = { Edg: "Edge", FxiOS: "Firefox", OPR: "Opera", CriOS: "Chrome" };
  const find = (patterns: readonly RegExp[]) =>
    patterns.map((pattern) => pattern.exec(userAgent)?.[1]).find((found) => found !== undefined);
  const browser = find(browsers);
  const system = find(systems)?.replace("Mac OS X", "macOS");
  if (browser === undefined) return userAgent === "" ? "Unknown client" : userAgent.slice(0, 60);
  return `${names[browser] ?? browser}${system === undefined ? "" : ` on ${system}`}`;
}
