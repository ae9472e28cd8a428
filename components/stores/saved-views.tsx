"use client";

import { ChevronDown, X } from "lucide-react";
import Link from "next/link";
import { useState } from "react";
import { Button, buttonClass } from "@/components/ui/button";
import { inputClass } from "@/components/ui/field";
import { fleetHref, type FleetParams } from "@/lib/client/page-params";
import { addView, loadViews, storeViews, type SavedView } from "@/lib/client/saved-views";

/** Lists of stores that this browser remembers by name, and a way to remember the present one. */
export function SavedViews({ params }: { params: FleetParams }) {
  const [views, setViews] = useState<readonly SavedView[]>([]);
  const [name, setName] = useState("");
  const keep = (changed: readonly SavedView[]) => {
    storeViews(changed);
    setViews(changed);
  };
  const save = () => {
    keep(addView(views, { name, href: fleetHref({ ...params, page: 1, trail: [] }) }));
    setName("");
  };
  return (
    <details
      className="relative"
      // Another tab may have changed them.
      onToggle={({ currentTarget }) => {
        if (currentTarget.open) setViews(loadViews());
      }}
    >
      <summary className={`${buttonClass()} cursor-pointer list-none [&::-webkit-details-marker]:hidden`}>
        Saved views
        <ChevronDown aria-hidden className="size-4" />
      </summary>
      <div className="border-line-strong bg-panel absolute right-0 z-20 mt-1 w-72 max-w-[calc(100vw-2rem)] rounded-md border p-3 shadow-lg max-sm:left-0">
        {views.length === 0 ? (
          <p className="text-muted mb-3">None yet. Save the filters and order of this list under a name.</p>
        ) : (
          <ul aria-label="Saved views" className="mb-3 grid gap-0.5">
            {views.map((view) => (
              <li key={view.name} className="flex items-center gap-1">
                <Link
                  href={view.href}
                  prefetch={false}
                  className="hover:bg-sunken min-w-0 flex-1 truncate rounded px-1.5 py-1.5"
                >
                  {view.name}
                </Link>
                <button
                  type="button"
                  aria-label={`Delete view ${view.name}`}
                  className="text-muted hover:text-ink grid size-8 shrink-0 place-items-center"
                  onClick={() => {
                    keep(views.filter((one) => one !== view));
                  }}
                >
                  <X aria-hidden className="size-4" />
                </button>
              </li>
            ))}
          </ul>
        )}
        <form
          className="flex gap-2"
          onSubmit={(event) => {
            event.preventDefault();
            save();
          }}
        >
          <input
            aria-label="Name of the view"
            value={name}
            maxLength={60}
            placeholder="Name"
            autoComplete="off"
            className={inputClass}
            onChange={({ target }) => {
              setName(target.value);
            }}
          />
          <Button type="submit" aria-disabled={name.trim() === ""}>
            Save
          </Button>
        </form>
      </div>
    </details>
  );
}
