"use client";

import { Menu, X } from "lucide-react";
import { usePathname } from "next/navigation";
import { useRef } from "react";
import { NavLink, type NavPlace } from "./nav-link";
import { useMenu } from "./use-menu";

/**
 * The site's navigation where the screen is too narrow for a row: a list that drops below the header. It opens without
 * scripts too, and closes with each page, with Escape, and when the focus leaves it.
 */
export function SmallNav({ places }: { places: readonly NavPlace[] }) {
  const pathname = usePathname();
  const menu = useRef<HTMLDetailsElement>(null);
  useMenu(menu, pathname);
  return (
    // Another element for each page, and so closed.
    <details key={pathname} ref={menu} className="group lg:hidden">
      <summary
        aria-label="Menu"
        className="text-ink hover:bg-sunken grid size-9 cursor-pointer list-none place-items-center rounded-md [&::-webkit-details-marker]:hidden"
      >
        <Menu aria-hidden className="size-5 group-open:hidden" />
        <X aria-hidden className="hidden size-5 group-open:block" />
      </summary>
      <nav
        aria-label="Main"
        className="border-line bg-panel absolute inset-x-0 top-full z-20 grid gap-0.5 border-b px-3 py-2 shadow-lg"
      >
        {places.map((place) => (
          <NavLink key={place.href} {...place} look="list" />
        ))}
      </nav>
    </details>
  );
}
