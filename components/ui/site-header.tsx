import { CircleUser } from "lucide-react";
import Link from "next/link";
import type { SessionInfo } from "@/lib/contract/access";
import { NavLink } from "./nav-link";
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
  /** Who looks; null where nobody has signed in. */
  readonly session: SessionInfo | null;
}

/** What is on every page. It offers what the viewer may use, and no more. */
export function SiteHeader({ theme, session }: SiteHeaderProps) {
  const may = (scope: SessionInfo["scopes"][number]) => session?.scopes.includes(scope) === true;
  const wholeFleet = session?.whole_fleet === true;
  const person = session?.person ?? null;
  return (
    <header data-site className="border-line bg-panel border-b">
      <div className="mx-auto flex h-14 max-w-7xl items-center gap-4 px-4 sm:gap-8 sm:px-6">
        <Link
          href="/"
          aria-label="Store Monitoring, all stores"
          className="flex items-center gap-2.5 font-semibold tracking-tight"
        >
          <Mark />
          <span className="hidden lg:inline">Store Monitoring</span>
        </Link>
        <nav aria-label="Main" className="flex min-w-0 flex-1 gap-4 overflow-x-auto sm:gap-6">
          {may("stores:read") && <NavLink href="/" sections={["/stores"]} label="Stores" />}
          {may("reports:read") && <NavLink href="/reports" sections={["/reports"]} label="Reports" />}
          {may("polls:write") && wholeFleet && <NavLink href="/imports" sections={["/imports"]} label="Imports" />}
          {may("stores:read") && wholeFleet && (
            <NavLink href="/data-quality" sections={["/data-quality"]} label="Data quality" />
          )}
          <NavLink href="/method" sections={["/method"]} label="Method" />
          {person?.role === "owner" && <NavLink href="/keys" sections={["/keys"]} label="Keys" />}
          {may("admin") && person !== null && (
            <NavLink href="/people" sections={["/people", "/keys", "/audit"]} label="Access" />
          )}
        </nav>
        {person !== null && (
          <Link
            href="/account"
            aria-label={`Account of ${person.name}`}
            className="text-muted hover:text-ink flex min-h-9 min-w-9 items-center justify-center gap-1.5 text-sm"
          >
            <CircleUser aria-hidden className="size-4 shrink-0" />
            <span className="hidden max-w-40 truncate lg:inline">{person.name}</span>
          </Link>
        )}
        <ThemeSwitch initial={theme} />
      </div>
    </header>
  );
}
