"use client";

import { CircleUser } from "lucide-react";
import Link from "next/link";
import { PaletteButton } from "@/components/palette/palette-button";
import type { SessionInfo } from "@/lib/contract/access";
import { NavLink, type NavPlace } from "./nav-link";
import { SmallNav } from "./small-nav";
import type { Theme } from "./theme";
import { ThemeSwitch } from "./theme-switch";

function Mark() {
  return (
    <svg viewBox="0 0 32 32" aria-hidden className="size-6 shrink-0" style={{ forcedColorAdjust: "none" }}>
      <rect width="32" height="32" rx="7" fill="#1a4384" />
      <rect x="7" y="14" width="4" height="11" rx="1" fill="#fff" />
      <rect x="14" y="7" width="4" height="18" rx="1" fill="#fff" />
      <rect x="21" y="18" width="4" height="7" rx="1" fill="#f2a65a" />
    </svg>
  );
}

interface SiteHeaderProps {
  readonly theme: Theme;
  /** The viewer; null where no one is signed in. */
  readonly session: SessionInfo | null;
}

/** The parts of the site that the viewer may use. */
function placesOf(session: SessionInfo | null): readonly NavPlace[] {
  const may = (scope: SessionInfo["scopes"][number]) => session?.scopes.includes(scope) === true;
  const wholeFleet = session?.whole_fleet === true;
  const person = session?.person ?? null;
  const places: readonly (NavPlace | false)[] = [
    may("stores:read") && { href: "/", sections: ["/stores", "/rollups"], label: "Stores" },
    may("stores:read") && { href: "/incidents", sections: ["/incidents"], label: "Incidents" },
    may("reports:read") && { href: "/reports", sections: ["/reports"], label: "Reports" },
    may("polls:write") && wholeFleet && { href: "/imports", sections: ["/imports"], label: "Imports" },
    may("stores:read") && wholeFleet && { href: "/data-quality", sections: ["/data-quality"], label: "Data quality" },
    { href: "/docs", sections: ["/docs"], label: "API" },
    { href: "/method", sections: ["/method"], label: "How it works" },
    person?.role === "owner" && { href: "/keys", sections: ["/keys"], label: "Keys" },
    may("admin") && {
      // Without sign-in there are no people and no keys.
      href: person === null ? "/webhooks" : "/people",
      sections: ["/manage-stores", "/calendars", "/new-calendar", "/people", "/keys", "/webhooks", "/limits", "/audit"],
      label: "Settings",
    },
  ];
  return places.filter((place) => place !== false);
}

/**
 * What is on every page. It offers what the viewer may use, and no more. As a component of the browser it is sent as its
 * two properties, and not as elements beside their markup.
 */
export function SiteHeader({ theme, session }: SiteHeaderProps) {
  const places = placesOf(session);
  const person = session?.person ?? null;
  return (
    <header data-site className="border-line bg-panel relative border-b">
      <div className="mx-auto flex h-14 max-w-7xl items-center gap-1 px-4 sm:px-6 md:gap-2">
        <Link
          href="/"
          aria-label="Store Monitoring, all stores"
          className="mr-auto flex items-center gap-2.5 font-semibold tracking-tight lg:mr-4 xl:mr-6"
        >
          <Mark />
          <span>Store Monitoring</span>
        </Link>
        <nav aria-label="Main" className="hidden min-w-0 flex-1 gap-4 lg:flex xl:gap-6">
          {places.map((place) => (
            <NavLink key={place.href} {...place} look="bar" />
          ))}
        </nav>
        {person !== null && (
          <Link
            href="/account"
            aria-label={`Account of ${person.name}`}
            className="text-muted hover:text-ink flex min-h-9 min-w-9 items-center justify-center gap-1.5 text-sm"
          >
            <CircleUser aria-hidden className="size-4 shrink-0" />
            <span className="hidden max-w-40 truncate xl:inline">{person.name}</span>
          </Link>
        )}
        {session !== null && <PaletteButton places={places} session={session} />}
        <ThemeSwitch initial={theme} />
        <SmallNav places={places} />
      </div>
    </header>
  );
}
