"use client";

import { Search } from "lucide-react";
import dynamic from "next/dynamic";
import { useEffect, useState } from "react";
import type { NavPlace } from "@/components/ui/nav-link";
import type { SessionInfo } from "@/lib/contract/access";

const CommandPalette = dynamic(() => import("./command-palette").then((module) => module.CommandPalette));

interface PaletteButtonProps {
  readonly places: readonly NavPlace[];
  readonly session: SessionInfo | null;
}

/** Opens the search over pages and stores, as Ctrl K and ⌘ K do. */
export function PaletteButton({ places, session }: PaletteButtonProps) {
  const [isOpen, setOpen] = useState(false);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== "k" || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey)
        return;
      event.preventDefault();
      setOpen((before) => !before);
    };
    document.addEventListener("keydown", onKey);
    return () => {
      document.removeEventListener("keydown", onKey);
    };
  }, []);
  return (
    <>
      <button
        type="button"
        title="Go to a page or store (Ctrl K)"
        aria-label="Go to a page or store"
        aria-keyshortcuts="Control+K Meta+K"
        className="text-muted hover:bg-sunken hover:text-ink grid size-9 place-items-center rounded-md"
        onClick={() => {
          setOpen(true);
        }}
      >
        <Search aria-hidden className="size-4" />
      </button>
      {isOpen && (
        <CommandPalette
          places={places}
          session={session}
          onClose={() => {
            setOpen(false);
          }}
        />
      )}
    </>
  );
}
