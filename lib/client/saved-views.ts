import { fleetHref, parseFleetParams } from "./page-params";

/** A saved view of the list of stores: filters, order and page size, as the address of its first page. */
export interface SavedView {
  readonly name: string;
  readonly href: ReturnType<typeof fleetHref>;
}

const storageKey = "saved-views";
export const maxViews = 20;
const longestName = 60;

function shortName(name: string): string {
  return name.trim().slice(0, longestName);
}

/** The stored address with only what this version knows of it, at its first page. */
function knownHref(href: string): SavedView["href"] {
  const search = new URLSearchParams(href.startsWith("/?") ? href.slice(2) : "");
  const { params } = parseFleetParams(Object.fromEntries(search));
  return fleetHref({ ...params, page: 1, trail: [] });
}

function isStored(value: unknown): value is { readonly name: string; readonly href: string } {
  if (typeof value !== "object" || value === null) return false;
  const { name, href } = value as { readonly name?: unknown; readonly href?: unknown };
  return typeof name === "string" && typeof href === "string";
}

/** Reads the stored views. Never throws: text in another format holds no views. */
export function parseViews(text: string | null): readonly SavedView[] {
  try {
    const stored: unknown = JSON.parse(text ?? "[]");
    if (!Array.isArray(stored)) return [];
    return stored.filter(isStored).map(({ name, href }) => ({ name, href: knownHref(href) }));
  } catch {
    return [];
  }
}

/** Why a view cannot be added as it is: `exists`, one of its name would be replaced; `full`, there are too many. */
export function obstacleTo(views: readonly SavedView[], name: string): "exists" | "full" | null {
  if (views.some((view) => view.name === shortName(name))) return "exists";
  return views.length >= maxViews ? "full" : null;
}

/** The views with one more, in place of one of the same name. */
export function addView(views: readonly SavedView[], given: SavedView): readonly SavedView[] {
  const view = { ...given, name: shortName(given.name) };
  if (view.name === "") return views;
  return [...views.filter(({ name }) => name !== view.name), view];
}

/** The views of this browser. */
export function loadViews(): readonly SavedView[] {
  return parseViews(localStorage.getItem(storageKey));
}

export function storeViews(views: readonly SavedView[]): void {
  localStorage.setItem(storageKey, JSON.stringify(views));
}
