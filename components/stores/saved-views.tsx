"use client";

import { ChevronDown } from "lucide-react";
import dynamic from "next/dynamic";
import { useEffect, useRef, useState } from "react";
import { buttonClass } from "@/components/ui/button";
import { useMenu } from "@/components/ui/use-menu";
import type { FleetParams } from "@/lib/client/page-params";

/** Loaded on first use. */
const SavedViewsList = dynamic(() => import("./saved-views-list").then((module) => module.SavedViewsList));

/** Lists of stores that this browser remembers by name, and a way to remember the present one. */
export function SavedViews({ params }: { params: FleetParams }) {
  const [isOpen, setIsOpen] = useState(false);
  const menu = useRef<HTMLDetailsElement>(null);
  useMenu(menu);
  useEffect(() => {
    // It may have been opened before the page reacted to its reader.
    if (menu.current?.open === true) setIsOpen(true);
  }, []);
  return (
    <details
      ref={menu}
      className="relative"
      onToggle={({ currentTarget }) => {
        setIsOpen(currentTarget.open);
      }}
    >
      <summary className={`${buttonClass()} cursor-pointer list-none [&::-webkit-details-marker]:hidden`}>
        Saved views
        <ChevronDown aria-hidden className="size-4" />
      </summary>
      {isOpen && (
        <SavedViewsList
          params={params}
          onLeave={() => {
            if (menu.current !== null) menu.current.open = false;
          }}
        />
      )}
    </details>
  );
}
