"use client";

import type { Route } from "next";
import Link from "next/link";
import type { ReactNode } from "react";

interface SiteFooterProps {
  readonly version: string;
  /** Of the time zone rules that local times and figures come from. */
  readonly tzRelease: string;
  /** How times are written. */
  readonly children: ReactNode;
}

/** At the foot of every page: what is running, and where to read about it. */
export function SiteFooter({ version, tzRelease, children }: SiteFooterProps) {
  const links: readonly { readonly href: Route; readonly label: string }[] = [
    { href: "/docs", label: "API docs" },
    { href: "/docs/changelog", label: "Changelog" },
    { href: "/status", label: "Status" },
    { href: "/method#time-zone-rules", label: `Time zones: tz ${tzRelease}` },
  ];
  return (
    <footer className="text-muted mx-auto flex w-full max-w-7xl flex-wrap items-center justify-between gap-x-6 gap-y-2 px-4 pb-4 text-xs sm:px-6">
      <div className="flex flex-wrap items-center gap-x-4">
        <span>Store Monitoring {version}</span>
        {links.map(({ href, label }) => (
          <Link key={href} href={href} prefetch={false} className="inline-block min-h-6 py-1 hover:underline">
            {label}
          </Link>
        ))}
      </div>
      {children}
    </footer>
  );
}
