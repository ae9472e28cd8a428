import { ChevronLeft } from "lucide-react";
import type { Route } from "next";
import Link from "next/link";

/** The way up to the list that a page belongs to. */
export function BackLink({ href, label }: { href: Route; label: string }) {
  return (
    <Link
      href={href}
      prefetch={false}
      data-noprint
      className="text-muted hover:text-ink mb-1 -ml-1 inline-flex min-h-6 items-center text-xs hover:underline"
    >
      <ChevronLeft aria-hidden className="size-3.5" />
      {label}
    </Link>
  );
}
