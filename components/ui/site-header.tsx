import Link from "next/link";
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

export function SiteHeader({ theme }: { theme: Theme }) {
  return (
    <header data-site className="border-line bg-panel border-b">
      <div className="mx-auto flex h-14 max-w-7xl items-center gap-4 px-4 sm:gap-8 sm:px-6">
        <Link
          href="/"
          aria-label="Store Monitoring, all stores"
          className="flex items-center gap-2.5 font-semibold tracking-tight"
        >
          <Mark />
          <span className="hidden sm:inline">Store Monitoring</span>
        </Link>
        <nav aria-label="Main" className="flex min-w-0 flex-1 gap-4 overflow-x-auto sm:gap-6">
          <NavLink href="/" section="/stores" label="Stores" />
          <NavLink href="/reports" section="/reports" label="Reports" />
          <NavLink href="/imports" section="/imports" label="Imports" />
          <NavLink href="/data-quality" section="/data-quality" label="Data quality" />
          <NavLink href="/method" section="/method" label="Method" />
        </nav>
        <ThemeSwitch initial={theme} />
      </div>
    </header>
  );
}
