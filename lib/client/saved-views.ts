import { fleetHref, parseFleetParams } from "./page-params";

/** A list of stores that somebody named: filters, order and page size, as the address of its first page. */
export interface SavedView {
  readonly name: string;
  readonly href: ReturnType<typeof fleetHref>;
}

const storageKey = "saved-views";
const maxViews = 20;
const longestName = 60;

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

/** Reads what was stored. Never throws: text that is none of ours holds no views. */
export function parseViews(text: string | null): readonly SavedView[] {
  try {
    const stored: unknown = JSON.parse(text ?? "[]");
    if (!Array.isArray(stored)) return [];
    return stored.filter(isStored).map(({ name, href }) => ({ name, href: knownHref(href) }));
  } catch {
    return [];
  }
}

/** The views with one more, in place of one of the same name; the oldest goes when there are too many. */
export function addView(views: readonly SavedView[], given: SavedView): readonly SavedView[] {
  const view = { ...given, name: given.name.trim().slice(0, longestName) };
  if (view.name === "") return views;
  return [...views.filter(({ name }) => name !== view.name), view].slice(-maxViews);
}

/** The views of this browser. */
export function loadViews(): readonly SavedView[] {
  return parseViews(localStorage.getItem(storageKey));
}

export function storeViews(views: readonly SavedView[]): void {
  localStorage.setItem(storageKey, JSON.stringify(views));
}
