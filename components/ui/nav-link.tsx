"use client";

import clsx from "clsx";
import type { Route } from "next";
import Link from "next/link";
import { usePathname } from "next/navigation";

/** A link of the site's navigation; it says where the reader is. `sections` are the first parts of the pages that belong to it. */
export function NavLink({ href, sections, label }: { href: Route; sections: readonly string[]; label: string }) {
  const pathname = usePathname();
  const here = pathname === href || sections.some((section) => pathname.startsWith(section));
  return (
    <Link
      href={href}
      prefetch={false}
      aria-current={here ? "page" : undefined}
      className={clsx(
        "flex h-14 shrink-0 items-center border-b-2 px-0.5 text-sm whitespace-nowrap outline-offset-[-2px]",
        here ? "border-accent text-ink font-medium" : "text-muted hover:text-ink border-transparent",
      )}
    >
      {label}
    </Link>
  );
}
