"use client";

import clsx from "clsx";
import type { Route } from "next";
import Link, { useLinkStatus } from "next/link";
import { usePathname } from "next/navigation";

/** A place in the site's navigation. */
export interface NavPlace {
  readonly href: Route;
  /** First parts of the pages that belong to it. */
  readonly sections: readonly string[];
  readonly label: string;
}

const looks = {
  bar: {
    all: "relative flex h-14 shrink-0 items-center border-b-2 px-0.5 text-sm whitespace-nowrap outline-offset-[-2px]",
    here: "border-accent text-ink font-medium",
    elsewhere: "text-muted hover:text-ink border-transparent",
  },
  list: {
    all: "relative flex min-h-11 items-center rounded-md border-l-2 px-3 text-sm outline-offset-[-2px]",
    here: "border-accent bg-accent-soft text-ink font-medium",
    elsewhere: "text-ink hover:bg-sunken border-transparent",
  },
};

/** A line below the place that is on its way, once that takes long enough to be noticed. */
function OnItsWay() {
  const { pending } = useLinkStatus();
  return (
    <span
      aria-hidden
      className={clsx("bg-accent absolute inset-x-0 bottom-0 h-0.5", pending ? "on-its-way" : "hidden")}
    />
  );
}

/** A link of the site's navigation; it says where the reader is. */
export function NavLink({ href, sections, label, look }: NavPlace & { readonly look: keyof typeof looks }) {
  const pathname = usePathname();
  const here = pathname === href || sections.some((section) => pathname.startsWith(section));
  const { all, here: chosen, elsewhere } = looks[look];
  return (
    <Link
      href={href}
      prefetch={false}
      aria-current={here ? "page" : undefined}
      className={clsx(all, here ? chosen : elsewhere)}
    >
      {label}
      <OnItsWay />
    </Link>
  );
}
