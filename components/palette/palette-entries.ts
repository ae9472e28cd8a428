import type { SessionInfo } from "@/lib/contract/access";
import type { StoreListItem } from "@/lib/contract/stores";
import type { StoreSearch } from "@/components/stores/use-store-search";
import type { NavPlace } from "@/components/ui/nav-link";

/** What the palette offers: a page, or a store. */
export interface PaletteEntry {
  readonly href: string;
  readonly label: string;
  /** Below the label: the id of a store. */
  readonly note?: string;
}

interface OfferedPage extends PaletteEntry {
  /** Other words that it is found by. */
  readonly words?: string;
}

const settings: readonly OfferedPage[] = [
  { href: "/manage-stores", label: "Settings: Stores", words: "create merge delete restore" },
  { href: "/calendars", label: "Settings: Calendars", words: "holidays closures special hours" },
  { href: "/people", label: "Settings: People", words: "users invite access" },
  { href: "/keys", label: "Settings: Keys", words: "api token" },
  { href: "/webhooks", label: "Settings: Webhooks", words: "events notifications" },
  { href: "/limits", label: "Settings: Limits", words: "retention rate" },
  { href: "/audit", label: "Settings: Audit log", words: "history who" },
];

/** The pages that a viewer may go to. */
export function palettePages(places: readonly NavPlace[], session: SessionInfo | null): readonly OfferedPage[] {
  const isOperator = session?.scopes.includes("admin") === true;
  const wholeFleet = session?.whole_fleet === true;
  return [
    ...places.filter(({ label }) => label !== "Settings").map(({ href, label }) => ({ href, label })),
    ...(wholeFleet
      ? [
          { href: "/?state=offline&sort=state_since", label: "Stores that are offline", words: "down" },
          { href: "/?preset=needs_attention", label: "Stores that need attention", words: "worst" },
          { href: "/rollups", label: "Roll-ups by brand, group and time zone", words: "breakdown chain region" },
          { href: "/wallboard", label: "Wallboard", words: "screen tv" },
        ]
      : []),
    ...(isOperator ? settings : []),
    ...(session?.person == null ? [] : [{ href: "/account", label: "Account", words: "password sessions sign out" }]),
    { href: "/status", label: "Status", words: "health worker" },
    { href: "/docs/changelog", label: "Changelog", words: "version" },
  ];
}

/** The pages that have every word of a text in their label or words; all of them for an empty text. */
export function matchingPages(pages: readonly OfferedPage[], text: string): readonly PaletteEntry[] {
  const wanted = text.toLowerCase().split(/\s+/).filter(Boolean);
  return pages.filter(({ label, words = "" }) => {
    const all = `${label} ${words}`.toLowerCase();
    return wanted.every((word) => all.includes(word));
  });
}

/** The stores that were found, as entries. */
export function storeEntries(stores: readonly Pick<StoreListItem, "store_id" | "name">[]): readonly PaletteEntry[] {
  return stores.map(({ store_id: id, name }) => ({
    href: `/stores/${id}`,
    label: name ?? id,
    ...(name === null ? {} : { note: id }),
  }));
}

/** What the palette says below its list. @param count of the entries in it */
export function paletteStatus(count: number, { isPending, error }: Pick<StoreSearch, "isPending" | "error">): string {
  if (isPending) return "Searching…";
  if (error !== null) return `Couldn’t search stores. ${error.message}`;
  return count === 0 ? "Nothing matches." : "";
}
