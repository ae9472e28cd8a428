"use client";

import { LockOpen } from "lucide-react";
import Link from "next/link";

/** Says on every page that there is no access control. */
export function OpenAccessBanner() {
  return (
    <aside aria-label="Access" data-noprint className="border-line bg-sunken text-muted border-b text-xs">
      <p className="mx-auto flex max-w-7xl items-start gap-2 px-4 py-1.5 text-pretty sm:px-6">
        <LockOpen aria-hidden className="mt-0.5 size-3.5 shrink-0" />
        <span>
          No sign-in: anyone who can open this URL can view and edit everything.{" "}
          <Link href="/people" className="text-ink inline-block min-h-6 py-1 -my-1 underline">
            Require sign-in
          </Link>
        </span>
      </p>
    </aside>
  );
}
